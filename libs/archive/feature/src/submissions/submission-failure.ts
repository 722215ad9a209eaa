import type { SUBMISSION_FAILURE_LABELS } from '@qlvb/contracts';

export type SubmissionFailure = keyof typeof SUBMISSION_FAILURE_LABELS;

const BY_CODE: Readonly<Record<string, SubmissionFailure>> = {
  'storage.object-corrupt': 'object-corrupt',
  'storage.object-missing': 'object-missing',
  'storage.unavailable': 'store-unavailable',
  'storage.scanner-unavailable': 'scanner-unavailable',
  'process-died': 'process-died',
};

/** What people are told of the problem that work was given up with. */
export const failureOf = (code: string): SubmissionFailure => BY_CODE[code] ?? 'unexpected';
