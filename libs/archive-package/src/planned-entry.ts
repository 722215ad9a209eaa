import type { Readable } from 'node:stream';

/** One file of a package that is about to be written; its size and digest are already known. */
export interface PlannedEntry {
  /** Relative to the package's root folder, with `/`. */
  readonly path: string;
  readonly mimeType: string;
  readonly sizeBytes: number;
  /** Lower-case hex. */
  readonly sha256: string;
  readonly createdAt: Date;
  open(): Readable | Promise<Readable>;
}
