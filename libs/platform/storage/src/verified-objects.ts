import { createHash } from 'node:crypto';
import type { Readable } from 'node:stream';
import { digestOf } from './object-key.ts';
import { ObjectCorrupt } from './storage.problems.ts';

/** For so long a range is given without reading the whole object again. */
const KNOWN_MS = 5 * 60 * 1000;
const MAX_KNOWN = 1_000;

interface Known {
  /** What the store says of the copy whose bytes were read: another copy has another stamp. */
  readonly stamp: string;
  readonly until: number;
}

/** Copies of objects whose digest this process has found to be right a short while ago. */
export class VerifiedObjects {
  readonly #known = new Map<string, Known>();
  readonly #underWay = new Map<string, Promise<string>>();

  readonly #now: () => number;

  constructor(now: () => number = Date.now) {
    this.#now = now;
  }

  /** The stamp of a copy that is known to be right, else that of the copy that `read` reads now; one reading for all who ask. */
  async stamp(key: string, read: () => Promise<string>): Promise<string> {
    const known = this.#known.get(key);
    if (known && known.until > this.#now()) return known.stamp;
    const underWay = this.#underWay.get(key) ?? this.#read(key, read);
    this.#underWay.set(key, underWay);
    return underWay;
  }

  /** The copy is another one now. */
  forget(key: string): void {
    this.#known.delete(key);
  }

  async #read(key: string, read: () => Promise<string>): Promise<string> {
    try {
      const stamp = await read();
      this.#known.delete(key);
      this.#known.set(key, { stamp, until: this.#now() + KNOWN_MS });
      for (const [oldest] of this.#known) {
        if (this.#known.size <= MAX_KNOWN) break;
        this.#known.delete(oldest);
      }
      return stamp;
    } finally {
      this.#underWay.delete(key);
    }
  }
}

/** Reads all bytes of an object and keeps none. @throws ObjectCorrupt */
export async function assertWhole(key: string, bytes: Readable): Promise<void> {
  const hash = createHash('sha256');
  for await (const chunk of bytes as AsyncIterable<Buffer>) hash.update(chunk);
  if (hash.digest('hex') !== digestOf(key)) throw ObjectCorrupt({ key });
}
