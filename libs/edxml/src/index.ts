export type {
  AnnouncedAttachment,
  AttachmentMeta,
  AttachmentSink,
  BrokenAttachment,
  DeliveredAttachment,
  ReceivedAttachment,
} from './attachments/attachment.ts';
export {
  agencyCodeScheme,
  comparableCode,
  guessCurrentCode,
  isExchangeCode,
  recipientAgencies,
} from './codes/agency-code.ts';
export type { AgencyCodeScheme, RecipientAgency } from './codes/agency-code.ts';
export { BUSINESS_TYPES, PRIORITIES, RECEIVER_CHANGES, STATUSES, statusOf } from './codes/code-lists.ts';
export type { BusinessType, Priority, ReceiverChange, StatusKey, StatusRow } from './codes/code-lists.ts';
export {
  AttachmentBroken,
  AttachmentTooLarge,
  DoctypeRefused,
  HeaderMissing,
  LimitExceeded,
  NotUtf8,
  NotWellFormed,
  NotXml,
  PackageInvalid,
  SecretRefused,
  Truncated,
} from './edxml.problems.ts';
export { FIELD_LIMITS } from './package/field-limits.ts';
export type { LimitedField } from './package/field-limits.ts';
export { FINDINGS } from './package/findings.ts';
export type { Finding, FindingCode, Severity } from './package/findings.ts';
export { DEFAULT_READ_LIMITS } from './package/limits.ts';
export type { ReadLimits } from './package/limits.ts';
export type {
  Business,
  Contact,
  DocumentPackage,
  DocumentPointer,
  DocumentTarget,
  DocumentType,
  Loose,
  Party,
  ReceivedBusiness,
  ReceivedDocument,
  ReceivedStatus,
  ReceiverChanged,
  ReplacedDocument,
  Signer,
  StatusPackage,
  TraceEntry,
} from './package/model.ts';
export { EDXML_NAMESPACE } from './package/namespace.ts';
export { readPackage } from './reading/read-package.ts';
export type { PackageKind, ReadOptions, ReadResult } from './reading/read-package.ts';
export { repeatKey } from './reading/repeat-key.ts';
export { statedSecrecyMarks } from './reading/secrecy.ts';
export type { StatedSecrecy } from './reading/secrecy.ts';
export type { SignatureBlock } from './reading/signature-block.ts';
export { exchangeTextFault } from './writing/exchange-text.ts';
export type { ExchangeTextFault } from './writing/exchange-text.ts';
export { writeDocumentPackage } from './writing/write-package.ts';
export type { OutgoingAttachment, WriteOptions, WrittenAttachment, WrittenPackage } from './writing/write-package.ts';
export { writeStatusPackage } from './writing/write-status.ts';
