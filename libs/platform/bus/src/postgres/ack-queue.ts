import type { Pool } from 'pg';
import type { BusLog } from '../bus-log.ts';
import { describeCause } from '../dead-letter.ts';

export interface Ack {
  readonly partition: number;
  readonly lane: number;
  readonly seq: string;
}

const RETRY_MS = 500;

/** Confirms finished deliveries, many in one statement, and tries again until the database has taken them. */
export class AckQueue {
  readonly #pool: Pool;
  readonly #group: number;
  readonly #log: BusLog;
  readonly #onConfirmed: (acks: readonly Ack[]) => void;
  #waiting: Ack[] = [];
  #flushing: Promise<void> | undefined;
  #abandoned = false;

  constructor(pool: Pool, group: number, log: BusLog, onConfirmed: (acks: readonly Ack[]) => void) {
    this.#pool = pool;
    this.#group = group;
    this.#log = log;
    this.#onConfirmed = onConfirmed;
  }

  add(ack: Ack): void {
    this.#waiting.push(ack);
    this.#flushing ??= this.#flush();
  }

  /** Resolves when nothing waits to be confirmed, or at the limit. */
  async settle(limitMs: number): Promise<void> {
    const limit = setTimeout(() => (this.#abandoned = true), limitMs);
    while (this.#flushing) await this.#flushing;
    clearTimeout(limit);
  }

  async #flush(): Promise<void> {
    // One turn of the loop lets acknowledgements of the same moment travel together.
    await new Promise((resolve) => setImmediate(resolve));
    while (this.#waiting.length > 0 && !this.#abandoned) {
      const acks = this.#waiting.splice(0, 1000);
      try {
        await this.#pool.query('SELECT bus.confirm($1, $2, $3, $4)', [
          this.#group,
          acks.map((a) => a.partition),
          acks.map((a) => a.lane),
          acks.map((a) => a.seq),
        ]);
        this.#onConfirmed(acks);
      } catch (error) {
        this.#waiting.unshift(...acks);
        this.#log.warn(`confirmations wait: ${describeCause(error)}`);
        await new Promise((resolve) => setTimeout(resolve, RETRY_MS));
      }
    }
    this.#flushing = undefined;
  }
}
