import { Inject, Injectable, Logger } from '@nestjs/common';
import type { OnApplicationBootstrap } from '@nestjs/common';
import { chainedAgencies, Database, takeHeads } from '@qlvb/platform-database';
import type { Head } from '@qlvb/platform-database';
import { defineJob, OnJob } from '@qlvb/platform-jobs';
import { Metrics } from '@qlvb/platform-observability';
import type { AppendOnlyPlace } from '@qlvb/platform-storage';
import { newId } from '@qlvb/shared-domain';
import type { Clock } from '@qlvb/shared-domain';
import { z } from 'zod';
import { CLOCK, HEAD_PLACES } from './tokens.ts';

/** Of an installation that is upgraded the first seal covers every row there is. */
const SEALING_MS = 10 * 60 * 1000;

export const KeepHeads = defineJob({
  kind: 'platform.keep-heads',
  data: z.object({}),
  scope: 'platform',
  everySeconds: 60 * 60,
  leaseSeconds: 60,
});

/** Until the first head of a chain was kept nothing is proven of it, so new chains do not wait for the hour. */
export const KeepFirstHeads = defineJob({
  kind: 'platform.keep-first-heads',
  data: z.object({}),
  scope: 'platform',
  everySeconds: 5 * 60,
  leaseSeconds: 60,
});

/**
 * Seals the row journal, and takes the seal and the heads of the audit chains out of the database to where nobody who writes to it
 * can change them. A head that has not moved is not told twice by one process. Without such a place it seals alone, and says at
 * the start and in the metrics that nothing is kept.
 *
 * @source SEC-L05
 */
@Injectable()
export class HeadKeeper implements OnApplicationBootstrap {
  readonly #logger = new Logger('heads');
  readonly #told = new Map<string, string>();
  #keptAt = 0;

  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(HEAD_PLACES) private readonly places: readonly AppendOnlyPlace[],
    @Inject(Metrics) private readonly metrics: Metrics,
  ) {}

  onApplicationBootstrap(): void {
    if (this.places.length === 0)
      this.#logger.warn(
        'heads of audit chains and row journal are kept nowhere outside the database: set QLVB_HEADS_S3_ENDPOINT or QLVB_HEADS_DIR',
      );
    this.metrics.gauge({
      name: 'qlvb_head_places',
      help: 'Places outside the database to which heads of audit chains and row journal are taken; 0 when a cut would not show',
      collect: () => [{ value: this.places.length }],
    });
    this.metrics.gauge({
      name: 'qlvb_heads_kept_seconds',
      help: 'When this process last took heads to every place, in Unix seconds; 0 when it has not',
      collect: () => [{ value: this.#keptAt }],
    });
  }

  @OnJob(KeepHeads)
  async keep(): Promise<void> {
    const { service, source } = this.database;
    const heads = await source.transaction(async (manager) => {
      await manager.query(`SET LOCAL statement_timeout = ${SEALING_MS}`);
      return takeHeads(service, (sql) => manager.query(sql));
    });
    if (this.places.length === 0) return;
    const moved = heads.filter((head) => this.#told.get(nameOf(head)) !== JSON.stringify(head));
    if (moved.length > 0) await this.#tell(moved);
    this.#keptAt = Math.floor(this.clock.now().getTime() / 1000);
  }

  @OnJob(KeepFirstHeads)
  async keepFirst(): Promise<void> {
    if (this.places.length === 0) return;
    const agencies = await chainedAgencies((sql) => this.database.source.query(sql));
    if (agencies.some((agencyId) => !this.#told.has(agencyId))) await this.keep();
  }

  /** To every place, also when another one fails; then the job is tried again, and tells all of them. */
  async #tell(moved: readonly Head[]): Promise<void> {
    const at = this.clock.now().toISOString().replaceAll(':', '-');
    const name = `${at}-${this.database.service}-${newId().slice(-8)}.jsonl`;
    const lines = moved.map((head) => `${JSON.stringify(head)}\n`).join('');
    const failed = (await Promise.allSettled(this.places.map((place) => place.add(name, lines)))).flatMap((result) =>
      result.status === 'rejected' ? [result.reason as unknown] : [],
    );
    if (failed.length > 0) throw new AggregateError(failed, `heads: ${failed.map(String).join('; ')}`);
    for (const head of moved) this.#told.set(nameOf(head), JSON.stringify(head));
  }
}

const nameOf = (head: Head): string => ('agencyId' in head ? head.agencyId : 'journal');
