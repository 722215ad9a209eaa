export { acceptSubmission } from './accept-submission.ts';
export type { Acceptance } from './accept-submission.ts';
export { checkPackage, EXPECTED_FINDINGS } from './check/check-package.ts';
export type { PackageReport } from './check/check-package.ts';
export type { CheckedFile } from './check/check-files.ts';
export type { Finding, FindingCode } from './check/finding.ts';
export { ALLOWED_FORMATS, formatOf, plainMimeType } from './formats/formats.ts';
export type { FormatEntry } from './formats/formats.ts';
export { FormatInspector } from './formats/inspect.ts';
export type { Inspection } from './formats/inspect.ts';
export type { ByteSource } from './input/byte-source.ts';
export { CONTENTS_LIMITS } from './input/contents.ts';
export type { ContentsLimits, PackageContents } from './input/contents.ts';
export { openZip } from './input/open-zip.ts';
export { dataFileName, documentCode, objectIdOf, safeName } from './layout.ts';
export { CODE_LISTS, codeOf, documentTypeCode, maintenanceCode } from './metadata/code-lists.ts';
export type { CodeListName, Retention } from './metadata/code-lists.ts';
export { AIP_DOCUMENT, AIP_DOSSIER, SIP_DOCUMENT, SIP_DOSSIER } from './metadata/field-table.ts';
export type { Field, FieldTable, PackageKind } from './metadata/field-table.ts';
export type { PlatformRecord } from './metadata/platform-record.ts';
export { checkRecord, isoDate, normaliseRecord, vietnameseDate } from './metadata/record.ts';
export type { FieldFault, RecordValues } from './metadata/record.ts';
export type { AccompanyingFile, DossierPackage, PackagedDocument, Party, Rendering, SourceFile } from './model.ts';
export { zipPackage, zipSize } from './output/zip.ts';
export { PACKAGE_LIMITS, planPackage } from './plan-package.ts';
export type { PackageLimits, PackagePlan } from './plan-package.ts';
export type { PlannedEntry } from './planned-entry.ts';
export { PackageProblem } from './problem.ts';
export type { PackageProblemCode } from './problem.ts';
export type {
  PreservationAgent,
  PreservationEvent,
  PreservationEventType,
  PreservationRecord,
  SignatureEvidence,
} from './premis/preservation-record.ts';
export { readPackage } from './read-package.ts';
export type { StoredDocument, StoredFile, StoredPackage } from './read-package.ts';
