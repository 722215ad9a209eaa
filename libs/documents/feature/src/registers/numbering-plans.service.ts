import { Inject, Injectable } from '@nestjs/common';
import { assertPlanAcceptable, commonPlan } from '@qlvb/documents-domain';
import type { NumberingPlan, SequenceGroup } from '@qlvb/documents-domain';
import { Database, TenantEntity, VersionStale } from '@qlvb/platform-database';
import type { Tx } from '@qlvb/platform-database';
import { CLOCK } from '@qlvb/platform-service';
import { newId } from '@qlvb/shared-domain';
import type { Clock } from '@qlvb/shared-domain';
import { vietnamYear } from '@qlvb/vietnam';
import { Column, Entity } from 'typeorm';
import type { EntityManager } from 'typeorm';

@Entity({ name: 'numbering_plan' })
export class NumberingPlanEntity extends TenantEntity {
  @Column('integer')
  year!: number;

  @Column('jsonb')
  groups!: readonly SequenceGroup[];
}

export interface VersionedPlan extends NumberingPlan {
  /** 0 while nobody has decided anything. */
  readonly version: number;
}

const PLANS = 7_202_001;

/** How each agency numbers its documents, year by year. */
@Injectable()
export class NumberingPlans {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  get(year: number): Promise<VersionedPlan> {
    return this.database.read((manager) => planOf(manager, year));
  }

  /** The plan that a registration follows; it stands until the registration is done. @source NĐ30-A15-6 */
  async hold(tx: Tx, year: number): Promise<NumberingPlan> {
    await tx.manager.query('SELECT pg_advisory_xact_lock_shared($1, hashtext($2))', [PLANS, tx.agencyId]);
    return planOf(tx.manager, year);
  }

  /**
   * What the head of the agency decided.
   *
   * @throws NumberingPlanInvalid, VersionStale
   * @source NĐ30-A15-6
   */
  decide(year: number, groups: readonly SequenceGroup[], ifMatch: number): Promise<VersionedPlan> {
    return this.database.command(async (tx) => {
      await tx.manager.query('SELECT pg_advisory_xact_lock($1, hashtext($2))', [PLANS, tx.agencyId]);
      const before = await planOf(tx.manager, year);
      if (before.version !== ifMatch) throw VersionStale({ version: before.version });
      const [taken] = (await tx.manager.query(
        `SELECT EXISTS (SELECT 1 FROM number_sequence WHERE year = $1 AND last_number > 0
                        AND sequence_key LIKE 'administrative:%') AS any`,
        [year],
      )) as { any: boolean }[];
      assertPlanAcceptable({ year, groups }, vietnamYear(this.clock.now()), taken?.any ?? false);
      const version = before.version + 1;
      if (before.version === 0) {
        const stamps = { createdAt: tx.now, updatedAt: tx.now };
        await tx.manager.insert(NumberingPlanEntity, {
          id: newId(),
          agencyId: tx.agencyId,
          version,
          ...stamps,
          year,
          groups: groups as never,
        });
      } else {
        await tx.manager.update(NumberingPlanEntity, { year }, { version, updatedAt: tx.now, groups: groups as never });
      }
      tx.audit({
        action: 'numbering-plan.decided',
        resource: { type: 'numbering-plan', id: String(year) },
        before: before.groups,
        after: groups,
      });
      return { year, groups, version };
    });
  }
}

/** One common sequence when the head of the agency decided nothing else. */
async function planOf(manager: EntityManager, year: number): Promise<VersionedPlan> {
  const row = await manager.findOneBy(NumberingPlanEntity, { year });
  return row ? { year, groups: row.groups, version: row.version } : { ...commonPlan(year), version: 0 };
}
