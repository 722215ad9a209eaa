import { LIMITS } from '@qlvb/records';
import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { Inject, Injectable } from '@nestjs/common';
import {
  acceptSubmission,
  checkPackage,
  documentTypeCode,
  maintenanceCode,
  objectIdOf,
  openZip,
  planPackage,
  vietnameseDate,
  zipPackage,
  zipSize,
} from '@qlvb/archive-package';
import type {
  AccompanyingFile,
  DossierPackage,
  PackagedDocument,
  PackageReport,
  Retention,
  SourceFile,
} from '@qlvb/archive-package';
import { describeDocument, describeDossier, lastDayKept, recordStatusOf, termText } from '@qlvb/archive-domain';
import type { KnownOfDocument, RetentionTerm } from '@qlvb/archive-domain';
import type { Person } from '@qlvb/contracts';
import type { DirectoryAgency } from '@qlvb/directory';
import { EncryptedPdf, MalformedPdf, pageCountOf, PdfDocument, PdfTooComplex } from '@qlvb/pdf';
import { ARCHIVE_STORE, OBJECT_STORE, VIRUS_SCANNER } from '@qlvb/platform-storage';
import type { ObjectLock, ObjectStore, ScanResult, StoredObject, VirusScanner } from '@qlvb/platform-storage';
import { idFrom } from '@qlvb/shared-domain';
import { endOfVietnamDay } from '@qlvb/vietnam';
import type {
  ArchivePackageEntity,
  DocumentSignature,
  DossierEntity,
  FilableDocument,
  SubmissionEntity,
} from '../entities.ts';
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
    { documents, signatures }: Contents,
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
        endDate: vietnameseDate(dossier.closedOn ?? dossier.startedOn),
        riskRecovery: '0',
      },
      documents: known.map((document, index) => this.#document(dossier, document, index)),
      platformRecord: {
        dossierId: dossier.id,
        agency: { id: agency.agencyId, code: agency.code, name: agency.name },
        retention: {
          rule: dossier.notation,
          basis: 'Danh mục hồ sơ',
          version: dossier.startedOn.slice(0, 4),
          term: termText(dossier.retention),
        },
        listNotation: dossier.notation,
        closedOn: dossier.closedOn ?? dossier.startedOn,
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

  /** Whether anything in a package is infected, if somebody can say. @throws ScannerUnavailable @source SUB-10 */
  async scan({ objectKey }: Pick<ArchivePackageEntity, 'objectKey'>): Promise<ScanResult['state']> {
    return (await this.scanner.scan(await this.store.get({ key: objectKey }))).state;
  }

  /** Reads a package back from the store and checks all of it. @source SUB-13 @source SUB-14 @source SUB-15 */
  async check(stored: Pick<ArchivePackageEntity, 'objectKey' | 'sizeBytes'>): Promise<PackageReport> {
    return checkPackage(await this.#open(stored));
  }

  /** The archive's package from a submission that passed. @source SUB-3 @source PKG-10 */
  async buildAip(
    sip: ArchivePackageEntity,
    dossier: DossierEntity,
    submission: SubmissionEntity,
    { by, at, reason }: Decision,
    watch: Watch,
  ): Promise<BuiltPackage> {
    const contents = await this.#open(sip);
    const report = await checkPackage(contents);
    const objectId = objectIdOf(idFrom(`aip:${dossier.id}`));
    const aip = acceptSubmission(contents, report, {
      objectId,
      acceptedAt: at,
      software: SOFTWARE,
      rendering: 'eark',
      preservation: acceptanceRecord(submission, { objectId, sip, by, at, reason }),
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

/** Years of lock where the term has no last day: whoever may order destruction may lift that lock. */
const OPEN_TERM_YEARS = 70;
/** Nobody lifts the lock of what is kept for ever; a store wants a date all the same. */
const PERMANENT_YEARS = 100;

/**
 * Until when, and how firmly, the archive's store refuses to delete a package. What has a term is destroyed by a decision
 * after its review, so its lock can be lifted by who has that right; what is permanent is locked for everybody.
 *
 * @source RET-3
 * @source LAW-5
 * @source STO-2
 */
export function lockOf({ retention, closedOn, startedOn }: LockedDossier, at: Date): ObjectLock {
  if (retention.kind === 'permanent') return { until: yearsAfter(at, PERMANENT_YEARS), mode: 'compliance' };
  const last = retention.kind === 'years' ? lastDayKept(retention, closedOn ?? startedOn) : null;
  const until = last === null ? yearsAfter(at, OPEN_TERM_YEARS) : endOfVietnamDay(last);
  return { until: until > at ? until : yearsAfter(at, 1), mode: 'governance' };
}

type LockedDossier = Pick<DossierEntity, 'retention' | 'closedOn' | 'startedOn'>;

function yearsAfter(date: Date, years: number): Date {
  const later = new Date(date);
  later.setUTCFullYear(later.getUTCFullYear() + years);
  return later;
}

/** The list of contents as an accompanying file. @source NĐ30-A29-7 */
function contentsList(dossier: DossierEntity): AccompanyingFile {
  const rows = dossier.documents.map(({ ordinal, formedOn, kindName, subject }) =>
    [ordinal, formedOn, kindName, subject].map((cell) => `"${String(cell).replaceAll('"', '""')}"`).join(','),
  );
  const bytes = Buffer.from(`STT,Ngày,Tên loại,Trích yếu\n${rows.join('\n')}\n`);
  return {
    path: 'muc-luc-van-ban.csv',
    originalName: 'Mục lục văn bản.csv',
    mimeType: 'text/csv',
    sizeBytes: bytes.length,
    sha256: createHash('sha256').update(bytes).digest('hex'),
    open: () => Readable.from([bytes]),
  };
}

function maintenanceOf(term: RetentionTerm): { maintenance: string; description?: string } {
  const retention: Retention =
    term.kind === 'permanent' || term.kind === 'years' ? term : { kind: 'event', description: termText(term) };
  const { code, description } = maintenanceCode(retention);
  return { maintenance: code, ...(description === undefined ? {} : { description }) };
}

function typeOf(kindName: string): { typeName: string; keyword?: string } {
  const { code, keyword } = documentTypeCode(kindName);
  return { typeName: code, ...(keyword === undefined ? {} : { keyword }) };
}
