export {
  AccountExists,
  AccountLocked,
  AccountMissing,
  AgencyClosed,
  AgencyCodeMalformed,
  AgencyCodeTaken,
  AgencyMissing,
  AgencyOutsideSubtree,
  CalendarMissing,
  CalendarNotYours,
  CalendarYearFaulty,
  CccdDoubtful,
  CccdEntriesDiffer,
  CccdInvalid,
  HostRefused,
  LoginFailed,
  NoPost,
  NumberWithoutAccount,
  OwnRolesUnchanged,
  PasswordChangeRequired,
  PasswordWeak,
  PostMissing,
  RefreshInvalid,
  RefreshReused,
  UnitExists,
  UnitMissing,
} from './identity.problems.ts';
export { assertCalendarYear } from './calendar-year.ts';
export { afterFailure, defaultLockout, lockedMinutes } from './lockout.ts';
export type { LockoutPolicy, LoginRecord } from './lockout.ts';
export { checkPassword, normalisePassword } from './password.ts';
