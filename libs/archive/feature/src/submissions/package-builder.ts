import { LIMITS } from '@qlvb/records';
import type { Readable } from 'node:stream';
import { Inject, Injectable } from '@nestjs/common';
import {
  acceptSubmission,
  checkPackage,
  objectIdOf,
  openZip,
  planPackage,
  vietnameseDate,
  zipPackage,
  zipSize,
} from '@qlvb/archive-package';
import type { DossierPackage, PackagedDocument, PackageReport, SourceFile } from '@qlvb/archive-package';
import { describeDocument, describeDossier, recordStatusOf, termText, virusResult } from '@qlvb/archive-domain';
import type { CheckResult, KnownOfDocument } from '@qlvb/archive-domain';
import type { Person } from '@qlvb/contracts';
import type { DirectoryAgency } from '@qlvb/directory';
import { EncryptedPdf, MalformedPdf, pageCountOf, PdfDocument, PdfTooComplex } from '@qlvb/pdf';
import { ARCHIVE_STORE, OBJECT_STORE, VIRUS_SCANNER } from '@qlvb/platform-storage';
import type { ObjectStore, StoredObject, VirusScanner } from '@qlvb/platform-storage';
import { idFrom } from '@qlvb/shared-domain';
import type {
  ArchivePackageEntity,
  DocumentSignature,
  DossierEntity,
  DossierListEntity,
  FilableDocument,
  SubmissionEntity,
} from '../entities.ts';
import { closedDay, contentsList, maintenanceOf, retentionRule, typeOf } from './dossier-metadata.ts';
import { acceptanceRecord, originOf, SOFTWARE } from './preservation-events.ts';

/** Under which request code, and for the how-many-th time, a dossier is handed in. */
export interface Batch {
  readonly code: string;
  readonly batch: number;
  /** Object id of the package that this one stands in place of. */
  readonly replaced?: string;
}

/** What is packed, and what the signature service found on it. */
export interface Contents {
  readonly documents: readonly FilableDocument[];
  readonly signatures: ReadonlyMap<string, DocumentSignature['verdict']>;
  /** The list by which the dossier was opened, if any. */
  readonly list: DossierListEntity | null;
}

type KnownDocument = FilableDocument & KnownOfDocument;

export interface BuiltPackage {
  readonly object: StoredObject;
  readonly objectId: string;
}

/** Looks at the bytes of a package on their way into the store. */
export type Watch = (bytes: Readable, total: number) => Readable;

/** Who accepts a submission, when, and why in spite of what was unclear. */
export interface Decision {
  readonly by: Person;
  readonly at: Date;
  readonly reason: string | null;
}

/** Makes the packages of a dossier and checks them; bytes go from the store to the store. */
@Injectable()
export class PackageBuilder {
  constructor(
    @Inject(OBJECT_STORE) private readonly store: ObjectStore,
    @Inject(ARCHIVE_STORE) private readonly archive: ObjectStore,
    @Inject(VIRUS_SCANNER) private readonly scanner: VirusScanner,
  ) {}

  /** What is accepted lies in the archive's own store, which refuses to lose it before its term. */
  storeOf(kind: ArchivePackageEntity['kind']): ObjectStore {
    return kind === 'aip' ? this.archive : this.store;
  }

  /** That every file of the documents is there and whole. @throws ObjectMissing, ObjectCorrupt */
  async verify(documents: readonly FilableDocument[]): Promise<void> {
    for (const { objectKey } of documents.flatMap(({ files }) => files)) await this.store.verify({ key: objectKey });
  }

