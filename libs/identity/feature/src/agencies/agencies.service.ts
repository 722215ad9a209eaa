import { Inject, Injectable } from '@nestjs/common';
import { AgencyChanged } from '@qlvb/contracts';
import { AgencyClosed, AgencyNotFound, UnitExists } from '@qlvb/identity-domain';
import type { Actor } from '@qlvb/platform-context';
import { Database } from '@qlvb/platform-database';
import type { Tx } from '@qlvb/platform-database';
import { hasWords, inOrder, keysetPage, searchPatterns } from '@qlvb/platform-http';
import type { Page } from '@qlvb/platform-http';
import { idFrom, newId } from '@qlvb/shared-domain';
import { canonicalAgencyCode, toLegacyAgencyCode, vietnamDate } from '@qlvb/vietnam';
import type { EntityManager } from 'typeorm';
import { z } from 'zod';
import { Agency, AgencyCode, Unit } from '../identity.entities.ts';
import { assertInside, assertNewCode, codeOf, newHost } from './catalogue-checks.ts';
import type {
  AgencyCodesView,
  AgencyInput,
  AgencyQuery,
  AgencyView,
  HostsView,
  UnitInput,
  UnitQuery,
  UnitView,
} from './agencies.dto.ts';

type View = z.input<typeof AgencyView>;
const NAME_AND_ID = z.tuple([z.string(), z.uuid()]);

const COLUMNS = `a.id AS "agencyId", a.version, c.code, c.legacy_code AS "legacyCode", a.name, a.short_name AS "shortName",
  a.level, a.parent_id AS "parentId", a.subdomain, a.place_of_issue AS "placeOfIssue",
  a.valid_from::text AS "startsOn", a.valid_to::text AS "endsOn", a.successor_id AS "successorId"`;
/** The code in force, else the last one: an agency that was closed keeps its name in history. */
const from = (today: string): string => `agency a JOIN LATERAL (
    SELECT code, legacy_code FROM agency_code WHERE agency_id = a.id
    ORDER BY valid_from <= '${today}'::date DESC, valid_from DESC, code LIMIT 1) c ON true`;
/** One change of the catalogue after another: codes and hosts are unique over all of it. */
export const CATALOGUE_LOCK = 'SELECT pg_advisory_xact_lock(7201011)';

/** The province's catalogue of agencies: a tree whose entries and codes have dates. */
@Injectable()
export class AgenciesService {
  constructor(@Inject(Database) private readonly database: Database) {}

  /** A former code that is listed with another one than the rule gives means that one. @source AGC-13 */
  async list(query: z.output<typeof AgencyQuery>): Promise<Page<View>> {
    const { limit, cursor, ...filter } = query;
    const wanted = filter.code ? (canonicalAgencyCode(filter.code) ?? filter.code) : null;
    const where = `c.code > $1
         AND ($2::text IS NULL OR EXISTS (SELECT 1 FROM agency_code x WHERE x.agency_id = a.id AND (x.legacy_code = $7 OR (
           x.code = $2 AND NOT EXISTS (SELECT 1 FROM agency_code listed WHERE listed.legacy_code = $7)))))
         AND ($3::uuid IS NULL OR a.parent_id = $3)
         AND ($4::date IS NULL OR (a.valid_from <= $4 AND (a.valid_to IS NULL OR a.valid_to >= $4)))
         AND ${hasWords('a.name', '$5')}`;
    const ask = (columns: string, after: string, most: number): Promise<View[]> =>
      this.database.source.query(`SELECT ${columns} FROM ${this.#from()} WHERE ${where} ORDER BY c.code LIMIT $6`, [
        after,
        wanted,
        filter.parentId ?? null,
        filter.on ?? null,
        filter.query ? searchPatterns(filter.query) : [],
        most,
        filter.code?.trim().toUpperCase() ?? null,
      ]);
    return keysetPage(
      { limit, cursor },
      {
        scope: filter,
        keys: z.tuple([z.string()]),
        query: (after) => ({
          take: (most) => ask(COLUMNS, after?.[0] ?? '', most),
          count: async (most) => (await ask('1', '', most)).length,
        }),
        keysOf: (row) => [row.code],
      },
    );
  }

  /** @throws AgencyNotFound */
  async get(id: string): Promise<View> {
    return this.view(this.database.source.manager, id);
  }

  /**
   * Adds an agency below one's own.
   *
   * @throws AgencyCodeMalformed, AgencyCodeTaken, AgencyNotFound, AgencyOutsideSubtree, AgencyClosed, HostRefused
   * @source AGC-01
   * @source AGC-06
   * @source AGC-14
   */
  create(input: z.output<typeof AgencyInput>, actor: Actor): Promise<View> {
    const code = codeOf(input.code);
    const { startsOn: validFrom, ...described } = input;
    const id = newId();
    return this.database.command(async (tx) => {
      await tx.manager.query(CATALOGUE_LOCK);
      await assertInside(tx.manager, input.parentId, actor.agencyId);
      const parent = await tx.manager.findOneByOrFail(Agency, { id: input.parentId });
      if (parent.validTo && parent.validTo < input.startsOn) throw AgencyClosed({ agency: parent.name });
      await assertNewCode(tx.manager, code);
      await tx.manager.insert(Agency, {
        id,
        version: 1,
        ...described,
        validFrom,
        subdomain: parent.parentId === null ? await newHost(tx.manager, input) : null,
        codeSource: 'derived',
        symbolAliases: [],
        validTo: null,
        successorId: null,
      });
      await tx.manager.insert(AgencyCode, {
        code,
        legacyCode: toLegacyAgencyCode(code) ?? null,
        agencyId: id,
        validFrom: input.startsOn,
        validTo: null,
      });
      return this.announce(tx, id, 'agency.added', null);
    });
  }

