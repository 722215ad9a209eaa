import { addWorkingDays, endOfVietnamDay, nextWorkingDay, vietnamDate, vietnamInstant } from '@qlvb/vietnam';
import type { CalendarDate, WorkingCalendar } from '@qlvb/vietnam';

/** Mức độ khẩn: thường, khẩn, thượng khẩn, hỏa tốc. */
export type Urgency = 'normal' | 'urgent' | 'veryUrgent' | 'flash';
export type Medium = 'electronic' | 'paper';

/** The law gives urgent documents no number of minutes and the morning no hour: both are settings. */
export interface DeadlinePolicy {
  /** `HH:mm` at which the morning ends. */
  endOfMorning: string;
  urgentMinutes: Record<Exclude<Urgency, 'normal'>, number>;
}

export const DEFAULT_DEADLINE_POLICY: DeadlinePolicy = {
  endOfMorning: '12:00',
  urgentMinutes: { urgent: 60, veryUrgent: 30, flash: 15 },
};

/** Instant at which the morning of a day ends. */
export function endOfMorning(date: CalendarDate, policy: DeadlinePolicy = DEFAULT_DEADLINE_POLICY): Date {
  return vietnamInstant(date, policy.endOfMorning);
}

/** Urgent work is done at once: some minutes, on any day. @source CAL-7 */
export function urgentDeadline(
  from: Date,
  urgency: Exclude<Urgency, 'normal'>,
  policy: DeadlinePolicy = DEFAULT_DEADLINE_POLICY,
): Date {
  return new Date(from.getTime() + policy.urgentMinutes[urgency] * 60_000);
}

/**
 * Until when a signed document must be issued. Urgent: some minutes, whatever the day. Electronic: the end of the morning of
 * the next working day. Paper: the end of the next working day. Being late is flagged and counted, never blocked.
 *
 * @source EX-ISSUE-1
 * @source NĐ30-A18-1
 * @source NĐ30-A18-2
 * @source QĐ28-A6-2
 * @source CAL-7
 */
export function issueDeadline(
  document: { signedAt: Date; urgency: Urgency; medium: Medium },
  calendar: WorkingCalendar,
  policy: DeadlinePolicy = DEFAULT_DEADLINE_POLICY,
): Date {
  const { signedAt, urgency, medium } = document;
  if (urgency !== 'normal') return urgentDeadline(signedAt, urgency, policy);
  const day = nextWorkingDay(vietnamDate(signedAt), calendar);
  return medium === 'electronic' ? endOfMorning(day, policy) : endOfVietnamDay(day);
}

/**
 * Until when an incoming document must be registered, presented and handed over: urgent ones at once, on any day; others the
 * same day, at the latest the next working day.
 *
 * @source NĐ30-A4-4
 * @source NĐ30-A23-1
 * @source NĐ30-A23-2
 * @source CAL-7
 */
export function presentationDeadline(
  document: { arrivedAt: Date; urgency: Urgency },
  calendar: WorkingCalendar,
  policy: DeadlinePolicy = DEFAULT_DEADLINE_POLICY,
): Date {
  const { arrivedAt, urgency } = document;
  if (urgency !== 'normal') return urgentDeadline(arrivedAt, urgency, policy);
  return endOfVietnamDay(nextWorkingDay(vietnamDate(arrivedAt), calendar));
}

/**
 * End of the n-th working day after an instant.
 *
 * @source CAL-9
 */
export function workingDaysDeadline(from: Date, days: number, calendar: WorkingCalendar): Date {
  return endOfVietnamDay(addWorkingDays(vietnamDate(from), days, calendar));
}
