import { dayOfWeek } from './vietnam-time.ts';
import type { CalendarDate } from './vietnam-time.ts';
import { PUBLIC_CALENDAR_DAYS, PUBLIC_CALENDAR_YEARS } from './public-calendar.ts';
import { FIXED_HOLIDAYS, uncompensatedHolidays, workingCalendar } from './working-calendar.ts';
import type { CalendarDay, WorkingCalendar } from './working-calendar.ts';

/** The public calendar of one year as a province keeps it. */
export interface CalendarYear {
  readonly year: number;
  /** Whether all days off of the year are decided; until then counts over it are provisional. */
  readonly complete: boolean;
  readonly days: readonly CalendarDay[];
}

export type CalendarFault =
  | 'outside-the-year'
  | 'twice'
  | 'make-up-day-not-a-saturday'
  | 'day-off-on-a-weekend'
  | 'holiday-not-compensated'
  | 'fixed-holiday-missing';

const isWeekend = (date: CalendarDate): boolean => dayOfWeek(date) === 0 || dayOfWeek(date) === 6;

/**
 * What is wrong with the calendar of a year, by day. A holiday may lie on a weekend; what stands in for it, or was moved,
 * may not. The last two faults are looked for only in a year that is said to be complete.
 *
 * @source CAL-1
 * @source CAL-3
 * @source CAL-4
 * @source CAL-6
 */
export function calendarYearFaults({
  year,
  complete,
  days,
}: CalendarYear): { date: CalendarDate; fault: CalendarFault }[] {
  const faults: { date: CalendarDate; fault: CalendarFault }[] = [];
  const seen = new Set<CalendarDate>();
  for (const { date, kind } of days) {
    if (!date.startsWith(`${year}-`)) faults.push({ date, fault: 'outside-the-year' });
    if (seen.has(date)) faults.push({ date, fault: 'twice' });
    seen.add(date);
    if (kind === 'work' && dayOfWeek(date) !== 6) faults.push({ date, fault: 'make-up-day-not-a-saturday' });
    if ((kind === 'compensatory' || kind === 'swap') && isWeekend(date)) {
      faults.push({ date, fault: 'day-off-on-a-weekend' });
    }
  }
  if (!complete) return faults;
  const decided = days.filter(({ status }) => status === 'decided');
  const onWeekend = decided.filter(({ date, kind }) => kind === 'statutory' && isWeekend(date)).map(({ date }) => date);
  for (const date of uncompensatedHolidays(onWeekend, decided)) faults.push({ date, fault: 'holiday-not-compensated' });
  for (const date of FIXED_HOLIDAYS.map((day) => `${year}-${day}`)) {
    if (!decided.some((day) => day.date === date && day.kind === 'statutory')) {
      faults.push({ date, fault: 'fixed-holiday-missing' });
    }
  }
  return faults;
}

/** The calendar of a year as it was known when the platform was released; undefined for later years. */
export function releasedCalendarYear(year: number): CalendarYear | undefined {
  if (!PUBLIC_CALENDAR_YEARS.includes(year)) return undefined;
  const days = PUBLIC_CALENDAR_DAYS.filter(({ date }) => date.startsWith(`${year}-`));
  return { year, complete: true, days };
}

/**
 * The calendar that deadlines are counted by: what the province keeps goes before what was released.
 *
 * @source CAL-6
 */
export function publicCalendar(kept: readonly CalendarYear[]): WorkingCalendar {
  const years = new Map<number, CalendarYear>();
  for (const year of PUBLIC_CALENDAR_YEARS) years.set(year, releasedCalendarYear(year) as CalendarYear);
  for (const year of kept) years.set(year.year, year);
  const all = [...years.values()];
  return workingCalendar(
    all.flatMap(({ days }) => days),
    all.filter(({ complete }) => complete).map(({ year }) => year),
  );
}
