export {
  agencyCodeIn,
  assertOwnCertificate,
  certificateState,
  holderDifferences,
  RENEWAL_DAYS,
} from './certificate.ts';
export type { CertificateState, CertificateSubject, DirectoryHolder, HolderDifference } from './certificate.ts';
export {
  CertificateNotFound,
  CertificateOfAnotherHolder,
  CertificateUnusable,
  RevocationUnknown,
} from './certificate.problems.ts';
export {
  DocumentNotFound,
  NotSignable,
  NotTheClerk,
  NotTheSigner,
  PersonalSignatureInvalid,
  SessionNotFound,
  SessionOver,
  SignatureValuesMissing,
} from './session.problems.ts';
export { ValidationNotFound } from './validation.problems.ts';
export {
  assertMayComplete,
  assertMayOpen,
  assertSameVersion,
  SESSION_MINUTES,
  shownState,
  stageAfter,
} from './session.ts';
export type { SignatureKind, Signatory, Stage } from './session.ts';
