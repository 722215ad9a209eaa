import { randomBytes } from 'node:crypto';
import { Inject, Injectable, Logger } from '@nestjs/common';
import type { OnApplicationBootstrap, BeforeApplicationShutdown } from '@nestjs/common';
import { runInContext } from '@qlvb/platform-context';
import { PostgresOutbox } from '@qlvb/platform-database';
import { newId } from '@qlvb/shared-domain';
import { DataSource } from 'typeorm';
import { InterpretationService } from '../received/interpretation.service.ts';
import { SendingService } from '../sending/sending.service.ts';
import type { Work } from './work-queue.ts';

interface Leased extends Work {
  readonly agency_id: string;
  readonly attempts: number;
}

const LEASE_SECONDS = 15;
const MAX_PAUSE_SECONDS = 300;
const LOOK_MS = 1000;
const AT_ONCE = 4;

/** Takes due work, urgent first, one process at a time each; what a killed process had begun is due again after its lease. */
@Injectable()
export class WorkRunner implements OnApplicationBootstrap, BeforeApplicationShutdown {
  readonly #log = new Logger('Work');
  readonly #running = new Set<Promise<void>>();
  #stopped = false;
  #timer: NodeJS.Timeout | undefined;
  #unlisten: (() => void) | undefined;

  constructor(
    @Inject(DataSource) private readonly source: DataSource,
    @Inject(PostgresOutbox) private readonly outbox: PostgresOutbox,
    @Inject(InterpretationService) private readonly interpretation: InterpretationService,
    @Inject(SendingService) private readonly sending: SendingService,
  ) {}

  onApplicationBootstrap(): void {
    this.#timer = setInterval(() => this.#look(), LOOK_MS);
    this.#unlisten = this.outbox.onWake(() => this.#look());
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.#stopped = true;
    clearInterval(this.#timer);
    this.#unlisten?.();
    await Promise.allSettled(this.#running);
  }

  #look(): void {
    if (this.#stopped || this.#running.size >= AT_ONCE) return;
    const running = this.#takeAll()
      .catch((error: unknown) => this.#log.warn(`looking for work failed: ${String(error)}`))
      .finally(() => this.#running.delete(running));
    this.#running.add(running);
  }

  async #takeAll(): Promise<void> {
    while (!this.#stopped) {
      const work = await this.#lease();
      if (!work) return;
      // There may be more than one can do.
      this.#look();
      await this.#run(work);
    }
  }

  async #lease(): Promise<Leased | undefined> {
    const [rows] = (await this.source.query(
      `UPDATE exchange_work SET leased_until = now() + make_interval(secs => $1), attempts = attempts + 1
       WHERE (agency_id, kind, id) = (
         SELECT agency_id, kind, id FROM exchange_work
         WHERE due_at <= now() AND (leased_until IS NULL OR leased_until < now())
         ORDER BY urgent DESC, due_at LIMIT 1 FOR UPDATE SKIP LOCKED)
       RETURNING agency_id, kind, id, urgent, attempts`,
      [LEASE_SECONDS],
    )) as [Leased[], number];
    return rows[0];
  }

  async #run(work: Leased): Promise<void> {
    const key = [work.agency_id, work.kind, work.id, work.attempts];
    const mine = 'WHERE agency_id = $1 AND kind = $2 AND id = $3 AND attempts = $4';
    const heart = setInterval(
      () =>
        void this.source
          .query(`UPDATE exchange_work SET leased_until = now() + interval '${LEASE_SECONDS} seconds' ${mine}`, key)
          .catch((error: unknown) => this.#log.warn(`lease not renewed: ${String(error)}`)),
      (LEASE_SECONDS * 1000) / 3,
    );
    try {
      await runInContext(
        { requestId: newId(), traceparent: newTrace(), language: 'vi', agencyId: work.agency_id },
        () => (work.kind === 'interpret-package' ? this.interpretation.interpret(work.id) : this.sending.send(work.id)),
      );
      await this.source.query(`DELETE FROM exchange_work ${mine}`, key);
    } catch (error) {
      this.#log.warn(`${work.kind} ${work.id} failed in attempt ${work.attempts}: ${String(error)}`);
      const pause = Math.min(2 ** (work.attempts - 1), MAX_PAUSE_SECONDS);
      await this.source.query(
        `UPDATE exchange_work SET leased_until = NULL, due_at = now() + make_interval(secs => $5) ${mine}`,
        [...key, pause],
      );
    } finally {
      clearInterval(heart);
    }
  }
}

const newTrace = (): string => `00-${randomBytes(16).toString('hex')}-${randomBytes(8).toString('hex')}-00`;
