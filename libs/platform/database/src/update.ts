import type { ProblemFactory } from '@qlvb/shared-domain';
import type { EntityTarget, FindOptionsWhere } from 'typeorm';
import { VersionStale } from './database.problems.ts';
import type { Database } from './database.ts';
import type { TenantEntity } from './tenant-entity.ts';
import type { Tx } from './tx.ts';

export interface UpdateOptions<Row extends TenantEntity> {
  readonly entity: EntityTarget<Row>;
  readonly id: string;
  /** Thrown when the row is not there for this agency. */
  readonly missing: ProblemFactory;
  /** The caller's right to this very row; throws when there is none. */
  readonly authorise: (row: Row) => void;
  /** Version from If-Match, when the operation requires one. */
  readonly ifMatch?: number | undefined;
  /** Audit action, `<thing>.<what happened>`. */
  readonly action: string;
  readonly scope?: { readonly agencyId: string };
}

/**
 * The write path: loads and locks the row, authorises, lets `change` apply the domain rule by altering the row, then saves
 * the changed columns with the next version and audits their exact before and after, all in one transaction.
 *
 * @throws the `missing` problem, whatever `authorise` and `change` throw, VersionStale
 */
export function update<Row extends TenantEntity, Result>(
  database: Database,
  options: UpdateOptions<Row>,
  change: (row: Row, tx: Tx) => Promise<Result> | Result,
): Promise<Result> {
  return database.command(async (tx) => {
    const where = { id: options.id } as FindOptionsWhere<Row>;
    const row = await tx.manager.findOne(options.entity, {
      where,
      lock: { mode: 'pessimistic_write' },
      loadEagerRelations: false,
    });
    if (!row) throw options.missing({ id: options.id });
    options.authorise(row);
    if (options.ifMatch !== undefined && options.ifMatch !== row.version) throw VersionStale({ version: row.version });
    const before = structuredClone({ ...row }) as Record<string, unknown>;
    const version = row.version;
    row.version = version + 1;
    row.updatedAt = tx.now;
    const result = await change(row, tx);
    const after = row as unknown as Record<string, unknown>;
    const changed = Object.keys(after).filter((name) => JSON.stringify(before[name]) !== JSON.stringify(after[name]));
    const pick = (from: Record<string, unknown>): Record<string, unknown> =>
      Object.fromEntries(changed.filter((name) => name !== 'updatedAt').map((name) => [name, from[name] ?? null]));
    if (changed.some((name) => name !== 'version' && name !== 'updatedAt')) {
      await tx.manager.update(
        options.entity,
        where,
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
