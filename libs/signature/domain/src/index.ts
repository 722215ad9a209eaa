export {
  CertificateMissing,
  CertificateUnusable,
  DocumentMissing,
  NotSignable,
  NotTheSigner,
  SessionMissing,
  SessionOver,
  SignatureValuesMissing,
  ValidationMissing,
} from './problems.ts';
export { assertMayComplete, assertMayOpen, SESSION_MINUTES, stageAfter } from './session.ts';
export type { SignatureKind, Stage } from './session.ts';
