import type { ObjectKind } from '@qlvb/contracts';
import { PREPARED } from '@qlvb/platform-database';
import type { KeysetRows } from '@qlvb/platform-http';
import type { EntityManager, EntityTarget, SelectQueryBuilder } from 'typeorm';

import { HOLDS_NOW, unseen } from './speaks-to.ts';

/** A list of objects, newest first. */
export interface AccessibleList<Entity> {
  readonly manager: EntityManager;
  /** Its table has the columns `id` and `agency_id`. */
  readonly entity: EntityTarget<Entity & object>;
  /** Property by which the list is ordered before the id: the time that the access rows carry. */
  readonly at: keyof Entity & string;
  /** Conditions on `d`, an object of the list. */
  readonly where?: readonly string[];
  readonly parameters?: Readonly<Record<string, unknown>>;
  /** Words to be found, each a regular expression, the rarest first. */
  readonly words?: {
    readonly patterns: readonly string[];
    /** Function that gives the ids of all objects of the agency that have the words, whoever may see them. */
    readonly find: string;
  };
  /** How far a search looks through what the person may see, newest first, step by step. */
  readonly looksThrough?: readonly number[];
  /** Sort keys of the last entry of the page before. */
  readonly after: readonly [string, string] | undefined;
}

interface Reach {
  on(objectId: string): string;
  /** SQL that holds when the register is open to the person; left out when that cannot be. */
  readonly stands: string | undefined;
  readonly parameters: Readonly<Record<string, unknown>>;
  readonly keys: readonly (readonly [string, string])[];
}

/** Among so many of the newest it shows whether words are rare. */
const NEAR = 30;
/** Words are taken for rare when fewer of `NEAR` have them than this, and no more objects of the agency than that. */
const RARE = { near: 3, all: 500 };
const LOOKS_THROUGH = 2_000;

/**
 * The list is driven by the rows, in its own order: from each principal and from the register as many as are asked for, of these the
 * newest. So a page costs the same however many rows or objects there are, and how many of them are the person's.
 */
export function accessList<Entity extends { readonly id: string }>(
  kind: ObjectKind,
  reach: Reach,
  list: AccessibleList<Entity>,
): KeysetRows<Entity> {
  const { words } = list;
  if (words) return searched(kind, reach, list, words);
  // With conditions on the objects, and all registered ones open, their own order and indexes serve better than the rows.
  if (list.where?.length && reach.stands) return ofOwnOrder(ownOrder(reach, list));
  return {
    take: (limit) => objects(list, newest(kind, reach, list, limit), parametersOf(reach, list)).getMany(),
    count: (limit) => counted(list, newest(kind, reach, list, limit, 'any'), parametersOf(reach, list)),
  };
}

/**
 * Words are looked for among the newest that the person may see. Where these have next to none of them, the index is asked at once,
 * unless it has too many; otherwise further down, step by step, and what is still missing then the index gives. All in one query, of
 * which only runs what is needed.
 */
