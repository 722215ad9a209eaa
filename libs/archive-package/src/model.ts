import type { Readable } from 'node:stream';
import type { PackageKind } from './metadata/field-table.ts';
import type { RecordValues } from './metadata/record.ts';
import type { PlatformRecord } from './metadata/platform-record.ts';
import type { PreservationRecord, SignatureEvidence } from './premis/preservation-record.ts';

/** `eark`: valid by E-ARK 2.2.0. `tt05`: the letter of Thông tư 05/2025. They differ in a few attributes only. */
export type Rendering = 'eark' | 'tt05';

/** Bytes that a package takes in: size and digest are known before the first byte is read. */
export interface SourceFile {
  /** Name as people know it, with diacritics; kept in PREMIS. */
  readonly originalName: string;
  readonly mimeType: string;
  readonly sizeBytes: number;
  /** Lower- or upper-case hex. */
  readonly sha256: string;
  readonly createdAt?: Date;
  readonly format?: {
    readonly name: string;
    readonly version?: string;
    readonly pronomId?: string;
    /** How far the name is known to be true. */
    readonly note?: string;
  };
  readonly signatures?: readonly SignatureEvidence[];
  open(): Readable | Promise<Readable>;
}

export interface PackagedDocument {
  /** Fields of `EAD_doc`; `docCode`, `docOrdinal` and `arcFileCode` are set by the package. */
  readonly fields: RecordValues;
  /** The document itself first, then its attachments. */
  readonly files: readonly [SourceFile, ...SourceFile[]];
}

export interface Party {
  readonly name: string;
  readonly code: string;
}

/** A file of the package's own folders `documentation/` and `metadata/other/`; `path` is below that folder. */
export interface AccompanyingFile extends SourceFile {
  readonly path: string;
}

/**
 * One dossier as a package: the canonical model from which every rendering is made.
 *
 * @source PKG-1
 */
export interface DossierPackage {
  readonly kind: PackageKind;
  readonly rendering: Rendering;
  /** `uuid-<UUID>`; never changes over the life of an AIP (AIPM1). */
  readonly objectId: string;
  readonly createdAt: Date;
  readonly modifiedAt?: Date;
  readonly recordStatus: 'NEW' | 'SUPPLEMENT' | 'REPLACEMENT' | 'TEST' | 'VERSION' | 'DELETE' | 'OTHER';
  readonly software: { readonly name: string; readonly version: string };
  /** Fonds (phông): name and code. */
  readonly fonds: Party;
  readonly submitter: Party;
  readonly preserver: Party;
  /** Mã đăng ký yêu cầu nộp. */
  readonly submissionAgreement?: string;
  /** Dossier code, or the unchanged code of the procedure dossier. */
  readonly referenceCode: string;
  /** Fields of `EAD.xml`; `totalDoc` and `numberOfPage` are counted by the package when absent. */
  readonly dossier: RecordValues;
  /** In the order of the document list. */
  readonly documents: readonly PackagedDocument[];
  readonly platformRecord?: PlatformRecord;
  /** PREMIS; an AIP always has it, a SIP when the submission agreement allows. */
  readonly preservation?: PreservationRecord;
  /** At least one: hand-over record, list of documents, signature report. */
  readonly documentation: readonly [AccompanyingFile, ...AccompanyingFile[]];
  /** Metadata as received (`metadata/other/`), for instance the METS of the SIP. */
  readonly otherMetadata?: readonly AccompanyingFile[];
}
