/** Nothing more is taken on: as much as may wait waits already, for everybody or for one. */
export class SemaphoreFull extends Error {
  constructor() {
    super('too much work waits already');
    this.name = 'SemaphoreFull';
  }
}

export interface SemaphoreLimits {
  /** Pieces of work that may wait; by default any number. */
  readonly maxWaiting?: number;
  /** Pieces of work of one key, running and waiting; by default any number. */
  readonly maxPerKey?: number;
}

/** At most n at once. Of those that wait, the key with the least under way comes first, then whoever came first. */
export class Semaphore {
  #free: number;
  readonly #limits: Required<SemaphoreLimits>;
  readonly #running = new Map<string, number>();
  readonly #waiting: { readonly key: string; readonly start: () => void }[] = [];

  constructor(count: number, { maxWaiting = Infinity, maxPerKey = Infinity }: SemaphoreLimits = {}) {
    this.#free = count;
    this.#limits = { maxWaiting, maxPerKey };
  }

  /** @param key whose work it is, for instance an agency @throws SemaphoreFull, and what `work` throws */
  async run<T>(work: () => Promise<T>, key = ''): Promise<T> {
    const own = this.#underWay(key) + this.#waiting.filter((entry) => entry.key === key).length;
    const isFull = this.#free === 0 && this.#waiting.length >= this.#limits.maxWaiting;
    if (isFull || own >= this.#limits.maxPerKey) throw new SemaphoreFull();
    if (this.#free > 0) this.#take(key);
    else await new Promise<void>((start) => this.#waiting.push({ key, start }));
    try {
      return await work();
    } finally {
      this.#release(key);
    }
  }

  #underWay(key: string): number {
    return this.#running.get(key) ?? 0;
  }

  #take(key: string): void {
    this.#free -= 1;
    this.#running.set(key, this.#underWay(key) + 1);
  }

  #release(key: string): void {
    this.#free += 1;
    if (this.#underWay(key) === 1) this.#running.delete(key);
    else this.#running.set(key, this.#underWay(key) - 1);
    const fewest = Math.min(...this.#waiting.map((entry) => this.#underWay(entry.key)));
    const next = this.#waiting.findIndex((entry) => this.#underWay(entry.key) === fewest);
    const [entry] = next < 0 ? [] : this.#waiting.splice(next, 1);
    if (!entry) return;
    this.#take(entry.key);
    entry.start();
  }
}
