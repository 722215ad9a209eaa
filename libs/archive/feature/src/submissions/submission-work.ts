import { Inject, Injectable } from '@nestjs/common';
import {
  duplicateResult,
  performDossierAct,
  performSubmissionAct,
  retentionResult,
  signatureResult,
} from '@qlvb/archive-domain';
import { ArchiveNotificationRequested, JOB_FAILURE_LABELS, notificationRequest } from '@qlvb/contracts';
import { Directory } from '@qlvb/directory';
import { Database } from '@qlvb/platform-database';
import type { Tx } from '@qlvb/platform-database';
import { failPoint } from '@qlvb/platform-faults';
import { failureReason, Jobs, OnJob, OnJobFailed } from '@qlvb/platform-jobs';
import type { Job, JobFailure } from '@qlvb/platform-jobs';
import { newId } from '@qlvb/shared-domain';
import { In } from 'typeorm';
import type { EntityManager } from 'typeorm';
import { announce } from '../dossiers/dossiers.service.ts';
import {
  ArchivePackageEntity,
  DocumentSignature,
  DossierEntity,
  DossierListEntity,
  FilableDocument,
  SubmissionEntity,
} from '../entities.ts';
import { PackageBuilder } from './package-builder.ts';
import type { BuiltPackage } from './package-builder.ts';
import { resultsOf } from './package-results.ts';
import { refusingLost, watched } from './streamed-work.ts';
import { nextCode } from './submission-number.ts';
import { LockPackage, PackSubmission, TakeSubmission } from './submission.jobs.ts';

const WORK_LABELS = {
  packing: { vi: 'Đóng gói hồ sơ {code}', en: 'Packing {code}' },
  accepting: { vi: 'Tiếp nhận hồ sơ {code}', en: 'Accepting {code}' },
} as const;

/**
 * What takes long of a submission. Packages are made between two short transactions: while bytes stream no lock is held and no
 * connection waits; their rows and ids come in the transaction that ends the work. All bytes follow from the request, so that a
 * repetition makes the same object and leaves none behind.
 */