  /** Every code an agency ever had, the oldest first. @throws AgencyNotFound */
  codes(id: string): Promise<z.input<typeof AgencyCodesView>> {
    return this.#codes(this.database.source.manager, id);
  }

  async #codes(manager: EntityManager, id: string): Promise<z.input<typeof AgencyCodesView>> {
    const items = (await manager.query(
      `SELECT code, legacy_code AS "legacyCode", valid_from::text AS "startsOn", valid_to::text AS "endsOn"
       FROM agency_code WHERE agency_id = $1 ORDER BY valid_from, code`,
      [id],
    )) as z.input<typeof AgencyCodesView>['items'];
    if (items.length === 0) throw AgencyNotFound({ id });
    return { items };
  }

  /**
   * Every host with the agencies that enter through it: those of its owner's subtree.
   *
   * @source DOM-08
   */
  async hosts(): Promise<z.input<typeof HostsView>> {
    const items = (await this.database.source.query(
      `WITH RECURSIVE tree AS (
         SELECT id, subdomain FROM agency WHERE parent_id IS NULL
         UNION ALL SELECT a.id, coalesce(a.subdomain, t.subdomain) FROM agency a JOIN tree t ON a.parent_id = t.id)
       SELECT nullif(regexp_replace(subdomain, '^qlvb-?', ''), '') AS label, array_agg(id ORDER BY id) AS "agencyIds"
       FROM tree GROUP BY 1 ORDER BY 1 NULLS FIRST`,
    )) as z.input<typeof HostsView>['items'];
    return { items };
  }

  /** How an agency is made up inside is its own affair. @throws AgencyNotFound for another agency */
  async units(
    agencyId: string,
    query: z.output<typeof UnitQuery>,
    actor: Actor,
  ): Promise<Page<z.input<typeof UnitView>>> {
    if (agencyId !== actor.agencyId) throw AgencyNotFound({ id: agencyId });
    const { limit, cursor, query: words } = query;
    return this.database.read(async (manager) => {
      const page = await keysetPage(
        { limit, cursor },
        {
          scope: { agencyId, words },
          keys: NAME_AND_ID,
          query: (after) => {
            const builder = manager.createQueryBuilder(Unit, 'unit').where({ agencyId });
            if (words) builder.andWhere(hasWords('unit.name', ':words'), { words: searchPatterns(words) });
            return inOrder(builder, 'ASC', ['unit.name', 'unit.id'], after);
          },
          keysOf: (row) => [row.name, row.id],
        },
      );
      return { ...page, items: page.items.map(unitView) };
    });
  }

  addUnit(agencyId: string, input: z.output<typeof UnitInput>, actor: Actor): Promise<z.input<typeof UnitView>> {
    if (agencyId !== actor.agencyId) throw AgencyNotFound({ id: agencyId });
    return this.database.command(async (tx) => {
      const unit = { id: newId(), agencyId, version: 1, createdAt: tx.now, updatedAt: tx.now, ...input };
      const { raw } = await tx.manager
        .createQueryBuilder()
        .insert()
        .into(Unit)
        .values(unit)
        .orIgnore()
        .returning('id')
        .execute();
      if ((raw as unknown[]).length === 0) throw UnitExists({ name: input.name });
      tx.audit({ action: 'unit.added', resource: { type: 'unit', id: unit.id }, after: input });
      return unitView(unit as Unit);
    });
  }

  /** Publishes the present state; also used by the loader of the catalogue. @source AGC-07 */
  async publishState(tx: Tx, id: string): Promise<View> {
    const view = await this.view(tx.manager, id);
    const { successorId, startsOn: validFrom, endsOn: validTo, ...state } = view;
    void successorId;
    const others = (await tx.manager.query(
      `SELECT unnest(array_remove(ARRAY[code, legacy_code], NULL)) AS code FROM agency_code
       WHERE agency_id = $1 AND code <> $2 ORDER BY valid_from, 1`,
      [id, view.code],
    )) as { code: string }[];
    const { items } = await this.#codes(tx.manager, id);
    const codes = items.map(({ startsOn, endsOn, ...code }) => ({ ...code, validFrom: startsOn, validTo: endsOn }));
    tx.publish(AgencyChanged, { ...state, validFrom, validTo, otherCodes: others.map(({ code }) => code), codes });
    return view;
  }

  /** Publishes and audits a change. */
  async announce(tx: Tx, id: string, action: string, before: View | null): Promise<View> {
    const after = await this.publishState(tx, id);
    tx.audit({ action, resource: { type: 'agency', id }, before, after });
    return after;
  }

  #from(): string {
    return from(vietnamDate(this.database.now()));
  }

  /** @throws AgencyNotFound */
  async view(manager: EntityManager, id: string): Promise<View> {
    const [row] = (await manager.query(`SELECT ${COLUMNS} FROM ${this.#from()} WHERE a.id = $1`, [id])) as View[];
    if (!row) throw AgencyNotFound({ id });
    return row;
  }
}

const unitView = ({ id, agencyId, version, name, symbol }: Unit): z.input<typeof UnitView> => ({
  unitId: id,
  agencyId,
  version,
  name,
  symbol,
});

/** The id of a catalogue agency: the same in every installation. */
export const agencyIdOf = (code: string): string => idFrom(`agency:${code}`);
