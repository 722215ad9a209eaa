import { SEND_FAILURE_LABELS } from '@qlvb/contracts';

/** Why a package did not go out, as its sender sees it; stable. */
export type SendFailure = keyof typeof SEND_FAILURE_LABELS;
export const SEND_FAILURE_CODES = Object.keys(SEND_FAILURE_LABELS) as [SendFailure, ...SendFailure[]];

/** Of what a piece of work failed with. */
export const sendFailureOf = (code: string): SendFailure =>
  code in SEND_FAILURE_LABELS ? (code as SendFailure) : 'technical-fault';
