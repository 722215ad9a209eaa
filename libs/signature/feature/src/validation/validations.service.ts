import { createHash } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { ValidationCompleted } from '@qlvb/contracts';
import type { DataOf, IncomingDocumentArrived } from '@qlvb/contracts';
import { DocumentAccess } from '@qlvb/document-access';
import type { Actor } from '@qlvb/platform-context';
import { Database } from '@qlvb/platform-database';
import type { Tx } from '@qlvb/platform-database';
import { instant } from '@qlvb/platform-http';
import type { Upload } from '@qlvb/platform-http';
import { Jobs, OnJob, OnJobFailed } from '@qlvb/platform-jobs';
import type { Job, JobFailure } from '@qlvb/platform-jobs';
import { FileTooLarge, FileUnreadable, OBJECT_STORE, ObjectCorrupt, ObjectMissing } from '@qlvb/platform-storage';
import type { ObjectStore } from '@qlvb/platform-storage';
import { idFrom, newId } from '@qlvb/shared-domain';
import { ValidationNotFound } from '@qlvb/signature-domain';
import type { SignerIdentity } from '@qlvb/signature-domain';
import { z } from 'zod';
import { ValidationEntity } from '../entities.ts';
import { MAX_PDF_BYTES } from '../signing/preparation.ts';
import { ArrivedSigner } from './arrived-signer.ts';
import {
  agencyCodesOf,
  integrityOf,
  isAuthentic,
  PdfValidator,
  reportView,
  signerNameOf,
  verdictOn,
} from './pdf-validator.ts';
import type { FileIntegrity } from './pdf-validator.ts';
import { ValidateArrival } from './validate-arrival.job.ts';

const Finding = z.object({ code: z.string(), detail: z.string() });

export const ReportView = z
  .object({
    validationId: z.uuid(),
    validatedAt: instant(),
    fileName: z.string(),
    sha256: z.string(),
    legalEffect: z.enum(['complete', 'person_only', 'agency_only', 'none']),
    findings: z.array(Finding),
    signatures: z.array(
      z.object({
        field: z.string(),
        verdict: z.string(),
        indication: z.string(),
        level: z.string().nullable(),
        signer: z.string().nullable(),
        signerKind: z.string(),
        issuer: z.string().nullable(),
        certificateSerial: z.string().nullable(),
        certificateValidFrom: z.string().nullable(),
        certificateValidTo: z.string().nullable(),
        signingTime: z.string().nullable(),
        timeStampTime: z.string().nullable(),
        coversWholeFile: z.boolean(),
        digestSigned: z.string().nullable(),
        digestComputed: z.string().nullable(),
        findings: z.array(Finding),
      }),
    ),
  })
  .meta({ id: 'ValidationReport' });
type Report = z.input<typeof ReportView>;
type FileResult = DataOf<typeof ValidationCompleted>['files'][number];

const UNREADABLE: ReturnType<typeof reportView> = {
  legalEffect: 'none',
  findings: [{ code: 'file-unreadable', detail: 'Không đọc được tệp trong kho lưu trữ.' }],
  signatures: [],
};

interface Judgement {
  readonly report: ReturnType<typeof reportView>;
  readonly intact: boolean;
  readonly integrity: FileIntegrity;
  readonly signerName?: string | undefined;
  readonly signerIdentity?: SignerIdentity | undefined;
  readonly authentic: boolean;
  readonly personal?: FileResult['personal'];
  readonly agency?: FileResult['agency'];
  readonly agencyCodes?: FileResult['agencyCodes'];
}

const UNREAD: Judgement = { report: UNREADABLE, intact: false, integrity: 'unreadable', authentic: false };

type ArrivalData = Job<typeof ValidateArrival>['data'];
type Kept = Omit<ValidationEntity, 'agencyId' | 'createdAt'>;

/** The report of an arrived document is that of its main file; every other file has its own. */
const reportId = (documentId: string, fileId?: string): string =>
  idFrom(fileId === undefined ? `validation:${documentId}` : `validation:${documentId}:${fileId}`);

