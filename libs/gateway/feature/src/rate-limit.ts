/** A token bucket per caller: `perMinute` requests a minute, in bursts of at most as many. @source SEC-S06 */
export class RateLimit {
  readonly #perMinute: number;
  readonly #buckets = new Map<string, { tokens: number; at: number }>();
  #sweptAt = 0;

  constructor(perMinute: number) {
    this.#perMinute = perMinute;
  }

  /** @returns 0 when the request may pass, else the seconds to wait */
  take(caller: string, now = performance.now()): number {
    this.#sweep(now);
    const tokens = this.#tokens(caller, now);
    this.#buckets.set(caller, { tokens: tokens >= 1 ? tokens - 1 : tokens, at: now });
    return this.#wait(tokens);
  }

  #tokens(caller: string, now: number): number {
    const bucket = this.#buckets.get(caller) ?? { tokens: this.#perMinute, at: now };
    return Math.min(this.#perMinute, bucket.tokens + ((now - bucket.at) * this.#perMinute) / 60_000);
  }

  #wait(tokens: number): number {
    return tokens >= 1 ? 0 : Math.ceil(((1 - tokens) * 60) / this.#perMinute);
  }

  /** A bucket that has been full for a while is the same as none. */
  #sweep(now: number): void {
    if (now - this.#sweptAt < 60_000) return;
    this.#sweptAt = now;
    for (const [caller, { at }] of this.#buckets) if (now - at > 60_000) this.#buckets.delete(caller);
  }
}
