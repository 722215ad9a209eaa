import { rightsTo, standingRights } from '@qlvb/contracts';
import type { AccessRight, ObjectKind, ObjectRight, RightTo } from '@qlvb/contracts';
import type { Actor } from '@qlvb/platform-context';
import type { RowAccess } from '@qlvb/platform-database';
import type { ObjectLiteral, SelectQueryBuilder } from 'typeorm';

/** What one person may reach of the objects of a kind; the one condition behind get, list, search, files and every change. */
export interface ObjectAccess<Right extends ObjectRight = AccessRight> extends RowAccess<Right> {
  /**
   * SQL that holds for an object which the person may see.
   *
   * @param objectId expression of its id
   * @param rights of which one is needed; any when left out
   */
  on(objectId: string, rights?: readonly Right[]): string;
  /**
   * A list, newest first, of what the person may see. Who has a standing right reads the list as it is; for others it is driven by
   * their rows, in the list's own order.
   *
   * @param at property by which the list is ordered before the id
   * @param after last entry of the page before
   */
  list<Entity extends ObjectLiteral>(
    builder: SelectQueryBuilder<Entity>,
    alias: string,
    at: string,
    after: readonly [string, string] | undefined,
  ): SelectQueryBuilder<Entity>;
  /** SQL of the ids of all objects that rows open to the person, whatever rights stand. */
  readonly ids: string;
}

/** Rows that speak to the person now; with everything in the index `access_row_principal`. */
const HOLDS = `(a.permission IS NULL OR a.permission = ANY(:accessPermissions))
  AND a.confirmed_at IS NOT NULL AND a.revoked_at IS NULL
  AND a.valid_from <= :accessNow AND (a.valid_until IS NULL OR a.valid_until > :accessNow)`;

/**
 * What an actor may reach by standing rights of what he may do, and by rows for himself, his post, his unit and his agency.
 *
 * @source SEC-Z02
 * @source SEC-Z05
 */
export function accessTo<Kind extends ObjectKind>(kind: Kind, actor: Actor, now: Date): ObjectAccess<RightTo<Kind>> {
  const standing = standingRights(kind, actor.permissions);
  const principals = [actor.userId, actor.postId, actor.unitId, actor.agencyId].filter((id) => id !== undefined);
  const parameters = {
    accessPrincipals: principals,
    accessPermissions: actor.permissions,
    accessNow: now,
    accessStanding: standing,
  };
  // A property of an entity becomes its column only with a blank or bracket after it.
  const own = (objectId: string): string =>
    `FROM access_row a WHERE a.object_kind = '${kind}' AND a.object_id = ${objectId} AND
      a.principal_id = ANY(:accessPrincipals) AND ${HOLDS}`;
  const on = (objectId: string, rights?: readonly RightTo<Kind>[]): string => {
    if (standing.some((right) => rights?.includes(right) ?? true)) return 'TRUE';
    const one = rights ? ` AND a.access_right IN (${rights.map((right) => `'${right}'`).join(', ')})` : '';
    return `EXISTS (SELECT 1 ${own(objectId)}${one})`;
  };
  return {
    on,
    where: (alias) => on(`${alias}.id`),
    rights: {
      every: rightsTo(kind),
      sql: (alias) =>
        `ARRAY(SELECT a.access_right ${own(`${alias}.id`)} UNION SELECT unnest(CAST(:accessStanding AS text[])))`,
    },
    parameters,
    ids: `SELECT a.object_id FROM access_row a
      WHERE a.object_kind = '${kind}' AND a.principal_id = ANY(:accessPrincipals) AND ${HOLDS}`,
    list(builder, alias, at, after) {
      if (after) builder.setParameters({ afterAt: after[0], afterId: after[1] });
      if (standing.length > 0) {
        if (after) builder.andWhere(`(${alias}.${at}, ${alias}.id) < (:afterAt::timestamptz, :afterId::uuid)`);
        return builder.orderBy(`${alias}.${at}`, 'DESC').addOrderBy(`${alias}.id`, 'DESC');
      }
      const rest = after ? 'AND (a.object_at, a.object_id) < (:afterAt::timestamptz, :afterId::uuid)' : '';
      const perPrincipal = principals.map(
        (_, n) => `(SELECT a.object_at, a.object_id FROM access_row a
          WHERE a.object_kind = '${kind}' AND a.principal_id = :accessPrincipal${n} AND ${HOLDS} ${rest}
          ORDER BY a.object_at DESC, a.object_id DESC)`,
      );
      // Ordered part by part and made distinct outside, where the limit is known: then the parts are merged up to the end of the page,
      // while otherwise all rows would be read and sorted.
      return builder
        .distinctOn(['seen.object_at', 'seen.object_id'])
        .innerJoin(`(${perPrincipal.join(' UNION ALL ')})`, 'seen', `seen.object_id = ${alias}.id`)
        .setParameters({ ...parameters, ...Object.fromEntries(principals.map((id, n) => [`accessPrincipal${n}`, id])) })
        .orderBy('seen.object_at', 'DESC')
        .addOrderBy('seen.object_id', 'DESC');
    },
  };
}
