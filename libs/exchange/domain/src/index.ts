export { correlate } from './correlation.ts';
export type { Correlation, DocumentNamed, SentPackage } from './correlation.ts';
export { dueReports, foldDelivery, movesOn } from './delivery-history.ts';
export type { DeliveryHistory, Report } from './delivery-history.ts';
export {
  DecisionNotOpen,
  DeliveryNotCancellable,
  DeliveryNotFound,
  DeliveryNotRetriable,
  PackageContentWithheld,
  PackageNotFound,
  RefusalReasonMissing,
} from './exchange.problems.ts';
export { packageProblemLabel } from './package-problem.ts';
export {
  assertMayDecide,
  canBeAnswered,
  DECISIONS,
  decisionsFor,
  DESK_GROUND_CODES,
  groundOfBusiness,
  isAmbiguous,
  isPerhapsNotOurs,
  isStatusPackage,
  mayShowContent,
  openDecisions,
  RECEIVED_STATES,
} from './received-package.ts';
export type { Decision, DeskGround, ReceivedState } from './received-package.ts';
export { SEND_FAILURE_CODES, sendFailureOf } from './send-failures.ts';
export type { SendFailure } from './send-failures.ts';
export { refusalText, statusName, statusText, writableLine } from './status-text.ts';
export {
  CHANGE_STATUS,
  DELIVERY_STATUSES,
  isReceiverStatus,
  isReportedStatus,
  RECEIVER_STATUS,
  STEP_STATUSES,
} from './statuses.ts';
export type { DeliveryStatus, ReceiverStatus, ReportedStatus, StepStatus } from './statuses.ts';