@Injectable()
export class SubmissionWork {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Directory) private readonly directory: Directory,
    @Inject(PackageBuilder) private readonly builder: PackageBuilder,
    @Inject(Jobs) private readonly jobs: Jobs,
  ) {}

  /** @source NĐ30-A30-2 @source SUB-3 @source SUB-21 */
  @OnJob(PackSubmission)
  async pack(job: Job<typeof PackSubmission>): Promise<void> {
    const order = await this.#order(job, 'packing');
    if (!order) return;
    const { submission, dossier } = order;
    const agency = await this.directory.agency(submission.agencyId);
    const { documents, signatures, list, replaced, isAccepted } = await this.database.read((manager) =>
      this.#sources(manager, submission, dossier),
    );
    const made = await refusingLost(async () => {
      await this.builder.verify(documents);
      const code = submission.code ?? (await this.#number(job, agency.code));
      if (code === undefined) return undefined;
      const batch = { code, batch: submission.batch, ...(replaced ? { replaced } : {}) };
      const contents = { documents, signatures, list };
      const sip = await this.builder.buildSip(dossier, contents, agency, batch, submission.createdAt, watched(job));
      const stored = { objectKey: sip.object.key, sizeBytes: sip.object.sizeBytes };
      await failPoint('archive:sip-stored');
      return { sip, virus: await this.builder.scan(stored), report: await this.builder.check(stored) };
    });
    if (!made) return;
    const checks = [
      made.virus,
      ...resultsOf(made.report),
      duplicateResult(dossier.code, [], isAccepted ? [dossier.code] : []),
      signatureResult(
        documents.map(({ documentId: subject }) => ({ subject, verdict: signatures.get(subject) ?? 'indeterminate' })),
      ),
      retentionResult({
        term: dossier.retention,
        documentTerms: dossier.documents.flatMap((document) => document.term ?? []),
        isListed: dossier.listId !== null,
        forHistoricalArchive: false,
      }),
    ];
    await this.#finish(job, 'packing', async (row, owner, tx) => {
      row.state = performSubmissionAct(row.state, 'pack', ['system']);
      row.sipId = (await keepPackage(tx, 'sip', row.dossierId, made.sip)).id;
      row.checks = checks.map((check) => ({ ...check, at: tx.now.toISOString() }));
      announce(tx, owner, 'submitted');
    });
  }

  @OnJobFailed(PackSubmission)
  packingFailed(job: Job<typeof PackSubmission>, failure: JobFailure, tx: Tx): Promise<void> {
    return this.#fail(job, 'packing', failure, tx);
  }

  /** @source SUB-3 @source PKG-10 */
  @OnJob(TakeSubmission)
  async take(job: Job<typeof TakeSubmission>): Promise<void> {
    const order = await this.#order(job, 'accepting');
    if (!order) return;
    const { submission, dossier } = order;
    const { deciding, sipId } = submission;
    if (!deciding || !sipId) throw new Error(`the submission ${submission.id} is being accepted by nobody`);
    const [by, at] = [deciding.by, new Date(deciding.at)];
    const { sip, list } = await this.database.read(async (manager) => ({
      sip: await manager.findOneByOrFail(ArchivePackageEntity, { id: sipId }),
      list: await listOf(manager, dossier),
    }));
    const decision = { by, at, reason: deciding.reason };
    const aip = await refusingLost(() =>
      this.builder.buildAip(sip, { dossier, list }, submission, decision, watched(job)),
    );
    await failPoint('archive:aip-stored');
    await this.#finish(job, 'accepting', async (row, owner, tx) => {
      row.state = performSubmissionAct(row.state, 'take', ['system']);
      const kept = await keepPackage(tx, 'aip', row.dossierId, aip);
      Object.assign(row, { aipId: kept.id, decidedBy: by, decidedAt: at, reason: deciding.reason, deciding: null });
      const checking = performDossierAct(owner.state, 'check', ['archivist']);
      const state = performDossierAct(checking, 'accept', ['archivist']);
      await tx.manager.update(
        DossierEntity,
        { id: owner.id },
        { state, version: owner.version + 1, updatedAt: tx.now },
      );
      await this.jobs.enqueue(tx, LockPackage, { packageId: kept.id }, { key: kept.id });
      announce(tx, owner, 'accepted');
    });
  }

  @OnJobFailed(TakeSubmission)
  takingFailed(job: Job<typeof TakeSubmission>, failure: JobFailure, tx: Tx): Promise<void> {
    return this.#fail(job, 'accepting', failure, tx);
  }

  /**
   * The request's code, as late as the package in which it stands lets it be taken: what is stopped, or fails by its files, has
   * none, and whatever comes afterwards the request keeps it.
   *
   * @source SUB-7
   */
  #number(job: Job<typeof PackSubmission>, agencyCode: string): Promise<string | undefined> {
    return this.database.command(async (tx) => {
      const row = await locked(tx, job.data.submissionId);
      // Somebody has stopped this work.
      if (row.state !== 'packing' || row.jobId !== job.id) return undefined;
      const code = row.code ?? (await nextCode(tx, agencyCode));
      await tx.manager.update(SubmissionEntity, { id: row.id }, { code });
      tx.audit({ action: 'submission.numbered', resource: { type: 'submission', id: row.id }, after: { code } });
      return code;
    });
  }

  /** Undefined when somebody has stopped this work. */
  #order(
    job: Job<typeof PackSubmission>,
    state: 'packing' | 'accepting',
  ): Promise<{ submission: SubmissionEntity; dossier: DossierEntity } | undefined> {
    return this.database.read(async (manager) => {
      const submission = await manager.findOneBy(SubmissionEntity, { id: job.data.submissionId });
      if (submission?.state !== state || submission.jobId !== job.id) return undefined;
      return { submission, dossier: await manager.findOneByOrFail(DossierEntity, { id: submission.dossierId }) };
    });
  }

  async #sources(manager: EntityManager, { code, batch }: SubmissionEntity, dossier: DossierEntity) {
    const ids = dossier.documents.map(({ documentId }) => documentId);
    const found = new Map(
      (await manager.findBy(FilableDocument, { documentId: In(ids) })).map((row) => [row.documentId, row]),
    );
    const verdicts = await manager.findBy(DocumentSignature, { documentId: In(ids) });
    const [last] =
      batch === 1
        ? []
        : await manager.find(SubmissionEntity, {
            where: { code: code ?? '', state: 'returned' },
            order: { batch: 'DESC' },
            take: 1,
          });
    const before = last?.sipId ? await manager.findOneByOrFail(ArchivePackageEntity, { id: last.sipId }) : undefined;
    return {
      documents: ids.flatMap((id) => found.get(id) ?? []),
      signatures: new Map(verdicts.map(({ documentId, verdict }) => [documentId, verdict])),
      list: await listOf(manager, dossier),
      replaced: before?.objectId,
      isAccepted: await manager.existsBy(SubmissionEntity, { dossierId: dossier.id, state: 'accepted' }),
    };
  }

  /** The effect and the end of the work in one transaction; nothing when somebody has stopped it meanwhile. */
  #finish(
    job: Job<typeof PackSubmission>,
    state: 'packing' | 'accepting',
    change: (row: SubmissionEntity, dossier: DossierEntity, tx: Tx) => Promise<void>,
  ): Promise<void> {
    return this.database.command(async (tx) => {
      const row = await locked(tx, job.data.submissionId);
      if (row.state !== state || row.jobId !== job.id) return;
      const dossier = await tx.manager.findOneOrFail(DossierEntity, {
        where: { id: row.dossierId },
        lock: { mode: 'pessimistic_write' },
      });
      await change(row, dossier, tx);
      await save(tx, row, `submission.${state === 'packing' ? 'packed' : 'accepted'}`);
      await job.finish(tx);
    });
  }

  async #fail(
    job: Job<typeof PackSubmission>,
    state: 'packing' | 'accepting',
    failure: JobFailure,
    tx: Tx,
  ): Promise<void> {
    const row = await locked(tx, job.data.submissionId);
    if (row.state !== state || row.jobId !== job.id) return;
    const userId = (row.deciding?.by ?? row.submittedBy).userId;
    row.state = performSubmissionAct(row.state, 'fail', ['system']);
    row.failure = failureReason(failure.code);
    row.deciding = null;
    await save(tx, row, `submission.${state}-failed`, { ...failure });
    const { code } = await tx.manager.findOneByOrFail(DossierEntity, { id: row.dossierId });
    const { vi, en } = WORK_LABELS[state];
    tx.publish(
      ArchiveNotificationRequested,
      notificationRequest('job-failed', {
        to: { userId },
        about: { type: 'submission', id: row.id },
        parameters: {
          job: { vi: vi.replace('{code}', code), en: en.replace('{code}', code) },
          reason: JOB_FAILURE_LABELS[row.failure],
        },
      }),
    );
  }
}

