import { Transform } from 'node:stream';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Inject, Injectable } from '@nestjs/common';
import {
  duplicateResult,
  performDossierAct,
  performSubmissionAct,
  retentionResult,
  signatureResult,
  virusResult,
} from '@qlvb/archive-domain';
import type { AcceptanceReason, CheckResult } from '@qlvb/archive-domain';
import type { PackageReport } from '@qlvb/archive-package';
import { ArchiveNotificationRequested, JOB_FAILURE_LABELS, notificationRequest } from '@qlvb/contracts';
import { Directory } from '@qlvb/directory';
import { Database } from '@qlvb/platform-database';
import type { Tx } from '@qlvb/platform-database';
import { failPoint } from '@qlvb/platform-faults';
import { failureReason, JobFailed, Jobs, OnJob, OnJobFailed } from '@qlvb/platform-jobs';
import type { Job, JobFailure } from '@qlvb/platform-jobs';
import { ObjectCorrupt, ObjectMissing } from '@qlvb/platform-storage';
import { newId } from '@qlvb/shared-domain';
import { In } from 'typeorm';
import type { EntityManager } from 'typeorm';
import { announce } from '../dossiers/dossiers.service.ts';
import {
  ArchivePackageEntity,
  DocumentSignature,
  DossierEntity,
  FilableDocument,
  SubmissionEntity,
} from '../entities.ts';
import { lockOf, PackageBuilder } from './package-builder.ts';
import type { BuiltPackage, Watch } from './package-builder.ts';
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
    const { documents, signatures, replaced, isAccepted } = await this.database.read((manager) =>
      this.#sources(manager, submission, dossier),
    );
    const made = await refusingLost(async () => {
      await this.builder.verify(documents);
      const code = submission.code ?? (await this.#number(job, agency.code));
      if (code === undefined) return undefined;
      const batch = { code, batch: submission.batch, ...(replaced ? { replaced } : {}) };
      const contents = { documents, signatures };
      const sip = await this.builder.buildSip(dossier, contents, agency, batch, submission.createdAt, watched(job));
      const stored = { objectKey: sip.object.key, sizeBytes: sip.object.sizeBytes };
      await failPoint('archive:sip-stored');
      return { sip, virus: await this.builder.scan(stored), report: await this.builder.check(stored) };
    });
    if (!made) return;
    const checks = [
      virusResult(made.virus),
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
      row.checks = checks;
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
    const sip = await this.database.read((manager) => manager.findOneByOrFail(ArchivePackageEntity, { id: sipId }));
    const aip = await refusingLost(() =>
      this.builder.buildAip(sip, dossier, submission, { by, at, reason: deciding.reason }, watched(job)),
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

  /** @source RET-3 @source STO-2 */
  @OnJob(LockPackage)
  async lock(job: Job<typeof LockPackage>): Promise<void> {
    const { row, dossier } = await this.database.read(async (manager) => {
      const found = await manager.findOneByOrFail(ArchivePackageEntity, { id: job.data.packageId });
      return { row: found, dossier: await manager.findOneByOrFail(DossierEntity, { id: found.dossierId }) };
    });
    await this.builder.storeOf(row.kind).lock({ key: row.objectKey }, lockOf(dossier, row.createdAt));
    await this.database.command(async (tx) => {
      if (row.lockedAt === null) await tx.manager.update(ArchivePackageEntity, { id: row.id }, { lockedAt: tx.now });
      await job.finish(tx);
    });
  }

  /** The archivists of the agency are told: they have it locked again once the store is mended. @source STO-2 */
  @OnJobFailed(LockPackage)
  async lockingFailed({ data }: Job<typeof LockPackage>, failure: JobFailure, tx: Tx): Promise<void> {
    const { id, dossierId } = await tx.manager.findOneByOrFail(ArchivePackageEntity, { id: data.packageId });
    const { code } = await tx.manager.findOneByOrFail(DossierEntity, { id: dossierId });
    tx.audit({
      action: 'archive-package.lock-failed',
      resource: { type: 'archive-package', id },
      after: { ...failure },
    });
    tx.publish(
      ArchiveNotificationRequested,
      notificationRequest('job-failed', {
        to: { permission: 'submissions.decide' },
        about: { type: 'archive-package', id },
        parameters: {
          job: { vi: `Khóa gói tin lưu trữ của hồ sơ ${code}`, en: `Locking the archive package of ${code}` },
          reason: JOB_FAILURE_LABELS[failureReason(failure.code)],
        },
      }),
    );
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

/** Bytes on their way into a package: told as progress, and stopped with the work. */
const watched =
  (job: Job): Watch =>
  (bytes: Readable, total: number) => {
    let done = 0;
    const counted = new Transform({
      transform(chunk: Buffer, _encoding, next) {
        done += chunk.length;
        job.progress(done, total);
        failPoint('archive:while-streaming').then(() => next(null, chunk), next);
      },
    });
    pipeline(bytes, counted, { signal: job.signal }).catch((error: unknown) => counted.destroy(error as Error));
    return counted;
  };

/** Bytes that are gone or altered do not come back by trying again. */
async function refusingLost<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    for (const problem of [ObjectCorrupt, ObjectMissing]) {
      if (problem.is(error)) throw new JobFailed(problem.declaration.code, error.message, { cause: error });
    }
    throw error;
  }
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

/** Findings of the package's check as the results that an acceptance is decided by. */
function resultsOf(report: PackageReport): CheckResult[] {
  const of = (check: CheckResult['check'], codes: readonly string[]): CheckResult => {
    const found = report.findings.filter((finding) => codes.includes(finding.code));
    const failed = found.some((finding) => finding.level === 'error');
    const outcome = failed ? 'fail' : found.length > 0 ? 'warning' : 'success';
    return { check, outcome, reasons: [...new Set(found.map((finding) => finding.code as AcceptanceReason))] };
  };
  return [
    of('archive', ['ARCHIVE']),
    of('structure', ['STRUCTURE', 'MISSING_FILE', 'EXTRA_FILE', 'CHECKSUM']),
    of('metadata', ['METADATA']),
    of('formats', ['FORMAT']),
    of('accessibility', ['NOT_ACCESSIBLE']),
  ];
}
