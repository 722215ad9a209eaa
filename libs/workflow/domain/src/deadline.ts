import { DEADLINE_REASONS } from '@qlvb/contracts';
import {
  DEFAULT_DEADLINE_POLICY,
  issueDeadline,
  presentationDeadline,
  urgentDeadline,
  workingDaysDeadline,
} from '@qlvb/records';
import { endOfVietnamDay, recomputedDeadline, vietnamDate } from '@qlvb/vietnam';
import type { DeadlinePolicy, Medium, Urgency } from '@qlvb/records';
import type { CalendarDate, WorkingCalendar } from '@qlvb/vietnam';
import { DeadlineNotAcceptable } from './deadline.problems.ts';
import type { DueRule } from './process-definition.ts';

/** What a deadline is counted from. */
export interface DueContext {
  /** The event that opened the task. */
  readonly openedAt: Date;
  /** The signature of the competent person, from which the issue counts. */
  readonly signedAt?: Date | undefined;
  /** Arrival in the agency's system, from which the presentation counts. */
  readonly arrivedAt?: Date | undefined;
  readonly urgency: Urgency;
  readonly medium: Medium;
}

/**
 * When a task of a process is due. Urgent documents are handled at once, on any day; others by the working calendar.
 *
 * @source NĐ30-A24-2
 * @source NĐ30-A23-1
 * @source NĐ30-A23-2
 * @source QB-A9-2b
 * @source EX-ISSUE-1
 */
export function taskDueAt(
  rule: DueRule,
  { openedAt, signedAt = openedAt, arrivedAt = openedAt, urgency, medium }: DueContext,
  calendar: WorkingCalendar,
  policy: DeadlinePolicy = DEFAULT_DEADLINE_POLICY,
): Date {
  if (rule === 'issue') return issueDeadline({ signedAt, urgency, medium }, calendar, policy);
  if (rule === 'presentation') return presentationDeadline({ arrivedAt, urgency }, calendar, policy);
  if (urgency !== 'normal') return urgentDeadline(openedAt, urgency, policy);
  return workingDaysDeadline(openedAt, rule.workingDays, calendar);
}

/** What a deadline was counted from in working days: the rule, and the instant (ISO 8601) at which the count began. */
export interface DueBasis {
  readonly rule: DueRule;
  readonly from: string;
}

/** Undefined for urgent documents: what is due at once knows no calendar. @source CAL-7 */
export function dueBasis(
  rule: DueRule,
  { openedAt, signedAt = openedAt, arrivedAt = openedAt, urgency }: DueContext,
): DueBasis | undefined {
  if (urgency !== 'normal') return undefined;
  const from = rule === 'issue' ? signedAt : rule === 'presentation' ? arrivedAt : openedAt;
  return { rule, from: from.toISOString() };
}

/**
 * A deadline after the calendar changed: later when the days it was promised are off now, never earlier.
 *
 * @source CAL-6
 */
export function recountedDueAt(promised: Date, basis: DueBasis | undefined, calendar: WorkingCalendar): Date {
  if (!basis) return promised;
  const context = { openedAt: new Date(basis.from), urgency: 'normal', medium: 'electronic' } as const;
  return recomputedDeadline(promised, taskDueAt(basis.rule, context, calendar));
}

/** A deadline as a leader gives it: a number of working days or a day; nothing leaves it to the rule. */
export type AskedDeadline = { readonly workingDays: number } | { readonly dueOn: CalendarDate };

/**
 * When the work that an instruction orders is due.
 *
 * @param asked the leader's deadline; undefined only for urgent documents, which are handled at once
 * @throws DeadlineNotAcceptable without a deadline for a normal document, for a past day, or for no whole days
 * @source NĐ30-A23-3
 * @source NĐ30-A24-2
 */
export function instructionDueAt(
  asked: AskedDeadline | undefined,
  { from, urgency }: { readonly from: Date; readonly urgency: Urgency },
  calendar: WorkingCalendar,
  policy: DeadlinePolicy = DEFAULT_DEADLINE_POLICY,
): Date {
  if (!asked) {
    if (urgency === 'normal') throw DeadlineNotAcceptable({ reason: DEADLINE_REASONS.missing });
    return urgentDeadline(from, urgency, policy);
  }
  if ('dueOn' in asked) {
    if (asked.dueOn < vietnamDate(from)) throw DeadlineNotAcceptable({ reason: DEADLINE_REASONS.past });
    return endOfVietnamDay(asked.dueOn);
  }
  if (!Number.isInteger(asked.workingDays) || asked.workingDays < 0 || asked.workingDays > 366) {
    throw DeadlineNotAcceptable({ reason: DEADLINE_REASONS['days-out-of-range'] });
  }
  return workingDaysDeadline(from, asked.workingDays, calendar);
}

/** Overdue is computed from the deadline, never stored. */
export function isOverdue(dueAt: Date, doneAt: Date | undefined, now: Date): boolean {
  return (doneAt ?? now) > dueAt;
}
