import { Inject, Injectable } from '@nestjs/common';
import { PackageNotFound } from '@qlvb/exchange-domain';
import { Database } from '@qlvb/platform-database';
import { decodeCursor, instant, pageQuery, toPage } from '@qlvb/platform-http';
import { OBJECT_STORE } from '@qlvb/platform-storage';
import type { ObjectStore } from '@qlvb/platform-storage';
import { z } from 'zod';
import { SentPackageEntity } from './sent-package.entity.ts';

export const PackageView = z
  .object({
    packageId: z.uuid(),
    kind: z.enum(['document', 'status']),
    documentId: z.uuid().nullable(),
    inReplyTo: z.uuid().nullable(),
    senderCode: z.string(),
    recipientCode: z.string(),
    documentCode: z.string(),
    statusCode: z.string().nullable(),
    sha256: z.string(),
    sizeBytes: z.int(),
    createdAt: instant(),
  })
  .meta({ id: 'Package' });

export const PackageQuery = z.object({ ...pageQuery, documentId: z.uuid().optional() });

@Injectable()
export class SentPackagesService {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(OBJECT_STORE) private readonly store: ObjectStore,
  ) {}

  list({ limit, cursor, ...filter }: z.output<typeof PackageQuery>) {
    const after = cursor ? decodeCursor(cursor, filter, z.tuple([z.string(), z.uuid()])) : undefined;
    return this.database.read(async (manager) => {
      const builder = manager
        .createQueryBuilder(SentPackageEntity, 'p')
        .where('true')
        .orderBy('p.createdAt', 'DESC')
        .addOrderBy('p.id', 'DESC')
        .take(limit + 1);
      if (filter.documentId) builder.andWhere('p.documentId = :document', { document: filter.documentId });
      if (after) builder.andWhere('(p.createdAt, p.id) < (:at::timestamptz, :id)', { at: after[0], id: after[1] });
      const page = toPage(await builder.getMany(), limit, filter, (row) => [row.createdAt.toISOString(), row.id]);
      return { items: page.items.map(view), nextCursor: page.nextCursor };
    });
  }

  /** @throws PackageNotFound */
  async get(packageId: string) {
    return view(await this.#find(packageId));
  }

  /** @throws PackageNotFound */
  async content(packageId: string) {
    const { objectKey, sha256, sizeBytes, kind } = await this.#find(packageId);
    return {
      fileName: `${kind}-${packageId}.edxml`,
      mediaType: 'application/xml',
      sizeBytes,
      sha256,
      open: (range?: { start: number; end: number }) => this.store.get({ key: objectKey }, range),
    };
  }

  async #find(id: string): Promise<SentPackageEntity> {
    const found = await this.database.read((manager) => manager.findOneBy(SentPackageEntity, { id }));
    if (!found) throw PackageNotFound({ id });
    return found;
  }
}

const view = (row: SentPackageEntity): z.input<typeof PackageView> => ({
  packageId: row.id,
  kind: row.kind,
  documentId: row.documentId,
  inReplyTo: row.inReplyTo,
  senderCode: row.senderCode,
  recipientCode: row.recipientCode,
  documentCode: row.documentCode,
  statusCode: row.statusCode,
  sha256: row.sha256,
  sizeBytes: row.sizeBytes,
  createdAt: row.createdAt,
});
