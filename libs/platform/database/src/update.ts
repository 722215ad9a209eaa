import type { ProblemFactory } from '@qlvb/shared-domain';
import type { EntityManager, EntityTarget, FindOptionsWhere } from 'typeorm';
import { VersionStale } from './database.problems.ts';
import type { Database } from './database.ts';
import { PREPARED } from './prepared.ts';
import type { TenantEntity } from './tenant-entity.ts';
import type { Tx } from './tx.ts';

/** Which rows somebody may reach inside the agency, and what he may do with one. */
export interface RowAccess<Right extends string = never> {
  /** SQL that holds for a row he may reach. */
  where(alias: string): string;
  /** His rights to a row, of which `sql` gives the array; left out where there are none beside reaching it. */
  readonly rights?: {
    readonly every: readonly Right[];
    sql(alias: string): string;
    /** Nothing is reached but by one of them. */
    readonly reachedBy?: true;
  };
  readonly parameters: Readonly<Record<string, unknown>>;
}

export interface ReachOptions<Row extends TenantEntity, Right extends string = never> {
  readonly entity: EntityTarget<Row>;
  readonly id: string;
  /** Thrown when the row is not there for this agency, or not for the caller. */
  readonly missing: ProblemFactory;
  /**
   * What the caller may reach; `agency` where the operation's permission opens every row of the agency, `told` where nobody acts
   * but another service's event is followed.
   */
  readonly access: RowAccess<Right> | 'agency' | 'told';
}

export interface UpdateOptions<Row extends TenantEntity, Right extends string = never> extends ReachOptions<
  Row,
  Right
> {
  /** Version from If-Match, when the operation requires one. */
  readonly ifMatch?: number | undefined;
  /** Audit action, `<thing>.<what happened>`. */
  readonly action: string;
  readonly scope?: { readonly agencyId: string };
}

/**
 * A row that the caller may reach, with his rights to it.
 *
 * @throws the `missing` problem
 */
export async function reach<Row extends TenantEntity, Right extends string = never>(
  manager: EntityManager,
  { entity, id, access, missing }: ReachOptions<Row, Right>,
  lock?: 'locked',
): Promise<{ readonly row: Row; readonly rights: readonly Right[] }> {
  const builder = manager
    .createQueryBuilder(entity, 'target')
    .comment(PREPARED)
    .where('target.id = :targetId', { targetId: id });
  if (lock) builder.setLock('pessimistic_write', undefined, ['target']);
  const rights = typeof access === 'string' ? undefined : access.rights;
  if (typeof access !== 'string') builder.setParameters(access.parameters);
  // Where the rights tell, nothing else is asked; but a row is only locked for who may reach it.
  if (typeof access !== 'string' && (lock || !rights?.reachedBy)) builder.andWhere(access.where('target'));
  if (rights) builder.addSelect(rights.sql('target'), 'rights');
  const { entities, raw } = await builder.getRawAndEntities<{ rights?: readonly string[] }>();
  const [row] = entities;
  const held = raw[0]?.rights ?? [];
  if (!row || (rights?.reachedBy && held.length === 0)) throw missing({ id });
  return { row, rights: rights?.every.filter((right) => held.includes(right)) ?? [] };
}

/**
 * The write path: loads and locks the row if the caller may reach it, lets `change` apply the domain rule by altering the row,
 * then saves the changed columns with the next version and audits their exact before and after, all in one transaction.
 *
 * @param change also gets the caller's rights to the row, as `access` says them
 * @throws the `missing` problem, whatever `change` throws, VersionStale
 */
export function update<Row extends TenantEntity, Result, Right extends string = never>(
  database: Database,
  options: UpdateOptions<Row, Right>,
  change: (row: Row, tx: Tx, rights: readonly Right[]) => Promise<Result> | Result,
): Promise<Result> {
  return database.command(async (tx) => {
    const { row, rights } = await reach(tx.manager, options, 'locked');
    if (options.ifMatch !== undefined && options.ifMatch !== row.version) throw VersionStale({ version: row.version });
    const before = structuredClone({ ...row }) as Record<string, unknown>;
    const version = row.version;
    row.version = version + 1;
    row.updatedAt = tx.now;
    const result = await change(row, tx, rights);
    const after = row as unknown as Record<string, unknown>;
    const changed = Object.keys(after).filter((name) => JSON.stringify(before[name]) !== JSON.stringify(after[name]));
    const pick = (from: Record<string, unknown>): Record<string, unknown> =>
      Object.fromEntries(changed.filter((name) => name !== 'updatedAt').map((name) => [name, from[name] ?? null]));
    if (changed.some((name) => name !== 'version' && name !== 'updatedAt')) {
      await tx.manager.update(
        options.entity,
        { id: options.id } as FindOptionsWhere<Row>,
        Object.fromEntries(changed.map((name) => [name, after[name]])) as never,
      );
    } else {
      row.version = version;
    }
    tx.audit({
      action: options.action,
      resource: { type: options.action.split('.')[0] ?? '', id: options.id },
      before: pick(before),
      after: pick(after),
    });
    return result;
  }, options.scope ?? {});
}
