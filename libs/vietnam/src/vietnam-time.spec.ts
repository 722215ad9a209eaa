import {
  addDays,
  dayOfWeek,
  endOfVietnamDay,
  formatVietnamTime,
  isCalendarDate,
  vietnamDate,
  vietnamInstant,
  vietnamYear,
} from './vietnam-time.ts';

describe('Vietnam time', () => {
  it('CAL-8 the day changes at 17:00 UTC, winter and summer', () => {
    expect(vietnamDate(new Date('2024-12-31T16:59:59.999Z'))).toBe('2024-12-31');
    expect(vietnamDate(new Date('2024-12-31T17:00:00Z'))).toBe('2025-01-01');
    expect(vietnamYear(new Date('2024-12-31T17:00:00Z'))).toBe(2025);
    expect(vietnamDate(new Date('2024-07-01T16:59:59Z'))).toBe('2024-07-01');
  });

  it('CAL-8 agrees with the zone database', () => {
    const zone = new Intl.DateTimeFormat('sv-SE', {
      timeZone: 'Asia/Ho_Chi_Minh',
      dateStyle: 'short',
      timeStyle: 'medium',
    });
    for (let time = Date.UTC(2024, 0, 1); time < Date.UTC(2027, 0, 1); time += 37 * 3_600_000 + 1_000) {
      const instant = new Date(time);
      expect(`${formatVietnamTime(instant)}`).toBe(`${zone.format(instant).replace(' ', 'T')}+07:00`);
    }
  });

  it('QĐ28-A14-4 writes instants with the offset of Vietnam', () => {
    expect(formatVietnamTime(new Date('2026-11-22T07:05:09.250Z'))).toBe('2026-11-22T14:05:09+07:00');
    expect(formatVietnamTime(new Date('2026-11-22T07:05:09.250Z'), 'milliseconds')).toBe(
      '2026-11-22T14:05:09.250+07:00',
    );
  });

  it('makes instants of wall-clock times', () => {
    expect(vietnamInstant('2026-09-03', '12:00').toISOString()).toBe('2026-09-03T05:00:00.000Z');
    expect(endOfVietnamDay('2026-09-03').toISOString()).toBe('2026-09-03T16:59:59.999Z');
    expect(() => vietnamInstant('2026-02-30', '12:00')).toThrow(RangeError);
    expect(() => vietnamInstant('2026-02-20', '25:00')).toThrow(RangeError);
  });

  it('counts days', () => {
    expect(addDays('2024-02-28', 2)).toBe('2024-03-01');
    expect(addDays('2024-01-01', -1)).toBe('2023-12-31');
    expect(dayOfWeek('2024-05-04')).toBe(6);
  });

  it('knows which days exist', () => {
    expect(['2024-02-29', '2026-12-31'].every(isCalendarDate)).toBe(true);
    expect(['2025-02-29', '2025-13-01', '2025-1-1', '05/01/2024', ''].some(isCalendarDate)).toBe(false);
  });
});
