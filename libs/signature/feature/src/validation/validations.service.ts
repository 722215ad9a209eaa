import { Inject, Injectable } from '@nestjs/common';
import { JOB_FAILURE_LABELS, notificationRequest, SignatureNotificationRequested } from '@qlvb/contracts';
import { DocumentAccess } from '@qlvb/document-access';
import type { Actor } from '@qlvb/platform-context';
import { Database } from '@qlvb/platform-database';
import type { Tx } from '@qlvb/platform-database';
import type { Upload } from '@qlvb/platform-http';
import { assertStoppable, failureReason, JobFailed, Jobs, OnJob, OnJobFailed } from '@qlvb/platform-jobs';
import type { Job, JobFailure } from '@qlvb/platform-jobs';
import { FileEmpty, FileUnreadable, OBJECT_STORE, ObjectCorrupt, ObjectMissing } from '@qlvb/platform-storage';
import type { ObjectStore } from '@qlvb/platform-storage';
import { newId } from '@qlvb/shared-domain';
import { ValidationNotFound } from '@qlvb/signature-domain';
import type { EntityManager } from 'typeorm';
import { ValidationEntity } from '../entities.ts';
import { MAX_PDF_BYTES } from '../signing/preparation.ts';
import { PdfValidator } from './pdf-validator.ts';
import { keptReport } from './report-view.ts';
import { ValidateUpload } from './validate-upload.job.ts';
import { validationView } from './validation.view.ts';
import type { ValidationView } from './validation.view.ts';

/** What uploads are called: they bring no name. */
const UPLOAD_NAME = 'upload.pdf';

/** Readers of PDF look for its header so far from the start. */
const HEADER_WITHIN_BYTES = 1024;

