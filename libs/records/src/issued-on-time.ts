import { recomputedDeadline } from '@qlvb/vietnam';
import type { WorkingCalendar } from '@qlvb/vietnam';
import { issueDeadline } from './deadlines.ts';
import type { DeadlinePolicy, Medium, Urgency } from './deadlines.ts';

export interface IssuedOnTime {
  readonly deadline: Date;
  readonly late: boolean;
}

/**
 * Whether a document left in time. A late issue is flagged and counted, never blocked. A calendar that changed meanwhile
 * never takes time away that was promised.
 *
 * @source EX-ISSUE-1
 * @source NĐ30-A18-1
 * @source NĐ30-A18-2
 * @source QĐ28-A6-2
 * @source CAL-6
 */
export function issuedOnTime(
  document: {
    readonly signedAt: Date;
    readonly urgency: Urgency;
    readonly medium: Medium;
    readonly promised?: Date | null;
  },
  issuedAt: Date,
  calendar: WorkingCalendar,
  policy?: DeadlinePolicy,
): IssuedOnTime {
  const counted = issueDeadline(document, calendar, policy);
  const deadline = document.promised ? recomputedDeadline(document.promised, counted) : counted;
  return { deadline, late: issuedAt > deadline };
}