/** The list by which a dossier was opened, if any. */
const listOf = async (manager: EntityManager, { listId }: DossierEntity): Promise<DossierListEntity | null> =>
  listId === null ? null : manager.findOneByOrFail(DossierListEntity, { id: listId });

const locked = (tx: Tx, id: string): Promise<SubmissionEntity> =>
  tx.manager.findOneOrFail(SubmissionEntity, { where: { id }, lock: { mode: 'pessimistic_write' } });

async function save(tx: Tx, row: SubmissionEntity, action: string, more: object = {}): Promise<void> {
  const { id, state, sipId, aipId, checks, decidedBy, decidedAt, reason, failure, deciding } = row;
  const changes = { state, sipId, aipId, checks, decidedBy, decidedAt, reason, failure, deciding };
  await tx.manager.update(SubmissionEntity, { id }, {
    ...changes,
    version: row.version + 1,
    updatedAt: tx.now,
  } as never);
  tx.audit({ action, resource: { type: 'submission', id }, after: { state, sipId, aipId, failure, ...more } });
}

async function keepPackage(
  tx: Tx,
  kind: 'sip' | 'aip',
  dossierId: string,
  { object, objectId }: BuiltPackage,
): Promise<ArchivePackageEntity> {
  const row = Object.assign(new ArchivePackageEntity(), {
    id: newId(),
    agencyId: tx.agencyId,
    createdAt: tx.now,
    kind,
    dossierId,
    objectId,
    objectKey: object.key,
    sha256: object.sha256,
    sizeBytes: object.sizeBytes,
    lockedAt: null,
  });
  await tx.manager.insert(ArchivePackageEntity, row);
  return row;
}
