export {
  AccountInUse,
  AccountNotInUse,
  GrantExceeded,
  FirstAdministratorsMade,
  InvitationNotWaiting,
  LastAdministrator,
  NobodyDecides,
  NotTheHead,
  NotTheProposer,
  ProposalDecided,
  ProposalNotFound,
  ProposalStale,
  RolesIncompatible,
  UrgentNotAllowed,
} from './account-proposal.problems.ts';
export {
  AgencyClosed,
  AgencyDayPast,
  AgencyNotClosed,
  AgencyProposalNotFound,
  AgencyProposalWaits,
} from './agency-proposal.problems.ts';
export { AGENCY_PROPOSAL_KINDS, assertClosable, assertCodeReplaceable, assertReopenable } from './agency-proposal.ts';
export type { AgencyDays, AgencyProposalKind } from './agency-proposal.ts';
export { isDecidedAbove, PROPOSAL_ACTS, PROPOSAL_KINDS, PROPOSAL_STATES, proposalActs } from './account-proposal.ts';
export type { ProposalAct, ProposalKind, ProposalState } from './account-proposal.ts';
export {
  AccountExists,
  AccountLocked,
  AccountNotFound,
  AgencyCodeMalformed,
  AgencyCodeTaken,
  AgencyNotFound,
  AgencyOutsideSubtree,
  CalendarNotFound,
  CalendarNotYours,
  CalendarYearFaulty,
  CccdDoubtful,
  CccdEntriesDiffer,
  CccdInvalid,
  HostRefused,
  LoginFailed,
  NoPost,
  PasswordChangeRequired,
  PasswordWeak,
  PostNotFound,
  RefreshInvalid,
  RefreshReused,
  UnitExists,
  UnitNotFound,
} from './identity.problems.ts';
export { assertCalendarYear } from './calendar-year.ts';
export { afterFailure, defaultLockout, lockedMinutes } from './lockout.ts';
export type { LockoutPolicy, LoginRecord } from './lockout.ts';
export { oneTimeParts } from './one-time-password.ts';
export { checkPassword, normalisePassword } from './password.ts';
