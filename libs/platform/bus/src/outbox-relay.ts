import { failPoint } from '@qlvb/platform-faults';
import type { BusLog } from './bus-log.ts';
import { describeCause } from './dead-letter.ts';
import type { BusRecord } from './bus-record.ts';
import type { EventBus } from './event-bus.ts';
import { Wake } from '@qlvb/shared-domain';

export interface OutboxRow {
  /** Identifies the row in its outbox; ascending in the order of appending. */
  readonly position: string;
  readonly record: BusRecord;
}

/** The right to publish this service's outbox, as long as the session behind it lives. */
export interface OutboxLease {
  /**
   * The oldest unpublished rows, urgent ones first, each lane in order of position. Runs on the very session that holds the lock, so that it fails
   * once the lock is lost.
   */
  nextBatch(limit: number): Promise<readonly OutboxRow[]>;
  markPublished(positions: readonly string[]): Promise<void>;
  release(): Promise<void>;
}

/** The outbox table of one service. */
export interface OutboxSource {
  /** Takes the relay lock; undefined while another relay holds it. */
  acquire(): Promise<OutboxLease | undefined>;
  /** Calls back after rows were committed (NOTIFY); returns how to stop that. */
  onWake(wake: () => void): () => void;
}

export interface OutboxRelayOptions {
  readonly batchSize?: number;
  /** How often to look without having been woken. */
  readonly pollMs?: number;
  /** How often a standby relay tries for the lock. */
  readonly standbyMs?: number;
  /** A round that takes longer than this makes the relay count as dead. */
  readonly progressLimitMs?: number;
}

export interface OutboxProgress {
  readonly active: boolean;
  readonly live: boolean;
  readonly published: number;
  readonly lastProgressAt: string;
  readonly trouble?: string;
}

const LONGEST_BACK_OFF_MS = 10_000;

/**
 * Publishes a service's outbox. One relay at a time works, the others stand by for its lock. Rows are read again after
 * every failure, on the locking session: a relay that lost the lock while the broker was away finds out before it
 * publishes once more. What was published and not marked is published again; the inboxes absorb it.
 */
export class OutboxRelay {
  readonly #bus: Pick<EventBus, 'publish'>;
  readonly #source: OutboxSource;
  readonly #log: BusLog;
  readonly #options: Required<OutboxRelayOptions>;
  readonly #wake = new Wake();
  readonly #end = new Wake();
  #stopping = false;
  #loop: Promise<void> | undefined;
  #stopListening: (() => void) | undefined;
  #lastProgress = Date.now();
  #active = false;
  #published = 0;
  #failures = 0;
  #trouble: string | undefined;

  constructor(bus: Pick<EventBus, 'publish'>, source: OutboxSource, log: BusLog, options: OutboxRelayOptions = {}) {
    this.#bus = bus;
    this.#source = source;
    this.#log = log;
    this.#options = { batchSize: 500, pollMs: 2000, standbyMs: 1000, progressLimitMs: 120_000, ...options };
  }

  start(): void {
    if (this.#loop) return;
    this.#stopListening = this.#source.onWake(() => this.#wake.ring());
    this.#loop = this.#run();
  }

  /** Finishes the batch on its way and gives the lock back. */
  async stop(): Promise<void> {
    this.#stopping = true;
    this.#wake.ring();
    this.#end.ring();
    await this.#loop;
    this.#stopListening?.();
  }

  progress(): OutboxProgress {
    return {
      active: this.#active,
      live: Date.now() - this.#lastProgress < this.#options.progressLimitMs,
      published: this.#published,
      lastProgressAt: new Date(this.#lastProgress).toISOString(),
      ...(this.#trouble === undefined ? {} : { trouble: this.#trouble }),
    };
  }

  async #run(): Promise<void> {
    while (!this.#stopping) {
      try {
        const lease = await this.#source.acquire();
        this.#lastProgress = Date.now();
        if (lease) await this.#work(lease);
        // Not at every wake: each try is a new connection, and the rows are another relay's work.
        else await this.#end.wait(this.#options.standbyMs);
      } catch (error) {
        await this.#backOff(error);
      }
    }
  }

  async #work(lease: OutboxLease): Promise<void> {
    this.#active = true;
    try {
      while (!this.#stopping) await this.#round(lease);
    } finally {
      this.#active = false;
      await this.#release(lease);
    }
  }

  async #round(lease: OutboxLease): Promise<void> {
    const rows = await lease.nextBatch(this.#options.batchSize);
    this.#lastProgress = Date.now();
    if (rows.length === 0) {
      this.#trouble = undefined;
      await this.#wake.wait(this.#options.pollMs);
      return;
    }
    await failPoint('outbox:before-publish');
    await this.#bus.publish(rows.map((row) => row.record));
    await failPoint('outbox:after-publish');
    await lease.markPublished(rows.map((row) => row.position));
    this.#published += rows.length;
    this.#failures = 0;
    this.#trouble = undefined;
  }

  async #release(lease: OutboxLease): Promise<void> {
    try {
      await lease.release();
    } catch (error) {
      this.#log.warn(`the outbox lock went with its session: ${describeCause(error)}`);
    }
  }

  /** The failure is known, so the relay is at work: only a round that never ends counts against it. */
  async #backOff(error: unknown): Promise<void> {
    this.#lastProgress = Date.now();
    this.#trouble = describeCause(error);
    const pause = Math.min(LONGEST_BACK_OFF_MS, 200 * 2 ** this.#failures);
    this.#failures += 1;
    this.#log.warn(`the outbox waits ${pause} ms: ${this.#trouble}`);
    await this.#end.wait(pause);
  }
}
