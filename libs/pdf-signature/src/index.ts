export type { Appearance } from './appearance/appearance.ts';
export { attachmentLines } from './appearance/corner-text.ts';
export { checkPicture } from './appearance/picture-rules.ts';
export type { PictureKind } from './appearance/picture-rules.ts';
export {
  agencyPlacement,
  cornerPlacement,
  findSignatureAnchor,
  MM,
  personalPlacement,
} from './appearance/placement.ts';
export type { Placement, SignatureAnchor } from './appearance/placement.ts';
export { decodePng } from './appearance/png.ts';
export type { Picture } from './appearance/png.ts';
export {
  AnchorMissing,
  BadPicture,
  FieldNameTaken,
  FieldNotFillable,
  PlaceholderTooSmall,
  SignatureValueRejected,
  TextNotDrawable,
  TimeStampRejected,
  UnsafeEmbedding,
} from './pdf-signature.problems.ts';
export {
  agencySignature,
  attachmentSignature,
  PERSONAL_FIELD,
  personalSignature,
} from './official/official-signatures.ts';
export type { OfficialSignature } from './official/official-signatures.ts';
export { RehearsalProcess } from './official/rehearse-apart.ts';
export type { EarlierSignatures, FileRole, RehearsalOutcome, SigningObstacle } from './official/rehearsal.ts';
export { assertSignatureValue, completePdfSignature } from './signing/complete.ts';
export type { PdfSignatureCompletion } from './signing/complete.ts';
export { assertSafeEmbedding } from './signing/self-check.ts';
export type { EmbeddingCheck } from './signing/self-check.ts';
export { placeholderSize, preparePdfSignature } from './signing/prepare.ts';
export type { PdfSignatureRequest, PreparedSignature } from './signing/prepare.ts';
export {
  conclude,
  FINDING_CODES,
  FINDINGS,
  INDICATIONS,
  SIGNER_KINDS,
  SUB_INDICATIONS,
} from './verification/report.ts';
export type {
  Change,
  Finding,
  FindingCode,
  Indication,
  Integrity,
  LegalState,
  SignatureReport,
  SignerKind,
  SubIndication,
  VerificationReport,
} from './verification/report.ts';
export { maySignDocuments, signerKindOf } from './verification/signer-kind.ts';
export { DEFAULT_POLICY, verifyPdfSignatures } from './verification/verify.ts';
export type { VerificationOptions, VerificationPolicy } from './verification/verify.ts';
export { VERIFICATION_LIMITS, verifyPdfSignaturesApart } from './verification/verify-apart.ts';
export type { SeparateVerification } from './verification/verify-apart.ts';