/** Checks of signatures, on request and on arrival; every one leaves its report. */
@Injectable()
export class ValidationsService {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(OBJECT_STORE) private readonly store: ObjectStore,
    @Inject(PdfValidator) private readonly validator: PdfValidator,
    @Inject(DocumentAccess) private readonly documents: DocumentAccess,
    @Inject(Jobs) private readonly jobs: Jobs,
    @Inject(ArrivedSigner) private readonly signer: ArrivedSigner,
  ) {}

  /**
   * A damaged file with a trace of a signature has a report; anything else that cannot be read is the caller's mistake.
   *
   * @throws FileTooLarge, FileUnreadable
   * @source VN-40
   * @source VN-47
   */
  async validate(upload: Upload, actor: Actor): Promise<Report> {
    const chunks: Buffer[] = [];
    let size = 0;
    for await (const chunk of upload.stream as AsyncIterable<Buffer>) {
      size += chunk.length;
      if (size > MAX_PDF_BYTES) throw FileTooLarge({ maxBytes: MAX_PDF_BYTES });
      chunks.push(chunk);
    }
    const pdf = Buffer.concat(chunks);
    const report = reportView(await this.validator.verify(pdf));
    const unreadable = report.findings.some(({ code }) => code === 'file-unreadable');
    if (unreadable && !pdf.includes('/ByteRange')) throw FileUnreadable({ name: 'upload.pdf' });
    const sha256 = createHash('sha256').update(pdf).digest('hex');
    const row = { id: newId(), documentId: null, requestedBy: actor.userId, fileName: 'upload.pdf', sha256, report };
    return this.database.command((tx) => keep(tx, row));
  }

  /** Of a document that the caller may see, or of a file of his own. @throws ValidationNotFound @source SEC-Z02 */
  async get(id: string, actor: Actor): Promise<Report> {
    const { on, parameters } = this.documents.visibleTo(actor);
    const row = await this.database.read((manager) =>
      manager
        .createQueryBuilder(ValidationEntity, 'v')
        .where('v.id = :id', { id })
        .andWhere(`(v.requestedBy = :requester OR ${on('v.documentId')})`, { ...parameters, requester: actor.userId })
        .getOne(),
    );
    if (!row) throw ValidationNotFound({ id });
    return reportOf(row);
  }

  async arrived(arrival: DataOf<typeof IncomingDocumentArrived>): Promise<void> {
    const { documentId, files, senderCode, signerPosition, urgency } = arrival;
    const options = { key: documentId, urgent: urgency !== 'normal' };
    const data = { documentId, files, senderCode, signerPosition };
    await this.database.command((tx) => this.jobs.enqueue(tx, ValidateArrival, data, options));
  }

  /**
   * Validates every PDF of an arrived document. A file that cannot be read is a result like any other.
   *
   * @source NĐ30-A21-1
   * @source QĐ28-A9-1
   */
  @OnJob(ValidateArrival)
  async validateArrival(job: Job<typeof ValidateArrival>): Promise<void> {
    const { data } = job;
    const checks = checksOf(data);
    const files: FileResult[] = [];
    for (const [index, check] of checks.entries()) {
      job.signal.throwIfAborted();
      job.progress(index, checks.length);
      const judgement = await this.#judge(check.file.objectKey, job);
      await this.database.command((tx) => keep(tx, { ...check.row, report: judgement.report }));
      files.push(resultOf(check, judgement));
    }
    await this.database.command((tx) => {
      tell(tx, data.documentId, files);
      return job.finish(tx);
    });
  }

  /** That nothing could be judged is a result, too: the document would wait for one for ever. */
  @OnJobFailed(ValidateArrival)
  async givenUp({ data }: Job<typeof ValidateArrival>, { code, detail }: JobFailure, tx: Tx): Promise<void> {
    const checks = checksOf(data);
    for (const { row } of checks) await keep(tx, { ...row, report: UNREAD.report });
    tell(
      tx,
      data.documentId,
      checks.map((check) => resultOf(check, UNREAD)),
    );
    const resource = { type: 'document', id: data.documentId };
    tx.audit({ action: 'validation.failed', resource, after: { code, detail } });
  }

  /**
   * A file that is missing, damaged or too large has a result; a store that does not answer has none yet, and the job is tried
   * again.
   */
  async #judge(objectKey: string, { data, attempt }: Job<typeof ValidateArrival>): Promise<Judgement> {
    let pdf: Uint8Array;
    try {
      pdf = await this.store.readSmall({ key: objectKey }, MAX_PDF_BYTES);
    } catch (error) {
      if (![ObjectMissing, ObjectCorrupt, FileTooLarge].some((problem) => problem.is(error))) throw error;
      return UNREAD;
    }
    const result = await this.validator.verify(pdf);
    const integrity = integrityOf(result);
    return {
      report: reportView(result),
      intact: integrity === 'proven' || integrity === 'unsigned',
      integrity,
      signerName: signerNameOf(result),
      signerIdentity: await this.signer.identify(
        result,
        { code: data.senderCode, signerPosition: data.signerPosition },
        attempt,
      ),
      authentic: isAuthentic(result),
      personal: verdictOn('person', result),
      agency: verdictOn('agency', result),
      agencyCodes: agencyCodesOf(result),
    };
  }
}

/** A PDF of an arrived document, and where its report goes. */
interface Check {
  readonly file: ArrivalData['files'][number];
  readonly row: Omit<Kept, 'report'>;
}

function checksOf({ documentId, files }: ArrivalData): Check[] {
  const pdfs = files.filter(({ mediaType }) => mediaType === 'application/pdf');
  const main = pdfs.find(({ role }) => role === 'main') ?? pdfs[0];
  return pdfs.map((file) => {
    const id = reportId(documentId, file === main ? undefined : file.fileId);
    return { file, row: { id, documentId, requestedBy: null, fileName: file.name, sha256: file.sha256 } };
  });
}

const resultOf = ({ file, row }: Check, { report, ...judgement }: Judgement): FileResult => ({
  fileId: file.fileId,
  validationId: row.id,
  legalEffect: report.legalEffect,
  ...judgement,
  findings: [...report.findings, ...report.signatures.flatMap((one) => one.findings)].map(({ code }) => code),
});

function tell(tx: Tx, documentId: string, files: FileResult[]): void {
  tx.publish(ValidationCompleted, {
    documentId,
    validationId: reportId(documentId),
    validatedAt: tx.now.toISOString(),
    files,
  });
}

/** Of the same file the first report stays. */
async function keep(tx: Tx, kept: Kept): Promise<Report> {
  const row = { ...kept, agencyId: tx.agencyId, createdAt: tx.now };
  await tx.manager
    .createQueryBuilder()
    .insert()
    .into(ValidationEntity)
    .values(row as never)
    .orIgnore()
    .execute();
  return reportOf(row);
}

const reportOf = ({
  id,
  createdAt,
  fileName,
  sha256,
  report,
}: Omit<ValidationEntity, 'agencyId' | 'documentId' | 'requestedBy'>): Report => ({
  validationId: id,
  validatedAt: createdAt,
  fileName,
  sha256,
  ...(report as ReturnType<typeof reportView>),
});
