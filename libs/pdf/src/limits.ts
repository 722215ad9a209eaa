import { LIMITS } from '@qlvb/records';
import { PdfTooComplex } from './pdf.problems.ts';

/** What reading one file may cost. A limit that is met ends the reading with a named fault, never with a crash. @source VER-07, ATT-30 */
export interface PdfLimits {
  readonly fileBytes: number;
  readonly milliseconds: number;
  readonly streamBytes: number;
  readonly inflatedBytes: number;
  readonly objects: number;
  readonly depth: number;
  readonly revisions: number;
  readonly signatures: number;
}

export const DEFAULT_LIMITS: PdfLimits = {
  fileBytes: LIMITS.file.bytes,
  milliseconds: 30_000,
  streamBytes: 64 * 2 ** 20,
  inflatedBytes: 256 * 2 ** 20,
  objects: 200_000,
  depth: 64,
  revisions: 400,
  signatures: 200,
};

/** Counts what one piece of work has used; shared by every revision of a file that is looked at. @source VER-07 */
export class Budget {
  readonly limits: PdfLimits;
  readonly #deadline: number;
  #inflated = 0;
  #steps = 0;

  constructor(limits: PdfLimits = DEFAULT_LIMITS) {
    this.limits = limits;
    this.#deadline = performance.now() + limits.milliseconds;
  }

  /** To be called in every loop whose length the file decides. */
  step(): void {
    this.#steps += 1;
    if (this.#steps % 512 === 0 && performance.now() > this.#deadline) throw PdfTooComplex({ limit: 'time' });
  }

  inflated(bytes: number): void {
    this.#inflated += bytes;
    if (this.#inflated > this.limits.inflatedBytes) throw PdfTooComplex({ limit: 'decompressed bytes' });
    if (performance.now() > this.#deadline) throw PdfTooComplex({ limit: 'time' });
  }

  depth(depth: number): void {
    if (depth > this.limits.depth) throw PdfTooComplex({ limit: 'nesting' });
  }
}
