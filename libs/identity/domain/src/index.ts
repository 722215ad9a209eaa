export {
  AccountExists,
  AccountLocked,
  AccountMissing,
  AgencyClosed,
  AgencyCodeMalformed,
  AgencyCodeTaken,
  AgencyMissing,
  AgencyOutsideSubtree,
  CccdEntriesDiffer,
  CccdInvalid,
  LoginFailed,
  NoPost,
  OwnRolesUnchanged,
  PasswordChangeRequired,
  PasswordWeak,
  PostMissing,
  RefreshInvalid,
  RefreshReused,
  UnitMissing,
} from './identity.problems.ts';
export { afterFailure, afterSuccess, defaultLockout, lockedMinutes } from './lockout.ts';
export type { LockoutPolicy, LoginRecord } from './lockout.ts';
export { checkPassword, normalisePassword } from './password.ts';
