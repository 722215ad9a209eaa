export { possibleSigners, signerIdentity } from './arrived-signer.ts';
export type { SignerIdentity } from './arrived-signer.ts';
export {
  agencyCodeIn,
  assertOwnCertificate,
  certificateState,
  HOLDER_DIFFERENCES,
  holderDifferences,
  RENEWAL_DAYS,
} from './certificate.ts';
export type { CertificateState, CertificateSubject, DirectoryHolder, HolderDifference } from './certificate.ts';
export {
  CertificateNotFound,
  CertificateOfAnotherHolder,
  CertificateOfAnotherNumber,
  CertificateUnusable,
  CertificateWithoutNumber,
  HolderNotToldYet,
  RevocationUnknown,
} from './certificate.problems.ts';
export { citizenNumberIn } from './holder-number.ts';
export type { NumberMatch } from './holder-number.ts';
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
