export {
  ACCEPTANCE_CHECKS,
  duplicateResult,
  assertAcceptable,
  retentionResult,
  signatureResult,
  signatureVerdict,
  summarise,
  virusResult,
} from './acceptance.ts';
export type { AcceptanceCheck, AcceptanceReason, AcceptanceSummary, CheckResult, KeptCheck } from './acceptance.ts';
export { composeDossierCode, composeNotation, assertNotation } from './dossier-code.ts';
export type { DossierCodeParts } from './dossier-code.ts';

export type { ListEntry } from './dossier-list.ts';
export { DOSSIER_ACTS, DOSSIER_STATES, DOSSIER_TRANSITIONS, isHandedOver, performDossierAct } from './dossier-state.ts';
export type { DossierAct, DossierRole, DossierState } from './dossier-state.ts';
export { describeDocument, describeDossier } from './description.ts';
export type { ArchivalDescription, KnownOfDocument } from './description.ts';
export { addDocument, closeDossier, closingFaults, openDossier } from './dossier.ts';
export type {
  AccessLevel,
  ClosedFigures,
  ClosingFault,
  ClosingFaultCode,
  Dossier,
  DossierDocument,
  OpeningDetails,
} from './dossier.ts';

export { ChecksMissing, ChecksNotPassed } from './acceptance.problems.ts';
export { ActNotYours, ReasonRequired } from './acts.problems.ts';
export { DocumentAlreadyInDossier, DossierNotReadyToClose, SecretMaterialRefused } from './dossier.problems.ts';
export { BadDossierCode, NotationTaken } from './dossier-code.problems.ts';
export { DossierActNotAllowed } from './dossier-state.problems.ts';
export { BadRetention, RetentionTooShort } from './retention.problems.ts';
export { NotForSubmission } from './submission-clock.problems.ts';
export { SubmissionActNotAllowed } from './submission-state.problems.ts';
export { RETENTION_SCHEDULE, ruleOn } from './retention-schedule.ts';
export type { RetentionRule } from './retention-schedule.ts';
export {
  compareTerms,
  lastDayKept,
  longestTerm,
  LONGEST_YEARS,
  assertAtLeast,
  assertTerm,
  termText,
} from './retention.ts';
export type { RetentionTerm } from './retention.ts';
export { isForSubmission, assertForSubmission, submissionClocks } from './submission-clock.ts';
export type { SubmissionClocks, WorkEnd } from './submission-clock.ts';
export {
  performSubmissionAct,
  recordStatusOf,
  SUBMISSION_ACTS,
  SUBMISSION_STATES,
  SUBMISSION_TRANSITIONS,
  submissionCode,
} from './submission-state.ts';
export type { SubmissionAct, SubmissionRole, SubmissionState } from './submission-state.ts';
