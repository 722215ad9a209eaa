import { Inject, Injectable } from '@nestjs/common';
import { accessTo } from '@qlvb/platform-access';
import type { Actor } from '@qlvb/platform-context';
import { Database, recordDisclosure } from '@qlvb/platform-database';
import { BY_ID, inOrder, keysetPage } from '@qlvb/platform-http';
import type { Download, Page } from '@qlvb/platform-http';
import { Jobs, jobView } from '@qlvb/platform-jobs';
import type { JobView } from '@qlvb/platform-jobs';
import { StoredBytes } from '@qlvb/platform-storage';
import type { EntityManager } from 'typeorm';
import type { z } from 'zod';
import { ArchivePackageNotFound, OnlyAcceptedIsLocked } from '../archive.problems.ts';
import { ArchivePackageEntity } from '../entities.ts';
import { PackageBuilder } from '../submissions/package-builder.ts';
import { LockPackage } from '../submissions/submission.jobs.ts';
import { archivePackageView } from './archive-packages.dto.ts';
import type { ArchivePackageQuery, ArchivePackageView } from './archive-packages.dto.ts';

/** Packages of the dossiers that a person may see. */
@Injectable()
export class ArchivePackagesService {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(PackageBuilder) private readonly builder: PackageBuilder,
    @Inject(Jobs) private readonly jobs: Jobs,
    @Inject(StoredBytes) private readonly bytes: StoredBytes,
  ) {}

  list(query: z.output<typeof ArchivePackageQuery>, actor: Actor): Promise<Page<z.input<typeof ArchivePackageView>>> {
    const { limit, cursor, ...filter } = query;
    const { on, parameters } = accessTo('dossier', actor, this.database.now());
    return this.database.read(async (manager) => {
      const page = await keysetPage(
        { limit, cursor },
        {
          scope: filter,
          ...BY_ID,
          query: (after) => {
            const builder = manager.createQueryBuilder(ArchivePackageEntity, 'p').where(on('p.dossierId'), parameters);
            if (filter.dossierId) builder.andWhere('p.dossierId = :dossier', { dossier: filter.dossierId });
            return inOrder(builder, 'ASC', ['p.id'], after);
          },
        },
      );
      return { ...page, items: page.items.map(archivePackageView) };
    });
  }

  /** @throws ArchivePackageNotFound; FileBytesLost when it is opened */
  async content(packageId: string, actor: Actor): Promise<Download> {
    const row = await this.database.read((manager) => this.#find(manager, packageId, actor));
    const { kind, objectId, sizeBytes, sha256, objectKey } = row;
    return {
      fileName: `${kind}-${objectId}.zip`,
      mediaType: 'application/zip',
      sizeBytes,
      sha256,
      open: (range) => {
        const resource = { type: 'archive-package', id: packageId };
        const action = 'archive-package.downloaded';
        const before = () => recordDisclosure(this.database, { action, resource, sha256, range });
        const store = this.builder.storeOf(kind);
        return this.bytes.open({ name: `${kind.toUpperCase()}.zip`, objectKey, sha256 }, { range, store, before });
      },
    };
  }

  /**
   * Has an accepted package locked by the store, for when that was given up: once more is harmless.
   *
   * @throws ArchivePackageNotFound, OnlyAcceptedIsLocked
   * @source STO-2
   */
  lock(packageId: string, actor: Actor): Promise<z.input<typeof JobView>> {
    return this.database.command(async (tx) => {
      const { kind } = await this.#find(tx.manager, packageId, actor);
      if (kind !== 'aip') throw OnlyAcceptedIsLocked();
      const id = await this.jobs.enqueue(tx, LockPackage, { packageId }, { key: packageId, requestedBy: actor.userId });
      tx.audit({ action: 'archive-package.lock-asked', resource: { type: 'archive-package', id: packageId } });
      const job = await this.jobs.find(tx.manager, id);
      if (!job) throw new Error(`the job ${id} is not there`);
      return jobView(LockPackage, job);
    });
  }

  async #find(manager: EntityManager, packageId: string, actor: Actor): Promise<ArchivePackageEntity> {
    const { on, parameters } = accessTo('dossier', actor, this.database.now());
    const row = await manager
      .createQueryBuilder(ArchivePackageEntity, 'p')
      .where('p.id = :packageId', { packageId })
      .andWhere(on('p.dossierId'), parameters)
      .getOne();
    if (!row) throw ArchivePackageNotFound({ id: packageId });
    return row;
  }
}
