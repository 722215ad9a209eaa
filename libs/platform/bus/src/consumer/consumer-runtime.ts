import { failPoint } from '@qlvb/platform-faults';
import type { BusLog } from '../bus-log.ts';
import { describeCause, makeDeadLetter } from '../dead-letter.ts';
import type { DeadLetter } from '../dead-letter.ts';
import type { BusRecord } from '../bus-record.ts';
import type { SubscribeOptions } from '../event-bus.ts';
import { classifyFailure } from './failure.ts';
import { KeyedExecutor } from './keyed-executor.ts';
import type { KeyedTask, Outcome } from './keyed-executor.ts';
import { Progress } from './progress.ts';
import type { SubscriptionProgress } from './progress.ts';
import { defaultRetryPolicy, nextDelay } from './retry-policy.ts';
import type { RetryPolicy } from './retry-policy.ts';

/** A record on its way through the runtime. */
export interface Delivery {
  readonly record: BusRecord;
  /** The partition lease it came from. */
  readonly owner: object;
  /** The record is handled or safely a dead letter. Exactly one of the two is called, once. */
  readonly settled: () => void;
  /** The record was given up without an effect, because its owner was discarded. */
  readonly dropped: () => void;
}

interface Task extends KeyedTask {
  readonly delivery: Delivery;
  attempts: number;
  blamedAttempts: number;
  firstFailureAt: number | undefined;
}

const chainOf = ({ topic, lane, key }: Pick<BusRecord, 'topic' | 'lane' | 'key'>): string =>
  `${topic}\n${lane}\n${key}`;

/** After a dead letter the next records of the key are not worth the whole patience, or they would hold up a partition. */
const ATTEMPTS_OF_SUSPECT = 3;

const DEFAULT_CONCURRENCY = 8;
const DEFAULT_PROGRESS_LIMIT_MS = 120_000;

/**
 * What every driver does with a delivered record: keys in parallel, one key in order, bounded retries, dead letter.
 * Drivers only fetch, confirm and store dead letters.
 */
export class ConsumerRuntime {
  readonly progress: Progress;
  readonly #options: SubscribeOptions;
  readonly #policy: RetryPolicy;
  readonly #storeDeadLetter: (letter: DeadLetter) => Promise<void>;
  readonly #log: BusLog;
  readonly #executor: KeyedExecutor<Task>;
  /** Chains whose last record became a dead letter. */
  readonly #suspects = new Set<string>();
  #pausedByOwner = false;
  #held = false;

  constructor(options: SubscribeOptions, storeDeadLetter: (letter: DeadLetter) => Promise<void>, log: BusLog) {
    this.#options = options;
    this.#policy = { ...defaultRetryPolicy, ...options.retry };
    this.#storeDeadLetter = storeDeadLetter;
    this.#log = log;
    this.progress = new Progress(options.progressLimitMs ?? DEFAULT_PROGRESS_LIMIT_MS);
    this.#executor = new KeyedExecutor(
      options.concurrency ?? DEFAULT_CONCURRENCY,
      (task) => this.#attempt(task),
      (task) => task.delivery.dropped(),
    );
  }

  get pending(): number {
    return this.#executor.pending;
  }

  accept(delivery: Delivery): void {
    const { record, owner } = delivery;
    if (this.#executor.pending === 0) this.progress.began();
    this.#executor.submit({
      chain: chainOf(record),
      lane: record.lane,
      owner,
      delivery,
      attempts: 0,
      blamedAttempts: 0,
      firstFailureAt: undefined,
    });
  }

  /** How many records of this record's key wait here already. */
  queuedBeside(record: Pick<BusRecord, 'topic' | 'lane' | 'key'>): number {
    return this.#executor.queuedIn(chainOf(record));
  }

  /** Forgets what came from a lost partition and has not started. */
  discard(owner: object): void {
    this.#executor.discard(owner);
  }

  pause(): void {
    this.#pausedByOwner = true;
    this.#executor.pause();
  }

  resume(): void {
    this.#pausedByOwner = false;
    if (!this.#held) this.#executor.resume();
    this.progress.began();
  }

  /** Starts nothing new while the driver is unsure which partitions are its own. */
  hold(): void {
    this.#held = true;
    this.#executor.pause();
  }

  release(): void {
    this.#held = false;
    if (!this.#pausedByOwner) this.#executor.resume();
  }

  /** Starts nothing more and waits for what runs; false when the limit came first. */
  async finish(limitMs: number): Promise<boolean> {
    this.#executor.pause();
    this.#executor.discard();
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<false>((resolve) => {
      timer = setTimeout(() => resolve(false), limitMs);
    });
    const done = await Promise.race([this.#executor.untilNoneRuns().then(() => true), late]);
    clearTimeout(timer);
    return done;
  }

  describe(): SubscriptionProgress {
    const { pending, running, waiting, oldestStart } = this.#executor;
    const { handled, failedAttempts, deadLettered, lastProgressAt, trouble } = this.progress;
    return {
      group: this.#options.group,
      topics: this.#options.topics,
      live: this.progress.isLive({ pending, oldestStart, paused: this.#pausedByOwner || this.#held }),
      pending,
      running,
      retrying: waiting,
      handled,
      failedAttempts,
      deadLettered,
      lastProgressAt,
      ...(trouble === undefined ? {} : { trouble }),
    };
  }

  async #attempt(task: Task): Promise<Outcome> {
    const { record } = task.delivery;
    task.attempts += 1;
    try {
      await this.#options.handler(record, task.attempts);
      await failPoint('inbox:before-ack');
      this.progress.handled += 1;
      this.#suspects.delete(task.chain);
      task.delivery.settled();
      return 'done';
    } catch (error) {
      this.progress.failedAttempts += 1;
      return await this.#afterFailure(task, error);
    } finally {
      this.progress.attempted();
    }
  }

  async #afterFailure(task: Task, error: unknown): Promise<Outcome> {
    const { record } = task.delivery;
    const { group } = this.#options;
    const kind = classifyFailure(error);
    const now = Date.now();
    task.firstFailureAt ??= now;
    if (kind !== 'infrastructure') task.blamedAttempts += 1;
    const attempts = this.#suspects.has(task.chain)
      ? Math.min(ATTEMPTS_OF_SUSPECT, this.#policy.attempts)
      : this.#policy.attempts;
    const delay = nextDelay(
      { ...this.#policy, attempts },
      {
        kind,
        attempt: task.attempts,
        blamedAttempts: task.blamedAttempts,
        sinceFirstFailureMs: now - task.firstFailureAt,
      },
    );
    const what = `${group}: event ${record.id} on ${record.topic}, attempt ${task.attempts}: ${describeCause(error)}`;
    if (delay !== undefined) {
      this.#log.warn(`${what}; again in ${delay} ms`);
      return { retryAfterMs: delay };
    }
    try {
      await this.#storeDeadLetter(makeDeadLetter(group, record, error, task.attempts));
    } catch (failure) {
      this.#log.error(`${what}; the dead letter could not be stored: ${describeCause(failure)}`);
      return { retryAfterMs: this.#policy.longestDelayMs };
    }
    this.#log.error(`${what}; dead letter`);
    this.progress.deadLettered += 1;
    this.#suspects.add(task.chain);
    task.delivery.settled();
    return 'done';
  }
}
