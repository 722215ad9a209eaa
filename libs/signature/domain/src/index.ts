export { agencyCodeIn, assertOwnSeal, certificateState, holderWarnings, RENEWAL_DAYS } from './certificate.ts';
export type { CertificateState, HolderWarning } from './certificate.ts';
export {
  CertificateMissing,
  CertificateUnusable,
  DocumentMissing,
  NotSignable,
  NotTheClerk,
  NotTheSigner,
  PersonalSignatureInvalid,
  RevocationUnknown,
  SessionMissing,
  SessionOver,
  SignatureValuesMissing,
  ValidationMissing,
} from './problems.ts';
export {
  assertMayComplete,
  assertMayOpen,
  assertSameVersion,
  SESSION_MINUTES,
  shownState,
  stageAfter,
} from './session.ts';
export type { SignatureKind, Signatory, Stage } from './session.ts';
