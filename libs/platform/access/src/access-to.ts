import { REGISTER_AUDIENCES, REGISTER_OF, rightsTo } from '@qlvb/contracts';
import type { AccessRight, ObjectKind, ObjectRight, RightTo } from '@qlvb/contracts';
import type { Actor } from '@qlvb/platform-context';
import type { RowAccess } from '@qlvb/platform-database';
import type { KeysetRows } from '@qlvb/platform-http';
import type { EntityManager } from 'typeorm';
import { accessList } from './access-list.ts';
import type { AccessibleList } from './access-list.ts';
import { speaksTo, unseen } from './speaks-to.ts';

/** What one person may reach of the objects of a kind; the one condition behind get, list, search, files and every change. */
export interface ObjectAccess<Right extends ObjectRight = AccessRight> extends RowAccess<Right> {
  /**
   * SQL that holds for an object which the person may see.
   *
   * @param objectId expression of its id
   * @param rights of which one is needed; any when left out
   */
  on(objectId: string, rights?: readonly Right[]): string;
  /** A list, newest first, of what the person may see, in pages and counted. */
  list<Entity extends { readonly id: string }>(list: AccessibleList<Entity>): KeysetRows<Entity>;
  /** SQL of the ids of all objects that rows of their own open to the person. */
  readonly ids: string;
  /** Whether the person has a role to which the register of these objects may be open at all. */
  readonly mayStand: boolean;
  /** SQL that holds when the register is open to the person, for whatever stands in it. */
  readonly stands: string;
  /** What the person may do with everything in the register. */
  standing(manager: EntityManager): Promise<readonly Right[]>;
}

/**
 * What an actor may reach: what stands in a register that is open to a role of his, and what rows of its own open to himself, his
 * post, his unit or his agency.
 *
 * @source SEC-Z02
 * @source SEC-Z05
 */
export function accessTo<Kind extends ObjectKind>(kind: Kind, actor: Actor, now: Date): ObjectAccess<RightTo<Kind>> {
  const register = REGISTER_OF[kind];
  const audiences: readonly string[] = REGISTER_AUDIENCES[register];
  const mayStand = actor.permissions.some((permission) => audiences.includes(permission));
  const { holds, parameters, keys } = speaksTo(actor, now);
  // A property of an entity becomes its column only with a blank or bracket after it.
  const own = (objectId: string): string =>
    `FROM access_row a WHERE a.object_kind = '${kind}' AND a.object_id = ${objectId} AND ${holds}`;
  const open = `FROM access_row a WHERE a.object_kind = '${register}' AND a.object_id = ${unseen('accessAgency', 'uuid')} AND ${holds}`;
  // Asked for one by one: without OFFSET the planner would read the ids of everything registered before it looks for one.
  const registered = (objectId: string): string =>
    `EXISTS (SELECT 1 FROM access_object o
      WHERE o.object_kind = '${kind}' AND o.object_id = ${objectId} AND o.registered OFFSET 0)`;
  const on = (objectId: string, rights?: readonly RightTo<Kind>[]): string => {
    const one = rights ? ` AND a.access_right IN (${rights.map((right) => `'${right}'`).join(', ')})` : '';
    const byRow = `EXISTS (SELECT 1 ${own(objectId)}${one} OFFSET 0)`;
    return mayStand ? `(${byRow} OR EXISTS (SELECT 1 ${open}${one}) AND ${registered(objectId)})` : byRow;
  };
  const stands = mayStand ? `EXISTS (SELECT 1 ${open})` : 'FALSE';
  return {
    on,
    where: (alias) => on(`${alias}.id`),
    rights: {
      every: rightsTo(kind),
      reachedBy: true,
      sql: (alias) =>
        mayStand
          ? `ARRAY(SELECT a.access_right ${own(`${alias}.id`)}
              UNION ALL SELECT a.access_right ${open} AND ${registered(`${alias}.id`)})`
          : `ARRAY(SELECT a.access_right ${own(`${alias}.id`)})`,
    },
    parameters,
    mayStand,
    stands,
    ids: `SELECT a.object_id FROM access_row a WHERE a.object_kind = '${kind}' AND ${holds}`,
    list: (list) => accessList(kind, { on, stands: mayStand ? stands : undefined, parameters, keys }, list),
    async standing(manager) {
      if (!mayStand) return [];
      const rows = await manager
        .createQueryBuilder()
        .select('held.access_right', 'right')
        .from(`(SELECT DISTINCT a.access_right ${open})`, 'held')
        .setParameters(parameters)
        .getRawMany<{ right: string }>();
      return rightsTo(kind).filter((right) => rows.some((row) => row.right === right));
    },
  };
}
