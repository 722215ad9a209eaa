import { calendarYearFaults, publicCalendar, releasedCalendarYear } from './calendar-year.ts';
import type { CalendarYear } from './calendar-year.ts';
import { PUBLIC_CALENDAR_YEARS } from './public-calendar.ts';
import { addWorkingDays, calendarCovers, isWorkingDay } from './working-calendar.ts';
import type { CalendarDay, CalendarDayKind } from './working-calendar.ts';

const day = (date: string, kind: CalendarDayKind = 'statutory', more: Partial<CalendarDay> = {}): CalendarDay => ({
  date,
  kind,
  name: 'Ngày thử',
  status: 'decided',
  ...more,
});
const FIXED = ['2027-01-01', '2027-04-30', '2027-05-01', '2027-09-02'].map((date) => day(date));
const year = (days: CalendarDay[], complete = false): CalendarYear => ({ year: 2027, complete, days });

describe('the calendar of a year', () => {
  it.each(PUBLIC_CALENDAR_YEARS)('CAL-2 %d as released has no fault', (released) => {
    const found = releasedCalendarYear(released) as CalendarYear;
    expect(calendarYearFaults(found)).toEqual([]);
  });

  it.each([
    ['CAL-6 a day of another year', year([day('2026-12-31')]), '2026-12-31', 'outside-the-year'],
    ['CAL-6 a day twice', year([day('2027-02-08'), day('2027-02-08')]), '2027-02-08', 'twice'],
    ['CAL-4 a make-up day on a Sunday', year([day('2027-05-09', 'work')]), '2027-05-09', 'make-up-day-not-a-saturday'],
    ['CAL-4 a make-up day on a Friday', year([day('2027-05-07', 'work')]), '2027-05-07', 'make-up-day-not-a-saturday'],
    ['CAL-4 a moved day on a Saturday', year([day('2027-05-08', 'swap')]), '2027-05-08', 'day-off-on-a-weekend'],
    [
      'CAL-3 a compensation on a Sunday',
      year([day('2027-05-09', 'compensatory')]),
      '2027-05-09',
      'day-off-on-a-weekend',
    ],
    [
      'CAL-3 a holiday on Saturday, 1 May, without compensation',
      year(FIXED, true),
      '2027-05-01',
      'holiday-not-compensated',
    ],
    [
      'CAL-1 a complete year without 2 September',
      year([...FIXED.slice(0, 3), day('2027-05-03', 'compensatory')], true),
      '2027-09-02',
      'fixed-holiday-missing',
    ],
  ])('%s is a fault', (_title, calendar, date, fault) => {
    expect(calendarYearFaults(calendar)).toEqual([{ date, fault }]);
  });

  it('CAL-3 a year that is not complete may still lack its compensations', () => {
    expect(calendarYearFaults(year(FIXED))).toEqual([]);
    expect(calendarYearFaults(year([...FIXED, day('2027-05-03', 'compensatory')], true))).toEqual([]);
  });
});

describe('the calendar that counts', () => {
  it('CAL-6 is the released one where the province keeps none', () => {
    const calendar = publicCalendar([]);
    expect(isWorkingDay('2026-08-22', calendar)).toBe(true);
    expect(calendarCovers(calendar, '2027-03-01')).toBe(false);
  });

  it('CAL-5 24 November 2026 is worked while pending and off once the province has decided', () => {
    const released = releasedCalendarYear(2026) as CalendarYear;
    expect(isWorkingDay('2026-11-24', publicCalendar([]))).toBe(true);
    const decided = { ...released, days: released.days.map((one) => ({ ...one, status: 'decided' as const })) };
    const calendar = publicCalendar([decided]);
    expect(isWorkingDay('2026-11-24', calendar)).toBe(false);
    expect(addWorkingDays('2026-11-23', 1, calendar)).toBe('2026-11-25');
    expect(isWorkingDay('2026-09-01', calendar)).toBe(false);
  });

  it('CAL-2 a new year counts by what was decided for it, and is covered when complete', () => {
    const tet = ['2027-02-05', '2027-02-08', '2027-02-09', '2027-02-10'].map((date) => day(date));
    const calendar = publicCalendar([year([...FIXED, day('2027-05-03', 'compensatory'), ...tet], true)]);
    expect(calendarCovers(calendar, '2027-03-01')).toBe(true);
    expect(addWorkingDays('2027-02-04', 1, calendar)).toBe('2027-02-11');
    expect(calendarCovers(publicCalendar([year(FIXED)]), '2027-03-01')).toBe(false);
  });
});
