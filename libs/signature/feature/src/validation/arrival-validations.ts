import { Inject, Injectable } from '@nestjs/common';
import { ValidationCompleted } from '@qlvb/contracts';
import type { DataOf, IncomingDocumentArrived } from '@qlvb/contracts';
import { Database } from '@qlvb/platform-database';
import type { Tx } from '@qlvb/platform-database';
import { Jobs, OnJob, OnJobFailed } from '@qlvb/platform-jobs';
import type { Job, JobFailure } from '@qlvb/platform-jobs';
import { FileTooLarge, OBJECT_STORE, ObjectCorrupt, ObjectMissing } from '@qlvb/platform-storage';
import type { ObjectStore } from '@qlvb/platform-storage';
import { idFrom } from '@qlvb/shared-domain';
import type { SignerIdentity } from '@qlvb/signature-domain';
import { ValidationEntity } from '../entities.ts';
import { MAX_PDF_BYTES } from '../signing/preparation.ts';
import { ArrivedSigner } from './arrived-signer.ts';
import { agencyCodesOf, integrityOf, isAuthentic, PdfValidator, signerNameOf, verdictOn } from './pdf-validator.ts';
import type { FileIntegrity } from './pdf-validator.ts';
import { keptReport } from './report-view.ts';
import type { KeptReport } from './report-view.ts';
import { ValidateArrival } from './validate-arrival.job.ts';

type FileResult = DataOf<typeof ValidationCompleted>['files'][number];

const UNREADABLE: KeptReport = { legalEffect: 'none', findings: [{ code: 'file-unreadable' }], signatures: [] };

interface Judgement {
  readonly report: KeptReport;
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
type Kept = Pick<ValidationEntity, 'id' | 'documentId' | 'fileName' | 'sha256' | 'report'>;

/** The report of an arrived document is that of its main file; every other file has its own. */
const reportId = (documentId: string, fileId?: string): string =>
  idFrom(fileId === undefined ? `validation:${documentId}` : `validation:${documentId}:${fileId}`);

/** Checks of the signatures of what arrives; every file leaves its report. */
@Injectable()
export class ArrivalValidations {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(OBJECT_STORE) private readonly store: ObjectStore,
    @Inject(PdfValidator) private readonly validator: PdfValidator,
    @Inject(Jobs) private readonly jobs: Jobs,
    @Inject(ArrivedSigner) private readonly signer: ArrivedSigner,
  ) {}

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
  async #judge(objectKey: string, { data, attempt, signal }: Job<typeof ValidateArrival>): Promise<Judgement> {
    let pdf: Uint8Array;
    try {
      pdf = await this.store.readSmall({ key: objectKey }, MAX_PDF_BYTES);
    } catch (error) {
      if (![ObjectMissing, ObjectCorrupt, FileTooLarge].some((problem) => problem.is(error))) throw error;
      return UNREAD;
    }
    const result = await this.validator.verify(pdf, signal);
    const integrity = integrityOf(result);
    return {
      report: keptReport(result),
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
    return { file, row: { id, documentId, fileName: file.name, sha256: file.sha256 } };
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
async function keep(tx: Tx, kept: Kept): Promise<void> {
  const { agencyId, now } = tx;
  const row = { ...kept, agencyId, createdAt: now, requestedBy: null, state: 'done', validatedAt: now };
  await tx.manager
    .createQueryBuilder()
    .insert()
    .into(ValidationEntity)
    .values(row as never)
    .orIgnore()
    .execute();
}
