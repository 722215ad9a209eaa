import { Controller, Inject } from '@nestjs/common';
import { DirectoryAgency } from '@qlvb/directory';
import { PackageMissing } from '@qlvb/exchange-domain';
import { Database } from '@qlvb/platform-database';
import { decodeCursor, instant, operation, Operation, pageOf, pageQuery, toPage } from '@qlvb/platform-http';
import type { Input } from '@qlvb/platform-http';
import { OBJECT_STORE } from '@qlvb/platform-storage';
import type { ObjectStore } from '@qlvb/platform-storage';
import { z } from 'zod';
import { PackageEntity } from '../entities.ts';

const PackageView = z
  .object({
    packageId: z.uuid(),
    direction: z.enum(['outgoing', 'incoming']),
    kind: z.enum(['document', 'status']),
    documentId: z.uuid().nullable(),
    inReplyTo: z.uuid().nullable(),
    senderCode: z.string(),
    recipientCode: z.string(),
    documentCode: z.string(),
    statusCode: z.string().nullable(),
    sha256: z.string(),
    sizeBytes: z.int(),
    state: z.enum(['sent', 'received', 'failed']),
    findings: z.array(z.string()),
    createdAt: instant(),
  })
  .meta({ id: 'Package' });

const PartnerView = z
  .object({ agencyId: z.uuid(), code: z.string(), legacyCode: z.string().nullable(), name: z.string() })
  .meta({ id: 'Partner' });

const list = operation({
  method: 'GET',
  path: '/packages',
  tag: 'packages',
  summary: { vi: 'Gói tin đã gửi, đã nhận', en: 'Packages sent and received' },
  permission: 'packages.read',
  query: z.object({
    ...pageQuery,
    direction: z.enum(['outgoing', 'incoming']).optional(),
    documentId: z.uuid().optional(),
  }),
  response: { status: 200, schema: pageOf(PackageView) },
});

const get = operation({
  method: 'GET',
  path: '/packages/:packageId',
  tag: 'packages',
  summary: { vi: 'Một gói tin', en: 'One package' },
  permission: 'packages.read',
  params: z.object({ packageId: z.uuid() }),
  response: { status: 200, schema: PackageView },
  problems: [PackageMissing],
});

const content = operation({
  method: 'GET',
  path: '/packages/:packageId/content',
  tag: 'packages',
  summary: { vi: 'Nội dung gói tin edXML', en: 'The edXML of a package' },
  permission: 'packages.read',
  params: z.object({ packageId: z.uuid() }),
  download: { mediaTypes: ['application/xml'] },
  problems: [PackageMissing],
});

const partners = operation({
  method: 'GET',
  path: '/partners',
  tag: 'packages',
  summary: { vi: 'Cơ quan có thể gửi đến', en: 'Agencies that can be sent to' },
  permission: 'partners.read',
  query: z.object({ ...pageQuery }),
  response: { status: 200, schema: pageOf(PartnerView) },
});

@Controller()
export class PackagesController {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(OBJECT_STORE) private readonly store: ObjectStore,
  ) {}

  @Operation(list)
  list({ query: { limit, cursor, ...filter } }: Input<typeof list>) {
    const after = cursor ? decodeCursor(cursor, filter, z.tuple([z.string(), z.uuid()])) : undefined;
    return this.database.read(async (manager) => {
      const builder = manager
        .createQueryBuilder(PackageEntity, 'p')
        .where('true')
        .orderBy('p.createdAt', 'DESC')
        .addOrderBy('p.id', 'DESC')
        .take(limit + 1);
      if (filter.direction) builder.andWhere('p.direction = :direction', { direction: filter.direction });
      if (filter.documentId) builder.andWhere('p.documentId = :document', { document: filter.documentId });
      if (after) builder.andWhere('(p.createdAt, p.id) < (:at::timestamptz, :id)', { at: after[0], id: after[1] });
      const page = toPage(await builder.getMany(), limit, filter, (row) => [row.createdAt.toISOString(), row.id]);
      return { items: page.items.map(view), nextCursor: page.nextCursor };
    });
  }

  @Operation(get)
  async get({ params: { packageId } }: Input<typeof get>) {
    return view(await this.#find(packageId));
  }

  @Operation(content)
  async content({ params: { packageId } }: Input<typeof content>) {
    const { objectKey, sha256, sizeBytes, kind } = await this.#find(packageId);
    return {
      fileName: `${kind}-${packageId}.edxml`,
      mediaType: 'application/xml',
      sizeBytes,
      sha256,
      open: (range?: { start: number; end: number }) => this.store.get({ key: objectKey }, range),
    };
  }

  @Operation(partners)
  partners({ query: { limit, cursor } }: Input<typeof partners>) {
    const [after] = cursor ? decodeCursor(cursor, {}, z.tuple([z.string()])) : [''];
    return this.database.read(async (manager) => {
      const rows = await manager
        .createQueryBuilder(DirectoryAgency, 'a')
        .where('a.code > :after AND (a.validTo IS NULL OR a.validTo >= current_date)', { after })
        .orderBy('a.code')
        .take(limit + 1)
        .getMany();
      const page = toPage(rows, limit, {}, (row) => [row.code]);
      const items = page.items.map(({ agencyId, code, legacyCode, name }) => ({ agencyId, code, legacyCode, name }));
      return { items, nextCursor: page.nextCursor };
    });
  }

  async #find(id: string): Promise<PackageEntity> {
    const found = await this.database.read((manager) => manager.findOneBy(PackageEntity, { id }));
    if (!found) throw PackageMissing({ id });
    return found;
  }
}

const view = (row: PackageEntity): z.input<typeof PackageView> => ({
  packageId: row.id,
  direction: row.direction,
  kind: row.kind,
  documentId: row.documentId,
  inReplyTo: row.inReplyTo,
  senderCode: row.senderCode,
  recipientCode: row.recipientCode,
  documentCode: row.documentCode,
  statusCode: row.statusCode,
  sha256: row.sha256,
  sizeBytes: row.sizeBytes,
  state: row.state,
  findings: row.findings,
  createdAt: row.createdAt,
});
