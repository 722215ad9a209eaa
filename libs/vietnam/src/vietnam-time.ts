/**
 * Dates and instants as Vietnam counts them. The zone is UTC+7 all year and has been since 1975, so the offset is a constant
 * here and nothing depends on the zone of the machine.
 *
 * @source CAL-8
 */

/** A day, `YYYY-MM-DD`. Such texts compare in calendar order. */
export type CalendarDate = string;

const OFFSET_MS = 7 * 60 * 60 * 1000;
const DAY_MS = 24 * 60 * 60 * 1000;

const shifted = (instant: Date): string => new Date(instant.getTime() + OFFSET_MS).toISOString();
const midnight = (date: CalendarDate): number => Date.parse(`${date}T00:00:00.000Z`);

/** Whether a text is an existing day written `YYYY-MM-DD`. */
export function isCalendarDate(text: string): boolean {
  if (!/^[0-9]{4}-[0-9]{2}-[0-9]{2}$/.test(text)) return false;
  const time = midnight(text);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
}

/** The day in Vietnam at an instant. */
export function vietnamDate(instant: Date): CalendarDate {
  return shifted(instant).slice(0, 10);
}

/** The calendar year in Vietnam at an instant: registers and sequences restart with it. */
export function vietnamYear(instant: Date): number {
  return Number(vietnamDate(instant).slice(0, 4));
}

/**
 * An instant as ISO 8601 with the offset of Vietnam, `2026-11-22T14:05:09+07:00`.
 *
 * @source QĐ28-A14-4
 */
export function formatVietnamTime(instant: Date, precision: 'seconds' | 'milliseconds' = 'seconds'): string {
  return `${shifted(instant).slice(0, precision === 'seconds' ? 19 : 23)}+07:00`;
}

/**
 * The instant of a wall-clock time in Vietnam.
 *
 * @param time `HH:mm`, `HH:mm:ss` or `HH:mm:ss.SSS`
 * @throws RangeError when the day or the time does not exist
 */
export function vietnamInstant(date: CalendarDate, time = '00:00'): Date {
  const instant = new Date(`${date}T${time}+07:00`);
  if (!isCalendarDate(date) || Number.isNaN(instant.getTime())) throw new RangeError(`no such time: ${date} ${time}`);
  return instant;
}

/** Last millisecond of a day in Vietnam. */
export function endOfVietnamDay(date: CalendarDate): Date {
  return vietnamInstant(date, '23:59:59.999');
}

/** The day a number of days later (earlier when negative). */
export function addDays(date: CalendarDate, days: number): CalendarDate {
  return new Date(midnight(date) + days * DAY_MS).toISOString().slice(0, 10);
}

/** 0 Sunday to 6 Saturday. */
export function dayOfWeek(date: CalendarDate): number {
  return new Date(midnight(date)).getUTCDay();
}
