import { Inject, Injectable } from '@nestjs/common';
import { assertTerm, composeNotation, NotationTaken } from '@qlvb/archive-domain';
import type { PerformedAct } from '@qlvb/contracts';
import { Directory } from '@qlvb/directory';
import { assertSeparate } from '@qlvb/platform-auth';
import type { Actor } from '@qlvb/platform-context';
import { Database, update } from '@qlvb/platform-database';
import { inOrder, keysetPage } from '@qlvb/platform-http';
import type { Page } from '@qlvb/platform-http';
import { newId } from '@qlvb/shared-domain';
import { z } from 'zod';
import { DossierListNotFound, ListYearTaken } from '../archive.problems.ts';
import { DossierListEntity } from '../entities.ts';
import type { ListLine } from '../entities.ts';
import { oneAtATime } from '../one-at-a-time.ts';
import { dossierListView } from './dossier-lists.dto.ts';
import type { DossierListInput, DossierListQuery, DossierListView } from './dossier-lists.dto.ts';

type View = z.input<typeof DossierListView>;
/** An agency has one list a year. */
const YEAR = z.tuple([z.int()]);
type Headings = z.output<typeof DossierListInput>['headings'];

/** The lists of an agency that say which dossiers a year will have. */
@Injectable()
export class DossierListsService {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Directory) private readonly directory: Directory,
  ) {}

  /** @throws ListYearTaken, NotationTaken */
  add({ year, headings }: z.output<typeof DossierListInput>): Promise<View> {
    return this.database.command(async (tx) => {
      await oneAtATime(tx, `dossier list ${year}`);
      if (await tx.manager.existsBy(DossierListEntity, { year })) throw ListYearTaken({ year });
      const row = Object.assign(new DossierListEntity(), {
        id: newId(),
        agencyId: tx.agencyId,
        version: 1,
        createdAt: tx.now,
        updatedAt: tx.now,
        year,
        state: 'draft' as const,
        entries: entriesOf(headings),
        madeBy: await this.directory.me(),
        approvedBy: null,
        approvedAt: null,
      });
      await tx.manager.insert(DossierListEntity, row);
      tx.audit({ action: 'dossier-list.made', resource: { type: 'dossier-list', id: row.id }, after: { year } });
      return dossierListView(row);
    });
  }

  /** @throws DossierListNotFound, DutiesNotSeparate @source NĐ30-A28-1 */
  approve(listId: string, actor: Actor): Promise<View> {
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
        // Who made a list before this was kept is not known.
        const made: PerformedAct[] = row.madeBy ? [{ act: 'dossier-list.make', userId: row.madeBy.userId }] : [];
        assertSeparate('dossier-list.approve', made, actor);
        if (row.state === 'draft')
          Object.assign(row, { state: 'approved', approvedBy: await this.directory.me(), approvedAt: tx.now });
        return dossierListView(row);
      },
    );
  }

  /** The newest years first. */
  list(query: z.output<typeof DossierListQuery>): Promise<Page<View>> {
    const { limit, cursor, ...filter } = query;
    return this.database.read(async (manager) => {
      const page = await keysetPage(
        { limit, cursor },
        {
          scope: filter,
          keys: YEAR,
          query: (after) => {
            const builder = manager.createQueryBuilder(DossierListEntity, 'l').where('true');
            if (filter.year !== undefined) builder.andWhere('l.year = :year', { year: filter.year });
            if (filter.state) builder.andWhere('l.state = :state', { state: filter.state });
            return inOrder(builder, 'DESC', ['l.year'], after);
          },
          keysOf: ({ year }) => [year],
        },
      );
      return { ...page, items: page.items.map(dossierListView) };
    });
  }
}

/** Numbers restart in each large heading. @throws NotationTaken @source NĐ30-A28-1 @source NĐ30-PL5-I.2 */
function entriesOf(headings: Headings): ListLine[] {
  const entries = headings.flatMap(({ abbreviation, title: heading, entries: lines }) =>
    lines.map((line, index): ListLine => ({
      notation: composeNotation(index + 1, abbreviation),
      heading,
      title: line.title,
      retention: assertTerm(line.retention),
      responsible: line.responsible,
    })),
  );
  const seen = new Set<string>();
  for (const { notation } of entries) {
    if (seen.has(notation)) throw NotationTaken({ notation });
    seen.add(notation);
  }
  return entries;
}
