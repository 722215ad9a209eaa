/** Which offsets of one assigned partition are at work, and up to where everything is done. */
export class OffsetTracker {
  readonly #unfinished = new Set<number>();
  #next: number;
  /** What the broker was told last. */
  committed: number;

  /** @param first the first offset delivered under this assignment */
  constructor(first: number) {
    this.#next = first;
    this.committed = first;
  }

  /** The offset after the highest one begun. */
  get next(): number {
    return this.#next;
  }

  /** From the lowest unfinished offset to the highest begun: what a crash would bring again. */
  get span(): number {
    return this.#next - this.watermark;
  }

  /** Everything below is done: the offset to commit. */
  get watermark(): number {
    for (const lowest of this.#unfinished) return lowest;
    return this.#next;
  }

  /** Offsets are begun in ascending order. */
  begin(offset: number): void {
    this.#unfinished.add(offset);
    this.#next = offset + 1;
  }

  finish(offset: number): void {
    this.#unfinished.delete(offset);
  }
}
