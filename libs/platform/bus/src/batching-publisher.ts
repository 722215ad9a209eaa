import type { BusRecord } from './bus-record.ts';

interface Waiting {
  readonly records: readonly BusRecord[];
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

const MOST_RECORDS_AT_ONCE = 1000;

/**
 * Sends one batch at a time, in the order of the calls, and lets what arrives meanwhile travel together. One at a time
 * is what keeps a key's order when a broker fails in between.
 */
export class BatchingPublisher {
  readonly #send: (records: readonly BusRecord[]) => Promise<void>;
  #waiting: Waiting[] = [];
  #sending: Promise<void> | undefined;

  constructor(send: (records: readonly BusRecord[]) => Promise<void>) {
    this.#send = send;
  }

  async publish(records: readonly BusRecord[]): Promise<void> {
    if (records.length === 0) return;
    const result = new Promise<void>((resolve, reject) => this.#waiting.push({ records, resolve, reject }));
    this.#sending ??= this.#drain();
    await result;
  }

  /** Resolves when every call so far has its answer. */
  async settle(): Promise<void> {
    await this.#sending;
  }

  async #drain(): Promise<void> {
    while (this.#waiting.length > 0) {
      const batch = this.#take();
      try {
        await this.#send(batch.flatMap((waiting) => waiting.records));
        for (const waiting of batch) waiting.resolve();
      } catch (error) {
        for (const waiting of batch) waiting.reject(error);
      }
    }
    this.#sending = undefined;
  }

  #take(): Waiting[] {
    let size = 0;
    const end = this.#waiting.findIndex((waiting) => (size += waiting.records.length) > MOST_RECORDS_AT_ONCE);
    return this.#waiting.splice(0, end === -1 ? this.#waiting.length : Math.max(1, end));
  }
}