function searched<Entity extends { readonly id: string }>(
  kind: ObjectKind,
  reach: Reach,
  list: AccessibleList<Entity>,
  { patterns, find }: NonNullable<AccessibleList<Entity>['words']>,
): KeysetRows<Entity> {
  const words = unseen('accessWords', 'text[]');
  const near = { ...list, where: [] };
  const where = list.where ?? [];
  const metadata = list.manager.connection.getMetadata(list.entity as EntityTarget<object>);
  const { tableName } = metadata;
  // TypeORM writes columns for properties only where the entity is what is asked for.
  const at = `d.${metadata.findColumnWithPropertyName(list.at)?.databaseName ?? list.at}`;
  const parameters = { ...parametersOf(reach, list), accessWords: patterns };
  const found = (limit: number): string => {
    const own = (ids: string, only: string): string =>
      `SELECT ${at} AS object_at, d.id AS object_id FROM ${tableName} d
       WHERE ${[only, `d.id IN (${ids})`, reach.on('d.id'), ...where, ...beyond(list, at)].join(' AND ')}
       ORDER BY ${at} DESC, d.id DESC LIMIT ${limit}`;
    const depths = list.looksThrough ?? [NEAR, Math.max(LOOKS_THROUGH, 2 * limit), 20 * limit];
    const steps = depths.filter((depth, n) => depths.slice(0, n).every((before) => before < depth));
    const full = (n: number): string => `(SELECT count(*) FROM newest${n}) = ${steps[n] ?? 0}`;
    const short = (n: number): string => `${full(n)} AND (SELECT count(*) FROM found${n}) < ${limit}`;
    const rare = `(${full(0)} AND (SELECT count(*) FROM found0) < ${Math.min(RARE.near, limit)}
      AND (SELECT count(*) FROM rare) <= ${RARE.all})`;
    const looked = steps.map((depth, n) => {
      const only = n === 0 ? '' : ` WHERE ${short(n - 1)} AND NOT ${rare}`;
      return `newest${n} AS MATERIALIZED (SELECT * FROM (${newest(kind, reach, near, depth)}) seen${only}),
        found${n} AS MATERIALIZED (SELECT seen.object_at, seen.object_id FROM newest${n} seen
          JOIN ${tableName} d ON d.id = seen.object_id
          WHERE ${['d.search ~ ALL (' + words + ')', ...where].join(' AND ')}
          ORDER BY seen.object_at DESC, seen.object_id DESC LIMIT ${limit})`;
    });
    const last = steps.length - 1;
    const parts = [
      ...steps.map((_, n) => `SELECT object_at, object_id FROM found${n}`),
      `(${own('SELECT id FROM rare', rare)})`,
      `(${own(`SELECT ${find}(${words})`, `${short(last)} AND NOT ${rare}`)})`,
    ];
    return `WITH rare AS MATERIALIZED (SELECT ${find}(${words}) AS id LIMIT ${RARE.all + 1}), ${looked.join(', ')}
      SELECT DISTINCT part.object_at, part.object_id FROM (${parts.join(' UNION ALL ')}) part
      ORDER BY part.object_at DESC, part.object_id DESC LIMIT ${limit}`;
  };
  return {
    take: (limit) => objects(list, found(limit), parameters).getMany(),
    count: (limit) => counted(list, found(limit), parameters),
  };
}

const ofOwnOrder = <Entity extends object>(rows: SelectQueryBuilder<Entity>): KeysetRows<Entity> => ({
  take: (limit) => rows.limit(limit).getMany(),
  count: (limit) => rowsOf(rows.limit(limit)),
});

/** How many rows a query has, up to its limit. */
const rowsOf = async (rows: SelectQueryBuilder<object>): Promise<number> =>
  (await rows.select('1', 'one').orderBy().getRawMany()).length;

async function counted<Entity extends { readonly id: string }>(
  list: AccessibleList<Entity>,
  ids: string,
  parameters: Readonly<Record<string, unknown>>,
): Promise<number> {
  // Conditions name properties of the entity, which are columns only where that is asked for.
  if (list.where?.length) return rowsOf(objects(list, ids, parameters) as SelectQueryBuilder<object>);
  const found = await list.manager
    .createQueryBuilder()
    .comment(PREPARED)
    .select('count(*)::int', 'count')
    .from(`(${ids})`, 'seen')
    .setParameters(parameters)
    .getRawOne<{ count: number }>();
  return found?.count ?? 0;
}

/** The objects of `ids`, newest first. */
const objects = <Entity extends { readonly id: string }>(
  { manager, entity }: AccessibleList<Entity>,
  ids: string,
  parameters: Readonly<Record<string, unknown>>,
): SelectQueryBuilder<Entity & object> =>
  manager
    .createQueryBuilder(entity, 'd')
    .comment(PREPARED)
    .innerJoin(`(${ids})`, 'seen', 'seen.object_id = d.id')
    .setParameters(parameters)
    .orderBy('seen.object_at', 'DESC')
    .addOrderBy('seen.object_id', 'DESC');