/** Checks of signatures that people ask for; every one leaves its report. */
@Injectable()
export class ValidationsService {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(OBJECT_STORE) private readonly store: ObjectStore,
    @Inject(PdfValidator) private readonly validator: PdfValidator,
    @Inject(DocumentAccess) private readonly documents: DocumentAccess,
    @Inject(Jobs) private readonly jobs: Jobs,
  ) {}

  /**
   * Takes a file in; it is judged afterwards.
   *
   * @throws TooManyJobs, FileEmpty, FileTooLarge, FileUnreadable for what does not begin as a PDF
   * @source VN-40
   * @source VN-47
   */
  async request(upload: Upload, actor: Actor): Promise<ValidationView> {
    await this.database.read((manager) => this.jobs.assertRoom(manager, ValidateUpload, actor.userId));
    const object = await this.store.put(upload.stream, {
      maxBytes: MAX_PDF_BYTES,
      accept: async (draft) => {
        if (draft.object.sizeBytes === 0) throw FileEmpty({ name: UPLOAD_NAME });
        const head = Buffer.alloc(HEADER_WITHIN_BYTES);
        const { bytesRead } = await draft.file.read(head, 0, head.length, 0);
        if (!head.subarray(0, bytesRead).includes('%PDF-')) throw FileUnreadable({ name: UPLOAD_NAME });
      },
    });
    return this.database.command(async (tx) => {
      const id = newId();
      const options = { key: id, requestedBy: actor.userId };
      const row = Object.assign(new ValidationEntity(), {
        id,
        agencyId: tx.agencyId,
        createdAt: tx.now,
        documentId: null,
        requestedBy: actor.userId,
        fileName: UPLOAD_NAME,
        sha256: object.sha256,
        objectKey: object.key,
        state: 'waiting' as const,
        jobId: await this.jobs.enqueue(tx, ValidateUpload, { validationId: id }, options),
        failure: null,
        validatedAt: null,
        report: null,
      });
      await tx.manager.insert(ValidationEntity, row);
      return this.#viewOf(row, tx.manager);
    });
  }

  /** Of a document that the caller may see, or of a file of his own. @throws ValidationNotFound @source SEC-Z02 */
  get(id: string, actor: Actor): Promise<ValidationView> {
    return this.database.read(async (manager) => this.#viewOf(await this.#find(manager, id, actor), manager));
  }

  /** @throws ValidationNotFound, JobNotYours, JobOver */
  cancel(id: string, actor: Actor): Promise<ValidationView> {
    return this.database.command(async (tx) => {
      const row = await this.#find(tx.manager, id, actor, 'locked');
      assertStoppable(row, actor);
      row.state = 'cancelled';
      await tx.manager.update(ValidationEntity, { id }, { state: row.state });
      if (row.jobId) await this.jobs.cancel(tx, row.jobId);
      tx.audit({ action: 'validation.cancelled', resource: { type: 'validation', id } });
      return this.#viewOf(row, tx.manager);
    });
  }

  /** A damaged file with a trace of a signature has a report; anything else that cannot be read has none. */
  @OnJob(ValidateUpload)
  async validate(job: Job<typeof ValidateUpload>): Promise<void> {
    const { validationId: id } = job.data;
    const { state, objectKey } = await this.database.read((manager) =>
      manager.findOneByOrFail(ValidationEntity, { id }),
    );
    if (isOver({ state }) || !objectKey) return;
    const pdf = await this.#read(objectKey);
    const report = keptReport(await this.validator.verify(pdf, job.signal));
    const isUnreadable = report.findings.some(({ code }) => code === 'file-unreadable');
    if (isUnreadable && !pdf.includes('/ByteRange')) throw new JobFailed('file-unreadable', 'no readable PDF');
    await this.database.command(async (tx) => {
      if (isOver(await locked(tx, id))) return;
      const done = { state: 'done', failure: null, validatedAt: tx.now, report } as const;
      await tx.manager.update(ValidationEntity, { id }, done as never);
      await job.finish(tx);
    });
  }

  @OnJobFailed(ValidateUpload)
  async givenUp({ data }: Job<typeof ValidateUpload>, { code, detail }: JobFailure, tx: Tx): Promise<void> {
    const { validationId: id } = data;
    const row = await locked(tx, id);
    if (isOver(row) || !row.requestedBy) return;
    const failure = failureReason(code);
    await tx.manager.update(ValidationEntity, { id }, { state: 'failed', failure });
    tx.audit({ action: 'validation.failed', resource: { type: 'validation', id }, after: { code, detail } });
    tx.publish(
      SignatureNotificationRequested,
      notificationRequest('job-failed', {
        to: { userId: row.requestedBy },
        about: { type: 'validation', id },
        parameters: {
          job: { vi: 'Kiểm tra chữ ký số của tệp', en: 'Validating the signatures of a file' },
          reason: JOB_FAILURE_LABELS[failure],
        },
      }),
    );
  }

  /** Bytes that are gone or altered do not come back by trying again. */
  async #read(key: string): Promise<Buffer> {
    try {
      return await this.store.readSmall({ key }, MAX_PDF_BYTES);
    } catch (error) {
      for (const problem of [ObjectCorrupt, ObjectMissing]) {
        if (problem.is(error)) throw new JobFailed(problem.declaration.code, error.message, { cause: error });
      }
      throw error;
    }
  }

  async #find(manager: EntityManager, id: string, actor: Actor, lock?: 'locked'): Promise<ValidationEntity> {
    const { on, parameters } = this.documents.visibleTo(actor);
    const query = manager
      .createQueryBuilder(ValidationEntity, 'v')
      .where('v.id = :id', { id })
      .andWhere(`(v.requestedBy = :requester OR ${on('v.documentId')})`, { ...parameters, requester: actor.userId });
    if (lock) query.setLock('pessimistic_write', undefined, ['v']);
    const row = await query.getOne();
    if (!row) throw ValidationNotFound({ id });
    return row;
  }

  async #viewOf(row: ValidationEntity, manager: EntityManager): Promise<ValidationView> {
    return validationView(row, row.jobId ? await this.jobs.find(manager, row.jobId) : undefined);
  }
}

/** What failed may be tried again by the operator. */
const isOver = ({ state }: Pick<ValidationEntity, 'state'>): boolean => state === 'done' || state === 'cancelled';

const locked = (tx: Tx, id: string): Promise<ValidationEntity> =>
  tx.manager.findOneOrFail(ValidationEntity, { where: { id }, lock: { mode: 'pessimistic_write' } });
