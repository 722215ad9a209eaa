import { Inject, Injectable } from '@nestjs/common';
import { DocumentAccess } from '@qlvb/document-access';
import { PackageNotFound } from '@qlvb/exchange-domain';
import type { Actor } from '@qlvb/platform-context';
import { Database, recordDisclosure } from '@qlvb/platform-database';
import { byTime, inOrder, instant, keysetPage, pageQuery } from '@qlvb/platform-http';
import { StoredBytes } from '@qlvb/platform-storage';
import type { ByteRange } from '@qlvb/platform-storage';
import type { SelectQueryBuilder } from 'typeorm';
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

/** The package that a status answers is a matter of the clerks' desk, and has not become a document. */
const ANSWERS_DESK = `p.kind = 'status' AND EXISTS (SELECT 1 FROM received_package r
  WHERE r.agency_id = p.agency_id AND r.id = p.in_reply_to AND r.ground IS NOT NULL
    AND r.state IN ('waiting', 'refused', 'discarded', 'erased') AND (r.state <> 'refused' OR r.ground <> 'secrecy-mark'))`;

/**
 * What was sent: of documents to those who may see them, of what was answered from the clerks' desk to whoever may see that.
 * A document that was found to be a state secret after it was registered stays with those who may see the document.
 */
@Injectable()
export class SentPackagesService {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(StoredBytes) private readonly bytes: StoredBytes,
    @Inject(DocumentAccess) private readonly documents: DocumentAccess,
  ) {}

  list({ limit, cursor, ...filter }: z.output<typeof PackageQuery>, actor: Actor) {
    return this.database.read(async (manager) => {
      const page = await keysetPage(
        { limit, cursor },
        {
          scope: filter,
          ...byTime('createdAt'),
          query: (after) => {
            const builder = this.#visible(manager.createQueryBuilder(SentPackageEntity, 'p'), actor);
            if (filter.documentId) builder.andWhere('p.documentId = :document', { document: filter.documentId });
            return inOrder(builder, 'DESC', ['p.createdAt', 'p.id'], after);
          },
        },
      );
      return { ...page, items: page.items.map(view) };
    });
  }

  /** @throws PackageNotFound */
  async get(packageId: string, actor: Actor) {
    const row = await this.#find(packageId, actor);
    const resource = { type: 'package', id: packageId };
    await recordDisclosure(this.database, { action: 'package.viewed', resource, sha256: row.sha256 });
    return view(row);
  }

  /** @throws PackageNotFound; FileBytesLost when it is opened */
  async content(packageId: string, actor: Actor) {
    const { objectKey, sha256, sizeBytes, kind, documentCode } = await this.#find(packageId, actor);
    return {
      fileName: `${kind}-${packageId}.edxml`,
      mediaType: 'application/xml',
      sizeBytes,
      sha256,
      open: (range?: ByteRange) => {
        const resource = { type: 'package', id: packageId };
        const before = () => recordDisclosure(this.database, { action: 'package.downloaded', resource, sha256, range });
        return this.bytes.open({ name: documentCode || 'edXML', objectKey, sha256 }, { range, before });
      },
    };
  }

  #visible(builder: SelectQueryBuilder<SentPackageEntity>, actor: Actor): SelectQueryBuilder<SentPackageEntity> {
    const { on, parameters } = this.documents.visibleTo(actor);
    return builder.where(`(p.documentId IS NULL OR ${on('p.documentId')} OR (${ANSWERS_DESK}))`, parameters);
  }

  async #find(id: string, actor: Actor): Promise<SentPackageEntity> {
    const found = await this.database.read((manager) =>
      this.#visible(manager.createQueryBuilder(SentPackageEntity, 'p'), actor).andWhere('p.id = :id', { id }).getOne(),
    );
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
