import { JOB_STATE_LABELS } from '@qlvb/contracts';
import { LayoutFindingsUnanswered, LayoutNotReported } from './layout-verdict.problems.ts';

/** What the program found about the layout of one version. */
export interface LayoutReported {
  readonly state: keyof typeof JOB_STATE_LABELS;
  readonly findings: number;
}

const NOT_ASKED = { vi: 'Chưa yêu cầu', en: 'Not asked for' };

/**
 * Who approves the layout has looked at what the program found of exactly this version, and answers for what it found: the program
 * decides nothing, and a report that is missing or failed shows nothing.
 *
 * @param report the newest on the version; undefined when nobody asked for one
 * @throws LayoutNotReported, LayoutFindingsUnanswered
 * @source NĐ30-A12-2
 */
export function assertLayoutReported(version: number, report: LayoutReported | undefined, comment: string): void {
  if (report?.state !== 'done') {
    throw LayoutNotReported({ version, state: report ? JOB_STATE_LABELS[report.state] : NOT_ASKED });
  }
  if (report.findings > 0 && comment.trim() === '') throw LayoutFindingsUnanswered({ count: report.findings });
}
