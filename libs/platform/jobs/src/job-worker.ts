import { runInContext } from '@qlvb/platform-context';
import { listen } from '@qlvb/platform-database';
import type { Database, Tx } from '@qlvb/platform-database';
import { failPoint } from '@qlvb/platform-faults';
import { continueTrace, formatTraceparent } from '@qlvb/platform-observability';
import { DomainError, newId, Wake } from '@qlvb/shared-domain';
import { ZodError } from 'zod';
import { pauseSeconds } from './define-job.ts';
import type { JobDeclaration } from './define-job.ts';
import { JobFailed, LeaseLost } from './job.ts';
import type { Job, JobFailure } from './job.ts';
import type { JobStore, TakenJob } from './job-store.ts';
import { RunningJob } from './running-job.ts';

export interface Handler {
  readonly declaration: JobDeclaration;
  readonly run: (job: Job) => Promise<unknown>;
  /** Tells people, in the transaction that ends the job as failed. */
  readonly failed?: ((job: Job, failure: JobFailure, tx: Tx) => Promise<void>) | undefined;
}

export type Outcome = 'done' | 'retried' | 'failed' | 'cancelled' | 'given-back' | 'lost';

export interface WorkerLog {
  warn(message: string): void;
  error(message: string): void;
}

export interface WorkerOptions {
  /** How many jobs this process works on at once. */
  readonly atOnce: number;
  /** How long jobs may still take when the process stops. */
  readonly graceMs: number;
  readonly observe?: (kind: string, outcome: Outcome, seconds: number) => void;
}

/** How often to look without having been woken: what becomes due, and what a process that died left behind. */
const LOOK_MS = 1000;
/** Time for handlers that were told to stop. */
const ABORT_MS = 5000;
/** Tries at telling people of a failure before it is only logged. */
const TELLING_ATTEMPTS = 5;
const PLATFORM = '00000000-0000-0000-0000-000000000000';

/** Carries out a service's jobs in this process, together with all other processes of the service. */
export class JobWorker {
  readonly #handlers: ReadonlyMap<string, Handler>;
  readonly #store: JobStore;
  readonly #database: Database;
  readonly #log: WorkerLog;
  readonly #options: WorkerOptions;
  readonly #owner = newId();
  readonly #running = new Map<string, { readonly job: RunningJob; readonly ended: Promise<void> }>();
  readonly #wake = new Wake();
  #stopping = false;
  #loop: Promise<void> | undefined;

  constructor(
    handlers: readonly Handler[],
    store: JobStore,
    database: Database,
    log: WorkerLog,
    options: WorkerOptions,
  ) {
    this.#handlers = new Map(handlers.map((handler) => [handler.declaration.kind, handler]));
    this.#store = store;
    this.#database = database;
    this.#log = log;
    this.#options = options;
  }

  async start(): Promise<void> {
    const declarations = [...this.#handlers.values()].map(({ declaration }) => declaration);
    await this.#store.schedule(
      declarations.flatMap(({ kind, everySeconds }) =>
        everySeconds === undefined ? [] : [{ id: newId(), kind, seconds: everySeconds }],
      ),
    );
    if (declarations.length > 0) this.#loop = this.#work(declarations);
  }

