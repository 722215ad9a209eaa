import type { Clock } from '@qlvb/shared-domain';
import type { DataSource, EntityManager } from 'typeorm';
import type { JobDeclaration } from './define-job.ts';

/** A job this process has taken. */
export interface TakenJob {
  readonly id: string;
  readonly kind: string;
  readonly agency_id: string | null;
  readonly data: unknown;
  readonly trace: string | null;
  readonly attempts: number;
  readonly deaths: number;
  readonly lease: string;
  readonly failure: string | null;
  readonly failure_detail: string | null;
}

export interface Progress {
  readonly done: number | null;
  readonly total: number | null;
  readonly step: string | null;
}

export interface Ending {
  readonly state: 'done' | 'failed' | 'cancelled' | 'waiting';
  readonly result?: unknown;
  readonly failure?: string;
  readonly detail?: string;
  readonly dueAt?: Date;
}

export interface JobFigure {
  readonly kind: string;
  readonly state: string;
  readonly jobs: number;
  readonly oldest_seconds: number;
}

type Mine = Pick<TakenJob, 'id' | 'lease'>;

/** What the worker asks of `platform.job`, for all agencies at once: by the functions of its migration only. */
export class JobStore {
  readonly #source: DataSource;
  readonly #clock: Clock;

  constructor(source: DataSource, clock: Clock) {
    this.#source = source;
    this.#clock = clock;
  }

  async schedule(kinds: readonly { id: string; kind: string; seconds: number }[]): Promise<void> {
    await this.#source.query('SELECT platform.schedule_jobs($1, $2)', [JSON.stringify(kinds), this.#clock.now()]);
  }

  take(owner: string, declarations: readonly JobDeclaration[], most: number): Promise<TakenJob[]> {
    const kinds = declarations.map(({ kind, leaseSeconds, limit }) => ({ kind, lease: leaseSeconds, ...limit }));
    return this.#source.query('SELECT * FROM platform.take_jobs($1, $2, $3, $4)', [
      owner,
      JSON.stringify(kinds),
      most,
      this.#clock.now(),
    ]);
  }

  /** @returns undefined once the lease is another's */
  async renew({ id, lease }: Mine, seconds: number, progress: Progress): Promise<'kept' | 'cancel' | undefined> {
    const { done, total, step } = progress;
    const [row] = (await this.#source.query('SELECT platform.renew_job($1, $2, $3, $4, $5, $6) AS answer', [
      id,
      lease,
      seconds,
      done,
      total,
      step,
    ])) as { answer: 'kept' | 'cancel' | null }[];
    return row?.answer ?? undefined;
  }

  /** In the transaction of `manager`, or by itself. @returns false once the lease is another's */
  async end({ id, lease }: Mine, ending: Ending, manager?: EntityManager): Promise<boolean> {
    const now = this.#clock.now();
    const [row] = (await (manager ?? this.#source).query(
      'SELECT platform.end_job($1, $2, $3, $4, $5, $6, $7, $8) AS ended',
      [
        id,
        lease,
        ending.state,
        ending.result === undefined ? null : JSON.stringify(ending.result),
        ending.failure ?? null,
        ending.detail ?? null,
        ending.dueAt ?? now,
        now,
      ],
    )) as { ended: boolean }[];
    return row?.ended ?? false;
  }

  async giveBack({ id, lease }: Mine): Promise<void> {
    await this.#source.query('SELECT platform.give_back_job($1, $2, $3)', [id, lease, this.#clock.now()]);
  }

  /** @returns how many were removed */
  async prune(doneBefore: Date, failedBefore: Date): Promise<number> {
    const [row] = (await this.#source.query('SELECT platform.prune_jobs($1, $2) AS removed', [
      doneBefore,
      failedBefore,
    ])) as { removed: number }[];
    return row?.removed ?? 0;
  }

  figures(): Promise<JobFigure[]> {
    return this.#source.query('SELECT * FROM platform.job_figures($1)', [this.#clock.now()]);
  }

  dueAfter(seconds: number): Date {
    return new Date(this.#clock.now().getTime() + seconds * 1000);
  }
}
