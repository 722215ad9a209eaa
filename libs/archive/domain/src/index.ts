export {
  ACCEPTANCE_CHECKS,
  duplicateResult,
  requireAcceptable,
  retentionResult,
  signatureResult,
  summarise,
  virusResult,
} from './acceptance.ts';
export type { AcceptanceCheck, AcceptanceReason, AcceptanceSummary, CheckResult } from './acceptance.ts';
export { composeDossierCode, composeNotation, requireNotation } from './dossier-code.ts';
export type { DossierCodeParts } from './dossier-code.ts';
export {
  addEntry,
  DOSSIER_LIST_STATES,
  DOSSIER_LIST_TRANSITIONS,
  performDossierListAct,
  printedList,
  requireComplete,
} from './dossier-list.ts';
export type {
  DossierList,
  DossierListAct,
  DossierListRole,
  DossierListState,
  ListEntry,
  ListHeading,
  PrintedList,
} from './dossier-list.ts';
export {
  DOSSIER_ACTS,
  DOSSIER_STATES,
  DOSSIER_TRANSITIONS,
  performDossierAct,
  possibleDossierActs,
} from './dossier-state.ts';
export type { DossierAct, DossierRole, DossierState } from './dossier-state.ts';
export {
  addDocument,
  annexWarnings,
  closeDossier,
  closingFaults,
  openDossier,
  orderDocuments,
  removeDocument,
} from './dossier.ts';
export type {
  AccessLevel,
  ClosedFigures,
  ClosingFault,
  ClosingFaultCode,
  Dossier,
  DossierDocument,
  OpeningDetails,
} from './dossier.ts';
export { contentsList, handoverTotals, submissionLists } from './handover.ts';
export type { ContentsDocument, ContentsRow, ListedDossier, SubmissionListRow } from './handover.ts';
export {
  ActNotYours,
  BadDossierCode,
  BadRetention,
  ChecksMissing,
  ChecksNotPassed,
  DocumentAlreadyInDossier,
  DocumentNotInDossier,
  DossierActNotAllowed,
  DossierListActNotAllowed,
  DossierListIncomplete,
  DossierNotReadyToClose,
  ExtensionTooLong,
  NotationTaken,
  NotForSubmission,
  OrderIncomplete,
  ReasonRequired,
  RetentionTooShort,
  SecretMaterialRefused,
  SubmissionActNotAllowed,
} from './problems.ts';
export { RETENTION_SCHEDULE, ruleOn } from './retention-schedule.ts';
export type { RetentionRule } from './retention-schedule.ts';
export {
  compareTerms,
  lastDayKept,
  longestTerm,
  LONGEST_YEARS,
  requireAtLeast,
  requireTerm,
  reviewOpensOn,
  termText,
} from './retention.ts';
export type { RetentionTerm } from './retention.ts';
export {
  historicalDueOn,
  isForSubmission,
  requireExtensionWithin,
  requireForSubmission,
  submissionClocks,
  submissionStanding,
} from './submission-clock.ts';
export type { SubmissionClocks, SubmissionStanding, WorkEnd } from './submission-clock.ts';
export {
  packageFileName,
  performSubmissionAct,
  recordStatusOf,
  SUBMISSION_ACTS,
  SUBMISSION_STATES,
  SUBMISSION_TRANSITIONS,
  submissionCode,
} from './submission-state.ts';
export type { SubmissionAct, SubmissionRole, SubmissionState } from './submission-state.ts';
