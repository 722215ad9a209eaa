import { DOSSIER_ACT_LABELS, DOSSIER_ROLE_LABELS, DOSSIER_STATE_LABELS } from '@qlvb/contracts';
import { ActNotYours, ReasonRequired, SubmissionActNotAllowed } from './problems.ts';
import { findRow } from './transition-table.ts';
import type { TransitionRow } from './transition-table.ts';

export const SUBMISSION_STATES = ['submitted', 'checking', 'returned', 'accepted'] as const;
export type SubmissionState = (typeof SUBMISSION_STATES)[number];

export const SUBMISSION_ACTS = ['check', 'return', 'accept', 'resubmit'] as const;
export type SubmissionAct = (typeof SUBMISSION_ACTS)[number];
export type SubmissionRole = 'maker' | 'archivist';

/**
 * A request to submit (yêu cầu nộp lưu). What was returned comes back under the same request code as a new batch.
 *
 * @source NĐ30-A30-2
 * @source SUB-21
 */
export const SUBMISSION_TRANSITIONS: readonly TransitionRow<SubmissionState, SubmissionAct, SubmissionRole>[] = [
  { act: 'check', from: 'submitted', to: 'checking', by: 'archivist', source: 'NĐ30-A30-2' },
  { act: 'return', from: 'checking', to: 'returned', by: 'archivist', source: 'NĐ30-A30-2' },
  { act: 'accept', from: 'checking', to: 'accepted', by: 'archivist', source: 'NĐ30-A30-2' },
  { act: 'resubmit', from: 'returned', to: 'submitted', by: 'maker', source: 'SUB-21' },
];

export interface SubmissionStanding {
  readonly state: SubmissionState;
  /** Number of the batch (lần nộp), 1…. */
  readonly batch: number;
}

/**
 * @throws SubmissionActNotAllowed, ActNotYours, ReasonRequired for a return without reason
 * @source NĐ30-A30-2
 * @source SUB-21
 */
export function performSubmissionAct(
  submission: SubmissionStanding,
  act: SubmissionAct,
  roles: readonly SubmissionRole[],
  reason?: string,
): SubmissionStanding {
  const row = findRow(SUBMISSION_TRANSITIONS, submission.state, act);
  if (!row) {
    throw SubmissionActNotAllowed({ act: DOSSIER_ACT_LABELS[act], state: DOSSIER_STATE_LABELS[submission.state] });
  }
  if (!roles.includes(row.by)) throw ActNotYours({ act: DOSSIER_ACT_LABELS[act], role: DOSSIER_ROLE_LABELS[row.by] });
  if (act === 'return' && (reason ?? '').trim() === '') throw ReasonRequired({ act: DOSSIER_ACT_LABELS[act] });
  return { state: row.to, batch: act === 'resubmit' ? submission.batch + 1 : submission.batch };
}

/** Record status of a package in METS: the first batch is new, a later one replaces. @source SUB-21 */
export const recordStatusOf = (batch: number): 'NEW' | 'REPLACEMENT' => (batch === 1 ? 'NEW' : 'REPLACEMENT');

/**
 * Registration code of a request (mã đăng ký yêu cầu nộp): agency code, year, number in the agency's year.
 *
 * @source SUB-7
 */
export const submissionCode = (agencyCode: string, year: number, number: number): string =>
  `NL.${agencyCode}.${year}.${String(number).padStart(4, '0')}`;
