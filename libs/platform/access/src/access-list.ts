import type { ObjectKind } from '@qlvb/contracts';
import { PREPARED } from '@qlvb/platform-database';
import type { EntityManager, EntityTarget, SelectQueryBuilder } from 'typeorm';

import { HOLDS_NOW } from './speaks-to.ts';

/** Rows of a list and how many there are, as far as a limit. */
export interface KeysetRows<Row> {
  readonly take: (limit: number) => Promise<readonly Row[]>;
  readonly count: (limit: number) => Promise<number>;
}

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
  /** How far a search looks through what the person may see, newest first, before it asks which objects have the words. */
  readonly looksThrough?: number;
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
    take: (limit) => driven(kind, reach, list, limit).getMany(),
    count: (limit) =>
      list.where?.length
        ? counted(driven(kind, reach, list, limit))
        : lookedThrough(list.manager, newest(kind, reach, list, limit), parametersOf(reach, list)),
  };
}

/** Looks through the newest that the person may see, and asks the index of words only when that did not fill the page. */
function searched<Entity extends { readonly id: string }>(
  kind: ObjectKind,
  reach: Reach,
  list: AccessibleList<Entity>,
  { patterns, find }: NonNullable<AccessibleList<Entity>['words']>,
): KeysetRows<Entity> {
  const matched = ['d.search ~ (:accessWords::text[])[1]', 'd.search ~ ALL (:accessWords)'];
  const parameters = { ...list.parameters, accessWords: patterns };
  const indexed = { ...list, where: [...(list.where ?? []), `d.id IN (SELECT ${find}(:accessWords))`], parameters };
  const enough = async <T>(
    limit: number,
    of: (rows: SelectQueryBuilder<Entity>) => Promise<T>,
    size: (found: T) => number,
  ): Promise<T> => {
    const depth = list.looksThrough ?? Math.max(LOOKS_THROUGH, 20 * limit);
    const near = { ...list, where: [] };
    const rows = driven(kind, reach, near, depth).limit(limit).setParameters(parameters);
    for (const condition of [...(list.where ?? []), ...matched]) rows.andWhere(condition);
    const found = await of(rows);
    if (size(found) >= limit) return found;
    const all = newest(kind, reach, near, depth);
    if ((await lookedThrough(list.manager, all, parametersOf(reach, near))) < depth) return found;
    return of(ownOrder(reach, indexed).limit(limit));
  };
  return {
    take: (limit) =>
      enough(
        limit,
        (rows) => rows.getMany(),
        ({ length }) => length,
      ),
    count: (limit) => enough(limit, counted, (count) => count),
  };
}

const ofOwnOrder = <Entity extends object>(rows: SelectQueryBuilder<Entity>): KeysetRows<Entity> => ({
  take: (limit) => rows.limit(limit).getMany(),
  count: (limit) => counted(rows.limit(limit)),
});

/** Up to the limit that the query has. */
const counted = async (rows: SelectQueryBuilder<never> | SelectQueryBuilder<object>): Promise<number> =>
  (await (rows as SelectQueryBuilder<object>).select('1', 'one').getRawMany()).length;

async function lookedThrough(
  manager: EntityManager,
  ids: string,
  parameters: Readonly<Record<string, unknown>>,
): Promise<number> {
  const found = await manager
    .createQueryBuilder()
    .comment(PREPARED)
    .select('count(*)::int', 'count')
    .from(`(${ids})`, 'seen')
    .setParameters(parameters)
    .getRawOne<{ count: number }>();
  return found?.count ?? 0;
}

/** The objects of `newest`. */
const driven = <Entity extends { readonly id: string }>(
  kind: ObjectKind,
  reach: Reach,
  list: AccessibleList<Entity>,
  limit: number,
): SelectQueryBuilder<Entity & object> =>
  list.manager
    .createQueryBuilder(list.entity, 'd')
    .comment(PREPARED)
    .innerJoin(`(${newest(kind, reach, list, limit)})`, 'seen', 'seen.object_id = d.id')
    .setParameters(parametersOf(reach, list))
    .orderBy('seen.object_at', 'DESC')
    .addOrderBy('seen.object_id', 'DESC');

/** The objects in the order of their own table, each asked whether the person may see it. */
function ownOrder<Entity extends { readonly id: string }>(
  reach: Reach,
  { manager, entity, at, where = [], after, ...list }: AccessibleList<Entity>,
): SelectQueryBuilder<Entity & object> {
  const rows = manager.createQueryBuilder(entity, 'd').comment(PREPARED).where(reach.on('d.id'));
  for (const condition of where) rows.andWhere(condition);
  if (after) rows.andWhere(`(d.${at}, d.id) < (:accessAfterAt::timestamptz, :accessAfterId::uuid)`);
  return rows
    .setParameters(parametersOf(reach, { ...list, after }))
    .orderBy(`d.${at}`, 'DESC')
    .addOrderBy('d.id', 'DESC');
}

/** SQL of the newest so many of what the person may see: when they are from and which. */
function newest<Entity>(
  kind: ObjectKind,
  { stands, keys }: Reach,
  { manager, entity, where = [], after }: AccessibleList<Entity>,
  limit: number,
): string {
  const { tableName } = manager.connection.getMetadata(entity as EntityTarget<object>);
  const from = (alias: string, table: string): string =>
    where.length > 0 ? `${table} ${alias} JOIN ${tableName} d ON d.id = ${alias}.object_id` : `${table} ${alias}`;
  const rest = (alias: string): string =>
    [
      ...where,
      ...(after
        ? [`(${alias}.object_at, ${alias}.object_id) < (:accessAfterAt::timestamptz, :accessAfterId::uuid)`]
        : []),
    ]
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
    ORDER BY part.object_at DESC, part.object_id DESC LIMIT ${limit}`;
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
