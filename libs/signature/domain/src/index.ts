export {
  agencyCodeIn,
  assertOwnCertificate,
  certificateState,
  holderDifferences,
  RENEWAL_DAYS,
} from './certificate.ts';
export type { CertificateState, CertificateSubject, DirectoryHolder, HolderDifference } from './certificate.ts';
export {
  CertificateMissing,
  CertificateOfAnotherHolder,
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
