import { addDays, dayOfWeek } from './vietnam-time.ts';
import type { CalendarDate } from './vietnam-time.ts';

export type CalendarDayKind =
  /** Paid holiday of the labour code. */
  | 'statutory'
  /** Day off in place of a holiday that fell on a weekly day off (nghỉ bù). */
  | 'compensatory'
  /** Working day moved to a Saturday (hoán đổi). */
  | 'swap'
  /** Saturday on which a moved working day is made up (làm bù). */
  | 'work'
  /** Day off of one agency or locality. */
  | 'local';

/**
 * One exception to "Monday to Friday". Which days they are is decided year by year, so they are data.
 *
 * @source CAL-2
 * @source CAL-6
 */
export interface CalendarDay {
  date: CalendarDate;
  kind: CalendarDayKind;
  name: string;
  /** A pending day is known and has no effect yet. */
  status: 'decided' | 'pending';
  source?: string | undefined;
  decidedAt?: CalendarDate | undefined;
}

/** Exceptions ready for look-up. */
export interface WorkingCalendar {
  readonly off: ReadonlySet<CalendarDate>;
  readonly work: ReadonlySet<CalendarDate>;
  /** Years whose holidays are decided; other years know the fixed-date holidays only. */
  readonly years: ReadonlySet<number>;
}

/**
 * Holidays with a fixed date: New Year, 30 April, 1 May, National Day. Used for years without decided data.
 *
 * @source CAL-1
 */
export const FIXED_HOLIDAYS = ['01-01', '04-30', '05-01', '09-02'];

/**
 * Makes a calendar of days; days of one agency may be added to the public ones.
 *
 * @param years years for which the days are complete
 * @source CAL-5
 * @source CAL-6
 */
export function workingCalendar(days: readonly CalendarDay[], years: readonly number[]): WorkingCalendar {
  const decided = days.filter(({ status }) => status === 'decided');
  return {
    off: new Set(decided.filter(({ kind }) => kind !== 'work').map(({ date }) => date)),
    work: new Set(decided.filter(({ kind }) => kind === 'work').map(({ date }) => date)),
    years: new Set(years),
  };
}

/** Whether the holidays of the day's year are decided; if not, counts over it are provisional. */
export function calendarCovers(calendar: WorkingCalendar, date: CalendarDate): boolean {
  return calendar.years.has(Number(date.slice(0, 4)));
}

/**
 * Monday to Friday without holidays, plus the Saturdays that make up for a moved day.
 *
 * @source CAL-1
 * @source CAL-4
 */
export function isWorkingDay(date: CalendarDate, calendar: WorkingCalendar): boolean {
  if (calendar.off.has(date)) return false;
  if (calendar.work.has(date)) return true;
  const weekday = dayOfWeek(date);
  if (weekday === 0 || weekday === 6) return false;
  return calendarCovers(calendar, date) || !FIXED_HOLIDAYS.includes(date.slice(5));
}

/**
 * First working day after a day.
 *
 * @source CAL-9
 */
export function nextWorkingDay(date: CalendarDate, calendar: WorkingCalendar): CalendarDate {
  let day = addDays(date, 1);
  while (!isWorkingDay(day, calendar)) day = addDays(day, 1);
  return day;
}

/**
 * The n-th working day after a day; the day of the event is day 0, working or not.
 *
 * @param days integer ≥ 0
 * @throws RangeError for another number
 * @source CAL-9
 */
export function addWorkingDays(date: CalendarDate, days: number, calendar: WorkingCalendar): CalendarDate {
  if (!Number.isInteger(days) || days < 0) throw new RangeError(`working days to add: ${days}`);
  let day = date;
  for (let left = days; left > 0; left -= 1) day = nextWorkingDay(day, calendar);
  return day;
}

/**
 * End of a period counted in calendar days, months or years: on a day off it runs on to the next working day.
 *
 * @source CAL-9
 */
export function rollToWorkingDay(date: CalendarDate, calendar: WorkingCalendar): CalendarDate {
  return isWorkingDay(date, calendar) ? date : nextWorkingDay(date, calendar);
}

/**
 * A deadline after the calendar changed: an open item never loses time that it was promised.
 *
 * @source CAL-6
 */
export function recomputedDeadline<T extends CalendarDate | Date>(promised: T, recomputed: T): T {
  return recomputed > promised ? recomputed : promised;
}

/**
 * Holidays on a weekly day off for which the calendar has no day off in return: the compensation is the next day that would
 * otherwise be worked. An empty list is what a decided year should give.
 *
 * @param onWeekend holidays of the year that fall on a Saturday or Sunday
 * @source CAL-3
 */
export function uncompensatedHolidays(
  onWeekend: readonly CalendarDate[],
  days: readonly CalendarDay[],
): CalendarDate[] {
  const compensations = days.filter(({ kind }) => kind === 'compensatory').map(({ date }) => date);
  return [...onWeekend].sort().filter((holiday) => {
    // the compensation follows within the same week or the next
    const index = compensations.findIndex((date) => date > holiday && date <= addDays(holiday, 7));
    if (index >= 0) compensations.splice(index, 1);
    return index < 0;
  });
}
