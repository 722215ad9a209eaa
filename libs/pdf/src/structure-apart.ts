import { LimitExceeded, programBeside, ProcessPool, WorkFailed } from '@qlvb/limited-process';
import type { ProcessLimits } from '@qlvb/limited-process';
import type { StructureVerdict } from './structure.ts';

/** For one file. @source VER-07 */
const READING_LIMITS: ProcessLimits = { milliseconds: 30_000, memoryBytes: 512 * 2 ** 20 };
/** Files read at once, each in a process of its own with the whole file in memory. */
const AT_ONCE = 2;

/** `judgeStructure` for files from outside, in processes with limits that are kept for the next file. */
export class StructureReader {
  readonly #pool: ProcessPool;

  constructor(limits: ProcessLimits = READING_LIMITS) {
    const program = programBeside('./structure.worker', import.meta.url);
    this.#pool = new ProcessPool(program, limits, { atOnce: AT_ONCE, maxWaiting: 100 });
  }

  /**
   * @param bytes loads the file when its turn has come
   * @throws SemaphoreFull; Error when the process cannot be had, and what `bytes` throws
   */
  async judge(bytes: () => Promise<Uint8Array>): Promise<StructureVerdict> {
    try {
      return await this.#pool.run(async (process) => process.ask<StructureVerdict>(await bytes()));
    } catch (error) {
      if (error instanceof LimitExceeded) return { fault: 'too-complex', detail: error.message };
      if (error instanceof WorkFailed) return { fault: 'damaged', detail: error.message };
      throw error;
    }
  }

  /** Resolves when its processes are gone. */
  end(): Promise<void> {
    return this.#pool.end();
  }
}
