import { addDays, rollToWorkingDay } from '@qlvb/vietnam';
import type { CalendarDate, WorkingCalendar } from '@qlvb/vietnam';
import { NotForSubmission } from './submission-clock.problems.ts';
import type { RetentionTerm } from './retention.ts';

export interface SubmissionClocks {
  /** From here the maker is reminded: 30 days before the decree's date. */
  readonly remindFrom: CalendarDate;
  /** The decree's date. */
  readonly dueOn: CalendarDate;
  /** Last day under the law; overdue from the next. */
  readonly lastDayOn: CalendarDate;
}

export interface WorkEnd {
  /** Day the work ended; of the final settlement (quyết toán) for basic construction. */
  readonly endedOn: CalendarDate;
  readonly isBasicConstruction: boolean;
}

const REMINDER_DAYS = 30;

/**
 * The two clocks of submission to the agency archive. The decree counts one year from the day the work ended (three months
 * from final settlement for basic construction), the law one year from the year it ended: reminded by the first, overdue by
 * the second.
 *
 * @param calendar when given, a date that falls on a day off runs to the next working day
 * @source NĐ30-A30-1
 * @source LL24-1
 * @source LAW-1
 * @source LAW-2
 */
export function submissionClocks(end: WorkEnd, calendar?: WorkingCalendar): SubmissionClocks {
  const due = addMonths(end.endedOn, end.isBasicConstruction ? 3 : 12);
  const dueOn = calendar ? rollToWorkingDay(due, calendar) : due;
  return {
    remindFrom: addDays(dueOn, -REMINDER_DAYS),
    dueOn,
    lastDayOn: `${Number(end.endedOn.slice(0, 4)) + 1}-12-31`,
  };
}

/**
 * Whether a dossier is offered for submission: kept for five years or more, or longer than anybody can count.
 *
 * @source NĐ30-A31-2
 * @source LAW-15
 */
export const isForSubmission = (term: RetentionTerm): boolean => term.kind !== 'years' || term.years >= 5;

/** @throws NotForSubmission @source NĐ30-A31-2 */
export function assertForSubmission(term: RetentionTerm): void {
  if (!isForSubmission(term)) throw NotForSubmission();
}

/** Same day of the month later, the month's last day when it is shorter. */
function addMonths(date: CalendarDate, months: number): CalendarDate {
  const [year = 0, month = 0, day = 0] = date.split('-').map(Number);
  const first = new Date(Date.UTC(year, month - 1 + months, 1));
  const lastDay = new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + 1, 0)).getUTCDate();
  return new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth(), Math.min(day, lastDay)))
    .toISOString()
    .slice(0, 10);
}