  /** Looks sooner when something becomes due or is cancelled, as the database tells. @returns ends the listening */
  listen(url: string): () => void {
    const ring = (): void => this.#wake.ring();
    return listen(url, {
      name: 'jobs-wake',
      channel: 'job',
      // The id of a job that is to be cancelled, or nothing.
      heard: (id) => (id === '' ? ring() : this.#running.get(id)?.job.renew()),
      began: ring,
    });
  }

  /** Takes nothing more, lets running jobs end for a while, and gives the others back. */
  async stop(): Promise<void> {
    this.#stopping = true;
    this.#wake.ring();
    await this.#loop;
    if (await this.#ended(this.#options.graceMs)) return;
    for (const { job } of this.#running.values()) job.stop('shutdown');
    if (await this.#ended(ABORT_MS)) return;
    this.#log.warn(`jobs that do not stop are left to others: ${[...this.#running.keys()].join(', ')}`);
  }

  async #ended(limitMs: number): Promise<boolean> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<boolean>((resolve) => (timer = setTimeout(() => resolve(false), limitMs)));
    const all = Promise.all([...this.#running.values()].map(({ ended }) => ended)).then(() => true);
    const inTime = await Promise.race([all, late]);
    clearTimeout(timer);
    return inTime;
  }

  async #work(declarations: readonly JobDeclaration[]): Promise<void> {
    while (!this.#stopping) {
      const free = this.#options.atOnce - this.#running.size;
      const taken = free > 0 ? await this.#take(declarations, free) : [];
      for (const row of taken) this.#begin(row);
      if (taken.length < free || free === 0) await this.#wake.wait(LOOK_MS);
    }
  }

  async #take(declarations: readonly JobDeclaration[], most: number): Promise<TakenJob[]> {
    try {
      return await this.#store.take(this.#owner, declarations, most);
    } catch (error) {
      this.#log.warn(`looking for jobs failed: ${String(error)}`);
      return [];
    }
  }

  #begin(row: TakenJob): void {
    const handler = this.#handlers.get(row.kind);
    if (!handler) throw new Error(`a job of a kind that was not asked for: ${row.kind}`);
    const job = new RunningJob(row, handler.declaration, this.#store);
    const ended = this.#run(row, job, handler)
      .catch((error: unknown) => this.#log.error(`${row.kind} ${row.id} could not be ended: ${String(error)}`))
      .finally(() => {
        this.#running.delete(row.id);
        this.#wake.ring();
      });
    this.#running.set(row.id, { job, ended });
  }

  async #run(row: TakenJob, job: RunningJob, handler: Handler): Promise<void> {
    const began = performance.now();
    const context = {
      requestId: row.id,
      traceparent: formatTraceparent(continueTrace(row.trace ?? undefined)),
      language: 'vi' as const,
      ...(row.agency_id === null ? {} : { agencyId: row.agency_id }),
    };
    const outcome = await runInContext(context, () => this.#attempt(row, job, handler));
    this.#options.observe?.(row.kind, outcome, (performance.now() - began) / 1000);
  }

  async #attempt(row: TakenJob, job: RunningJob, handler: Handler): Promise<Outcome> {
    try {
      const { deaths, attempts } = handler.declaration;
      if (row.deaths >= deaths) {
        return await this.#fail(row, job, handler, {
          code: 'process-died',
          detail: `the process died ${row.deaths} times`,
        });
      }
      // The last failure was not told to the end.
      if (failuresBefore(row) >= attempts) {
        return await this.#fail(row, job, handler, {
          code: row.failure ?? 'unexpected',
          detail: row.failure_detail ?? '',
        });
      }
      job.read(handler.declaration);
      await handler.run(job);
      await failPoint('job:before-end');
      if (job.finished || (await this.#store.end(row, { state: 'done' }))) return 'done';
      throw new LeaseLost(row.id);
    } catch (error) {
      return await this.#interrupted(row, job, handler, error);
    } finally {
      await job.close();
    }
  }

  async #interrupted(row: TakenJob, job: RunningJob, handler: Handler, error: unknown): Promise<Outcome> {
    if (error instanceof LeaseLost || job.stopped === 'lost') {
      this.#log.warn(`${row.kind} ${row.id} was taken over by another process`);
      return 'lost';
    }
    if (job.stopped === 'shutdown') {
      await this.#store.giveBack(row);
      return 'given-back';
    }
    if (job.stopped === 'cancel') {
      await this.#store.end(row, { state: 'cancelled' });
      return 'cancelled';
    }
    const failure = failureOf(error);
    this.#log.warn(`${row.kind} ${row.id} failed in attempt ${row.attempts}: ${failure.code}: ${failure.detail}`);
    const { attempts } = handler.declaration;
    if (failure.isFinal || failuresBefore(row) + 1 >= attempts) return this.#fail(row, job, handler, failure);
    return this.#retry(row, handler, failure);
  }

  async #retry(row: TakenJob, { declaration }: Handler, { code, detail }: JobFailure): Promise<Outcome> {
    const dueAt = this.#store.dueAfter(pauseSeconds(failuresBefore(row) + 1, declaration.backoff));
    await this.#store.end(row, { state: 'waiting', failure: code, detail, dueAt });
    return 'retried';
  }

  async #fail(row: TakenJob, job: RunningJob, handler: Handler, failure: JobFailure): Promise<Outcome> {
    const ending = { state: 'failed', failure: failure.code, detail: failure.detail } as const;
    const { failed, declaration } = handler;
    if (!failed || failuresBefore(row) >= declaration.attempts + TELLING_ATTEMPTS) {
      await this.#store.end(row, ending);
      return 'failed';
    }
    try {
      await this.#database.command(
        async (tx) => {
          await failed(job, failure, tx);
          if (!(await this.#store.end(row, ending, tx.manager))) throw new LeaseLost(row.id);
        },
        { agencyId: row.agency_id ?? PLATFORM },
      );
      return 'failed';
    } catch (error) {
      if (error instanceof LeaseLost) return 'lost';
      this.#log.error(`nobody could be told that ${row.kind} ${row.id} failed: ${String(error)}`);
      return this.#retry(row, handler, failure);
    }
  }
}

const failuresBefore = ({ attempts, deaths }: TakenJob): number => attempts - deaths - 1;

const MAX_DETAIL = 1000;

function failureOf(error: unknown): JobFailure & { readonly isFinal: boolean } {
  const detail = (error instanceof Error ? error.message : String(error)).slice(0, MAX_DETAIL);
  if (error instanceof JobFailed) return { code: error.code, detail, isFinal: !error.again };
  if (error instanceof ZodError) return { code: 'data-invalid', detail, isFinal: true };
  if (error instanceof DomainError) return { code: error.code, detail, isFinal: false };
  return { code: 'unexpected', detail, isFinal: false };
}
