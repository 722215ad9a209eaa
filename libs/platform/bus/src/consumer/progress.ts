/** What a subscription is doing, for health checks and metrics. */
export interface SubscriptionProgress {
  readonly group: string;
  readonly topics: readonly string[];
  /** False when work waits, or the broker is to be asked, and nothing has ended for longer than the limit. */
  readonly live: boolean;
  /** Fetched and not finished. */
  readonly pending: number;
  readonly running: number;
  /** Keys whose first record waits for another attempt. */
  readonly retrying: number;
  readonly handled: number;
  readonly failedAttempts: number;
  readonly deadLettered: number;
  /** When something last ended: an attempt, or a question to the broker. */
  readonly lastProgressAt: string;
  /** Why the consumer does not run at the moment. */
  readonly trouble?: string;
}

/** Remembers when something last ended; liveness is judged by that and never by a connection being open. */
export class Progress {
  readonly #limitMs: number;
  #lastFetch = Date.now();
  #lastAttempt = Date.now();
  handled = 0;
  failedAttempts = 0;
  deadLettered = 0;
  trouble: string | undefined;

  constructor(limitMs: number) {
    this.#limitMs = limitMs;
  }

  /** The broker answered, or was found to be away: either way the consumer is at work. */
  fetched(): void {
    this.#lastFetch = Date.now();
  }

  attempted(): void {
    this.#lastAttempt = Date.now();
  }

  /** Work arrived after none was there: the clock of the attempts starts now. */
  began(): void {
    this.#lastAttempt = Date.now();
  }

  get lastProgressAt(): string {
    return new Date(Math.max(this.#lastFetch, this.#lastAttempt)).toISOString();
  }

  isLive(work: { pending: number; oldestStart: number | undefined; paused: boolean }): boolean {
    const since = (at: number): number => Date.now() - at;
    if (since(this.#lastFetch) > this.#limitMs) return false;
    if (work.oldestStart !== undefined && since(work.oldestStart) > this.#limitMs) return false;
    return work.paused || work.pending === 0 || since(this.#lastAttempt) <= this.#limitMs;
  }
}
