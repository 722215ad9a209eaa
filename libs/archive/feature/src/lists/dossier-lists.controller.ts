import { Controller, Inject } from '@nestjs/common';
import { composeNotation, NotationTaken, assertTerm } from '@qlvb/archive-domain';
import { person } from '@qlvb/contracts';
import { Directory } from '@qlvb/directory';
import { Database, update } from '@qlvb/platform-database';
import { instant, operation, Operation } from '@qlvb/platform-http';
import type { Input } from '@qlvb/platform-http';
import { newId } from '@qlvb/shared-domain';
import { z } from 'zod';
import { DossierListNotFound, ListYearTaken } from '../archive.problems.ts';
import { oneAtATime } from '../one-at-a-time.ts';
import { ActInput, retention, retentionView } from '../dossiers/dossiers.dto.ts';
import { DossierListEntity } from '../entities.ts';
import type { ListLine } from '../entities.ts';

const ListInput = z
  .object({
    year: z.int().min(2000).max(2100),
    headings: z
      .array(
        z.object({
          abbreviation: z.string().trim().min(1).max(15).describe('Abbreviation of the heading'),
          title: z.string().trim().min(1).max(300),
          entries: z
            .array(
              z.object({
                title: z.string().trim().min(1).max(1000),
                retention,
                responsible: z.string().trim().min(1).max(200).describe('Who makes the dossier'),
              }),
            )
            .min(1)
            .max(500),
        }),
      )
      .min(1)
      .max(100),
  })
  .meta({ id: 'DossierListInput' });

const ListView = z
  .object({
    listId: z.uuid(),
    version: z.int(),
    year: z.int(),
    state: z.enum(['draft', 'approved']),
    entries: z.array(
      z.object({
        notation: z.string(),
        heading: z.string(),
        title: z.string(),
        retention,
        responsible: z.string(),
      }),
    ),
    approvedBy: person.nullable(),
    approvedAt: instant().nullable(),
  })
  .meta({ id: 'DossierList' });

const tag = 'dossier-lists';
const params = z.object({ listId: z.uuid() });

const create = operation({
  id: 'addDossierList',
  method: 'POST',
  path: '/dossier-lists',
  tag,
  summary: { vi: 'Lập danh mục hồ sơ của năm', en: 'Make the list of dossiers of a year' },
  permission: 'dossier-lists.manage',
  idempotent: true,
  body: ListInput,
  response: { status: 201, schema: ListView },
  problems: [ListYearTaken, NotationTaken],
});

const approve = operation({
  id: 'approveDossierList',
  method: 'POST',
  path: '/dossier-lists/:listId/approvals',
  tag,
  summary: { vi: 'Phê duyệt danh mục hồ sơ', en: 'Approve a list of dossiers' },
  permission: 'dossier-lists.approve',
  idempotent: true,
  params,
  body: ActInput,
  response: { status: 201, schema: ListView },
  problems: [DossierListNotFound],
});

const list = operation({
  id: 'listDossierLists',
  method: 'GET',
  path: '/dossier-lists',
  tag,
  summary: { vi: 'Các danh mục hồ sơ', en: 'Lists of dossiers' },
  permission: 'dossier-lists.read',
  response: { status: 200, schema: z.object({ items: z.array(ListView) }) },
});

@Controller()
export class DossierListsController {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Directory) private readonly directory: Directory,
  ) {}

  /** Numbers restart in each large heading. @source NĐ30-A28-1 @source NĐ30-PL5-I.2 */
  @Operation(create)
  create({ body }: Input<typeof create>) {
    return this.database.command(async (tx) => {
      await oneAtATime(tx, `dossier list ${body.year}`);
      if (await tx.manager.existsBy(DossierListEntity, { year: body.year })) throw ListYearTaken({ year: body.year });
      const entries = body.headings.flatMap(({ abbreviation, title: heading, entries: lines }) =>
        lines.map((line, index): ListLine => ({
          notation: composeNotation(index + 1, abbreviation),
          heading,
          title: line.title,
          retention: assertTerm(line.retention),
          responsible: line.responsible,
        })),
      );
      const twice = entries.find(
        (entry, index) => entries.findIndex((other) => other.notation === entry.notation) !== index,
      );
      if (twice) throw NotationTaken({ notation: twice.notation });
      const row = Object.assign(new DossierListEntity(), {
        id: newId(),
        agencyId: tx.agencyId,
        version: 1,
        createdAt: tx.now,
        updatedAt: tx.now,
        year: body.year,
        state: 'draft' as const,
        entries,
        approvedBy: null,
        approvedAt: null,
      });
      await tx.manager.insert(DossierListEntity, row);
      tx.audit({
        action: 'dossier-list.made',
        resource: { type: 'dossier-list', id: row.id },
        after: { year: body.year },
      });
      return view(row);
    });
  }

  /** @source NĐ30-A28-1 */
  @Operation(approve)
  approve({ params: { listId } }: Input<typeof approve>) {
    return update(
      this.database,
      {
        entity: DossierListEntity,
        id: listId,
        missing: DossierListNotFound,
        action: 'dossier-list.approved',
        access: 'agency',
      },
      async (row, tx) => {
        if (row.state === 'draft')
          Object.assign(row, { state: 'approved', approvedBy: await this.directory.me(), approvedAt: tx.now });
        return view(row);
      },
    );
  }

  @Operation(list)
  list(_input: Input<typeof list>) {
    return this.database.read(async (manager) => ({
      items: (await manager.find(DossierListEntity, { where: {}, order: { year: 'DESC' }, take: 50 })).map(view),
    }));
  }
}

const view = (row: DossierListEntity): z.input<typeof ListView> => ({
  listId: row.id,
  version: row.version,
  year: row.year,
  state: row.state,
  entries: row.entries.map((entry) => ({ ...entry, retention: retentionView(entry.retention) })),
  approvedBy: row.approvedBy,
  approvedAt: row.approvedAt,
});