/** The objects in the order of their own table, each asked whether the person may see it. */
function ownOrder<Entity extends { readonly id: string }>(
  reach: Reach,
  list: AccessibleList<Entity>,
): SelectQueryBuilder<Entity & object> {
  const { manager, entity, at, where = [] } = list;
  const rows = manager.createQueryBuilder(entity, 'd').comment(PREPARED).where(reach.on('d.id'));
  for (const condition of [...where, ...beyond(list, `d.${at}`)]) rows.andWhere(condition);
  return rows.setParameters(parametersOf(reach, list)).orderBy(`d.${at}`, 'DESC').addOrderBy('d.id', 'DESC');
}

const behind = (at: string, id: string): string =>
  `(${at}, ${id}) < (${unseen('accessAfterAt', 'timestamptz')}, ${unseen('accessAfterId', 'uuid')})`;

/** Condition on `d` that it comes after the page before. */
const beyond = ({ after }: Pick<AccessibleList<never>, 'after'>, at: string): string[] =>
  after ? [behind(at, 'd.id')] : [];

/** SQL of so many of what the person may see, the newest unless `any` will do: when they are from and which. */
function newest<Entity>(
  kind: ObjectKind,
  { stands, keys }: Reach,
  { manager, entity, where = [], after }: AccessibleList<Entity>,
  limit: number,
  which: 'newest' | 'any' = 'newest',
): string {
  const { tableName } = manager.connection.getMetadata(entity as EntityTarget<object>);
  const from = (alias: string, table: string): string =>
    where.length > 0 ? `${table} ${alias} JOIN ${tableName} d ON d.id = ${alias}.object_id` : `${table} ${alias}`;
  const rest = (alias: string): string =>
    [...where, ...(after ? [behind(`${alias}.object_at`, `${alias}.object_id`)] : [])]
      .map((condition) => ` AND ${condition}`)
      .join('');
  const values = keys.map((_, n) => `(:accessKey${n}::uuid, :accessRole${n}::text)`).join(', ');
  const parts = [
    `SELECT one.object_at, one.object_id FROM (VALUES ${values}) AS key(principal_id, audience) CROSS JOIN LATERAL (
       SELECT DISTINCT a.object_at, a.object_id FROM ${from('a', 'access_row')}
       WHERE a.object_kind = '${kind}' AND a.principal_id = key.principal_id AND a.audience = key.audience AND ${HOLDS_NOW}${rest('a')}
       ORDER BY a.object_at DESC, a.object_id DESC LIMIT ${limit}) one`,
    ...(stands
      ? [
          `(SELECT o.object_at, o.object_id FROM ${from('o', 'access_object')}
            WHERE o.object_kind = '${kind}' AND o.registered AND ${stands}${rest('o')}
            ORDER BY o.object_at DESC, o.object_id DESC LIMIT ${limit})`,
        ]
      : []),
  ];
  return `SELECT DISTINCT part.object_at, part.object_id FROM (${parts.join(' UNION ALL ')}) part
    ${which === 'any' ? '' : 'ORDER BY part.object_at DESC, part.object_id DESC'} LIMIT ${limit}`;
}

const parametersOf = (
  reach: Reach,
  { parameters, after }: Pick<AccessibleList<never>, 'parameters' | 'after'>,
): Record<string, unknown> => ({
  ...reach.parameters,
  ...parameters,
  ...Object.fromEntries(
    reach.keys.flatMap(([id, role], n) => [
      [`accessKey${n}`, id],
      [`accessRole${n}`, role],
    ]),
  ),
  ...(after ? { accessAfterAt: after[0], accessAfterId: after[1] } : {}),
});
