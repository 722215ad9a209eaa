import { Inject, Injectable } from '@nestjs/common';
import { ArchiveNotificationRequested, JOB_FAILURE_LABELS, notificationRequest } from '@qlvb/contracts';
import { Database } from '@qlvb/platform-database';
import type { Tx } from '@qlvb/platform-database';
import { failureReason, OnJob, OnJobFailed } from '@qlvb/platform-jobs';
import type { Job, JobFailure } from '@qlvb/platform-jobs';
import { ArchivePackageEntity, DossierEntity } from '../entities.ts';
import { PackageBuilder } from './package-builder.ts';
import { lockOf } from './package-lock.ts';
import { LockPackage } from './submission.jobs.ts';

/** An accepted package is locked in its store for its term, by a job of its own: the store may be away. */
@Injectable()
export class PackageLocking {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(PackageBuilder) private readonly builder: PackageBuilder,
  ) {}

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
}
