import { issueDeadline } from '@qlvb/vietnam';
import type { DeadlinePolicy, Medium, Urgency, WorkingCalendar } from '@qlvb/vietnam';

export interface IssuedOnTime {
  readonly deadline: Date;
  readonly late: boolean;
}

/**
 * Whether a document left in time. A late issue is flagged and counted, never blocked.
 *
 * @source EX-ISSUE-1
 * @source NĐ30-A18-1
 * @source NĐ30-A18-2
 * @source QĐ28-A6-2
 */
export function issuedOnTime(
  document: { readonly signedAt: Date; readonly urgency: Urgency; readonly medium: Medium },
  issuedAt: Date,
  calendar: WorkingCalendar,
  policy?: DeadlinePolicy,
): IssuedOnTime {
  const deadline = issueDeadline(document, calendar, policy);
  return { deadline, late: issuedAt > deadline };
}