  /** The submission package of a closed dossier. @source SUB-3 @source SUB-21 @source PKG-1 */
  async buildSip(
    dossier: DossierEntity,
    { documents, signatures, list }: Contents,
    agency: DirectoryAgency,
    { code: submissionCode, batch, replaced }: Batch,
    at: Date,
    watch: Watch,
  ): Promise<BuiltPackage> {
    const again = batch === 1 ? '' : `:${batch}`;
    const objectId = objectIdOf(idFrom(`sip:${dossier.id}:${submissionCode}${again}`));
    const contents = contentsList(dossier);
    const known = await this.#known(dossier, documents, signatures);
    const sip: DossierPackage = {
      kind: 'SIP',
      rendering: 'eark',
      objectId,
      createdAt: at,
      recordStatus: recordStatusOf(batch),
      software: SOFTWARE,
      fonds: { name: `Phông ${agency.name}`, code: agency.code },
      submitter: { name: agency.name, code: agency.code },
      preserver: { name: `Lưu trữ hiện hành ${agency.name}`, code: `${agency.code}.LT` },
      submissionAgreement: submissionCode,
      referenceCode: dossier.code,
      dossier: {
        fileCode: dossier.code,
        title: dossier.title,
        ...maintenanceOf(dossier.retention),
        ...describeDossier(known),
        startDate: vietnameseDate(dossier.startedOn),
        endDate: vietnameseDate(closedDay(dossier)),
        riskRecovery: '0',
      },
      documents: known.map((document, index) => this.#document(dossier, document, index)),
      platformRecord: {
        dossierId: dossier.id,
        agency: { id: agency.agencyId, code: agency.code, name: agency.name },
        retention: { ...retentionRule(dossier, list), term: termText(dossier.retention) },
        ...(list ? { listNotation: dossier.notation } : {}),
        closedOn: closedDay(dossier),
        documents: documents.map((document, index) => ({
          docCode: `${dossier.code}.${String(index + 1).padStart(7, '0')}`,
          documentId: document.documentId,
        })),
      },
      preservation: originOf(objectId, at, replaced),
      documentation: [contents],
    };
    return { object: await this.#write(sip, watch), objectId };
  }

  /** Whether anything in a package is infected, if somebody can say, and who says it. @throws ScannerUnavailable @source SUB-10 */
  async scan({ objectKey }: Pick<ArchivePackageEntity, 'objectKey'>): Promise<CheckResult> {
    const { state } = await this.scanner.scan(await this.store.get({ key: objectKey }));
    return virusResult(state, await this.scanner.identity());
  }

  /** Reads a package back from the store and checks all of it. @source SUB-13 @source SUB-14 @source SUB-15 */
  async check(stored: Pick<ArchivePackageEntity, 'objectKey' | 'sizeBytes'>): Promise<PackageReport> {
    return checkPackage(await this.#open(stored));
  }

  /** The archive's package from a submission that passed. @source SUB-3 @source PKG-10 */
  async buildAip(
    sip: ArchivePackageEntity,
    { dossier, list }: { readonly dossier: DossierEntity; readonly list: DossierListEntity | null },
    submission: SubmissionEntity,
    { by, at, reason }: Decision,
    watch: Watch,
  ): Promise<BuiltPackage> {
    const contents = await this.#open(sip);
    const report = await checkPackage(contents);
    const objectId = objectIdOf(idFrom(`aip:${dossier.id}`));
    const { rule, basis, version } = retentionRule(dossier, list);
    const retention = [termText(dossier.retention), basis, version, rule].filter((part) => part !== '').join(', ');
    const aip = acceptSubmission(contents, report, {
      objectId,
      acceptedAt: at,
      software: SOFTWARE,
      rendering: 'eark',
      preservation: acceptanceRecord(submission, { objectId, sip, by, at, reason, retention }),
    });
    return { object: await this.#write(aip, watch), objectId };
  }

  async #write(source: DossierPackage, watch: Watch): Promise<StoredObject> {
    const plan = planPackage(source);
    const size = zipSize(plan);
    const maxBytes = Math.min(LIMITS.archivePackage.bytes, size);
    const store = this.storeOf(source.kind === 'AIP' ? 'aip' : 'sip');
    return store.put(watch(zipPackage(plan), size), { maxBytes });
  }

  /** @throws ObjectMissing, ObjectCorrupt: what was altered in the store is no package with faults of its own */
  async #open({ objectKey, sizeBytes }: Pick<ArchivePackageEntity, 'objectKey' | 'sizeBytes'>) {
    await this.store.verify({ key: objectKey });
    return openZip({
      sizeBytes,
      read: (start, end) => this.store.get({ key: objectKey }, { start, end: end - 1 }),
    });
  }

  /** What is known of each document now; its pages are counted in its main file. */
  async #known(
    dossier: DossierEntity,
    documents: readonly FilableDocument[],
    signatures: Contents['signatures'],
  ): Promise<KnownDocument[]> {
    const access = new Map(dossier.documents.map((filed) => [filed.documentId, filed.access]));
    const known: KnownDocument[] = [];
    for (const document of documents) {
      const { documentId } = document;
      known.push({
        ...document,
        signature: signatures.get(documentId),
        access: access.get(documentId) ?? 'conditional',
        pageCount: await this.#pagesOf(document),
      });
    }
    return known;
  }

  /** Null of what is no PDF, or none whose pages can be counted. */
  async #pagesOf({ files: [main] }: FilableDocument): Promise<number | null> {
    if (main?.mediaType !== 'application/pdf') return null;
    const bytes = await this.store.readSmall({ key: main.objectKey }, LIMITS.file.bytes);
    try {
      return pageCountOf(new PdfDocument(bytes)) || null;
    } catch (error) {
      if ([MalformedPdf, EncryptedPdf, PdfTooComplex].some((fault) => fault.is(error))) return null;
      throw error;
    }
  }

  #document(dossier: DossierEntity, document: KnownDocument, index: number): PackagedDocument {
    const [first, ...others] = document.files.map((file): SourceFile => ({
      originalName: file.name,
      mimeType: file.mediaType,
      sizeBytes: file.sizeBytes,
      sha256: file.sha256,
      open: () => this.store.get({ key: file.objectKey }),
    }));
    if (!first) throw new Error(`document ${document.documentId} has no file`);
    return {
      fields: {
        docId: `${document.documentId.slice(-12)}-${index + 1}`,
        ...maintenanceOf(dossier.retention),
        ...typeOf(document.kindName),
        codeNumber: document.codeNumber,
        codeNotation: document.codeNotation,
        issuedDate: vietnameseDate(document.issuedOn),
        organName: document.author,
        subject: document.subject,
        ...describeDocument(document),
        process: '0',
        riskRecovery: '0',
      },
      files: [first, ...others],
    };
  }
}
