import { DOSSIER_ROLE_LABELS, SUBMISSION_ACT_LABELS, SUBMISSION_STATE_LABELS } from '@qlvb/contracts';
import { StateMachine } from '@qlvb/shared-domain';
import type { Transition } from '@qlvb/shared-domain';
import { ActNotYours, ReasonRequired } from './acts.problems.ts';
import { SubmissionActNotAllowed } from './submission-state.problems.ts';

export const SUBMISSION_STATES = [
  'packing',
  'packing_failed',
  'withdrawn',
  'submitted',
  'checking',
  'accepting',
  'accepting_failed',
  'returned',
  'accepted',
] as const;
export type SubmissionState = (typeof SUBMISSION_STATES)[number];

export const SUBMISSION_ACTS = [
  'pack',
  'fail',
  'retry',
  'withdraw',
  'check',
  'accept',
  'take',
  'stop',
  'return',
] as const;
export type SubmissionAct = (typeof SUBMISSION_ACTS)[number];
export type SubmissionRole = 'maker' | 'archivist' | 'system';

/**
 * A request to submit (yêu cầu nộp lưu): packing and accepting take long, so each is a state with a way on and a way back. What was
 * returned comes back under the same request code, as a batch with a life of its own.
 *
 * @source NĐ30-A30-2
 * @source SUB-21
 */
export const SUBMISSION_TRANSITIONS: readonly Transition<SubmissionState, SubmissionAct, SubmissionRole>[] = [
  { act: 'pack', from: 'packing', to: 'submitted', by: 'system', source: 'NĐ30-A30-2' },
  { act: 'fail', from: 'packing', to: 'packing_failed', by: 'system', source: 'NĐ30-A30-2' },
  { act: 'retry', from: 'packing_failed', to: 'packing', by: 'maker', source: 'NĐ30-A30-2' },
  { act: 'withdraw', from: 'packing', to: 'withdrawn', by: 'maker', source: 'NĐ30-A30-2' },
  { act: 'withdraw', from: 'packing_failed', to: 'withdrawn', by: 'maker', source: 'NĐ30-A30-2' },
  { act: 'check', from: 'submitted', to: 'checking', by: 'archivist', source: 'NĐ30-A30-2' },
  { act: 'check', from: 'accepting_failed', to: 'checking', by: 'archivist', source: 'NĐ30-A30-2' },
  { act: 'accept', from: 'checking', to: 'accepting', by: 'archivist', source: 'NĐ30-A30-2' },
  { act: 'take', from: 'accepting', to: 'accepted', by: 'system', source: 'SUB-3' },
  { act: 'fail', from: 'accepting', to: 'accepting_failed', by: 'system', source: 'NĐ30-A30-2' },
  { act: 'stop', from: 'accepting', to: 'submitted', by: 'archivist', source: 'NĐ30-A30-2' },
  { act: 'return', from: 'checking', to: 'returned', by: 'archivist', source: 'NĐ30-A30-2' },
];

const life = new StateMachine({
  transitions: SUBMISSION_TRANSITIONS,
  labels: { acts: SUBMISSION_ACT_LABELS, states: SUBMISSION_STATE_LABELS, roles: DOSSIER_ROLE_LABELS },
  notAllowed: SubmissionActNotAllowed,
  notYours: ActNotYours,
});

/**
 * @throws SubmissionActNotAllowed, ActNotYours, ReasonRequired for a return without reason
 * @source NĐ30-A30-2
 * @source SUB-21
 */
export function performSubmissionAct(
  state: SubmissionState,
  act: SubmissionAct,
  roles: readonly SubmissionRole[],
  reason?: string,
): SubmissionState {
  const next = life.perform(state, act, roles);
  if (act === 'return' && (reason ?? '').trim() === '') throw ReasonRequired({ act: SUBMISSION_ACT_LABELS[act] });
  return next;
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
