import { nextRegistrationNumber } from './registration-number.ts';

const now = new Date('2026-08-28T16:50:00+07:00');

describe('registration number', () => {
  it('NĐ30-A15-1: numbers are consecutive from 1 within the year', () => {
    expect(nextRegistrationNumber(undefined, now)).toEqual({ number: 1, year: 2026, date: '2026-08-28' });
    expect(nextRegistrationNumber({ number: 41, date: '2026-08-27' }, now).number).toBe(42);
  });

  it('NĐ30-A15-1: the year turns at midnight in Vietnam, not in UTC', () => {
    expect(nextRegistrationNumber(undefined, new Date('2026-12-31T16:59:59Z')).year).toBe(2026);
    expect(nextRegistrationNumber(undefined, new Date('2026-12-31T17:00:00Z'))).toEqual({
      number: 1,
      year: 2027,
      date: '2027-01-01',
    });
  });

  it('NĐ30-A15-3: the system gives the date together with the number', () => {
    expect(nextRegistrationNumber(undefined, now).date).toBe('2026-08-28');
  });

  it('EX-NUM-4: no date before the last issued one and none in the future', () => {
    const last = { number: 5, date: '2026-08-27' };
    expect(nextRegistrationNumber(last, now, '2026-08-27').date).toBe('2026-08-27');
    expect(() => nextRegistrationNumber(last, now, '2026-08-26')).toThrow('26/08/2026');
    expect(() => nextRegistrationNumber(last, now, '2026-08-29')).toThrow('29/08/2026');
    expect(() => nextRegistrationNumber(undefined, now, '2025-12-31')).toThrow('31/12/2025');
  });
});
