import { LimitedProcess, LimitExceeded, programBeside, WorkFailed } from '@qlvb/limited-process';
import type { ProcessLimits } from '@qlvb/limited-process';
import type { RehearsalOrder, RehearsalOutcome } from './rehearsal.ts';

/** For one file. @source VER-07 */
const REHEARSAL_LIMITS: ProcessLimits = { milliseconds: 30_000, memoryBytes: 1024 * 2 ** 20 };

/** `rehearseSigning` for the files of one draft, in a process of its own, as they may come from anybody. */
export class RehearsalProcess {
  readonly #limits: ProcessLimits;
  #process: LimitedProcess | undefined;

  constructor(limits: ProcessLimits = REHEARSAL_LIMITS) {
    this.#limits = limits;
  }

  /**
   * @throws WorkFailed when the file makes the rehearsal itself stumble; Error when the process cannot be had
   * @source VER-07
   */
  async rehearse(order: RehearsalOrder): Promise<RehearsalOutcome> {
    this.#process ??= new LimitedProcess(programBeside('./rehearsal.worker', import.meta.url), this.#limits);
    try {
      return await this.#process.ask<RehearsalOutcome>(order);
    } catch (error) {
      if (error instanceof LimitExceeded || error instanceof WorkFailed) await this.end();
      if (error instanceof LimitExceeded) return { obstacle: 'too-complex' };
      throw error;
    }
  }

  async end(): Promise<void> {
    await this.#process?.end();
    this.#process = undefined;
  }
}
