import type { Tx } from '@qlvb/platform-database';
import type { JobDeclaration } from './define-job.ts';
import { LeaseLost } from './job.ts';
import type { Job } from './job.ts';
import type { JobStore, Progress, TakenJob } from './job-store.ts';

/** Why a run is to end: asked for by a person, taken over by another process, or this process stops. */
export type Stop = 'cancel' | 'lost' | 'shutdown';

const PROGRESS_MS = 1000;

/** A run with its lease: keeps it while the handler works and aborts the handler when it is gone. */
export class RunningJob implements Job {
  readonly id: string;
  readonly agencyId: string | undefined;
  readonly attempt: number;
  readonly deaths: number;
  readonly #row: TakenJob;
  readonly #store: JobStore;
  readonly #leaseSeconds: number;
  readonly #abort = new AbortController();
  readonly #heart: NodeJS.Timeout;
  #data: unknown;
  #keptAt = performance.now();
  #saidAt = 0;
  #progress: Progress = { done: null, total: null, step: null };
  #renewing: Promise<void> | undefined;
  #stop: Stop | undefined;
  #finished = false;

  constructor(row: TakenJob, { leaseSeconds }: JobDeclaration, store: JobStore) {
    this.id = row.id;
    this.agencyId = row.agency_id ?? undefined;
    this.attempt = row.attempts;
    this.deaths = row.deaths;
    this.#row = row;
    this.#store = store;
    this.#leaseSeconds = leaseSeconds;
    this.#data = row.data;
    this.#heart = setInterval(() => this.renew(), (leaseSeconds * 1000) / 3);
  }

  get data(): unknown {
    return this.#data;
  }

  get signal(): AbortSignal {
    return this.#abort.signal;
  }

  get stopped(): Stop | undefined {
    return this.#stop;
  }

  get finished(): boolean {
    return this.#finished;
  }

  /** Takes on the data as its declaration reads them. */
  read({ data }: JobDeclaration): void {
    this.#data = data.parse(this.#row.data);
  }

  progress(done: number, total?: number, step?: string): void {
    this.#progress = { done, total: total ?? null, step: step ?? null };
    if (performance.now() - this.#saidAt >= PROGRESS_MS) this.renew();
  }

  async finish(tx: Tx, result?: unknown): Promise<void> {
    if (!(await this.#store.end(this.#row, { state: 'done', result }, tx.manager))) throw new LeaseLost(this.id);
    this.#finished = true;
  }

  stop(reason: Stop): void {
    if (this.#stop) return;
    this.#stop = reason;
    this.#abort.abort(new Error(`the job is to end: ${reason}`));
  }

  /** A sign of life, which also tells the progress and hears of a cancellation. */
  renew(): void {
    this.#saidAt = performance.now();
    this.#renewing ??= this.#renew().finally(() => (this.#renewing = undefined));
  }

  async close(): Promise<void> {
    clearInterval(this.#heart);
    await this.#renewing;
  }

  async #renew(): Promise<void> {
    const asked = performance.now();
    try {
      const answer = await this.#store.renew(this.#row, this.#leaseSeconds, this.#progress);
      if (answer === undefined && !this.#finished) this.stop('lost');
      if (answer === 'cancel') this.stop('cancel');
      this.#keptAt = asked;
    } catch {
      // The database may be away for a moment; the lease says how long that may be.
      if (performance.now() - this.#keptAt > this.#leaseSeconds * 1000) this.stop('lost');
    }
  }
}
