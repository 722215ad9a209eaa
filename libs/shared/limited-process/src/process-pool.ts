import { LimitedProcess } from './limited-process.ts';
import type { ProcessLimits } from './limited-process.ts';
import { Semaphore } from './semaphore.ts';

export interface PoolLimits {
  /** Processes at work at once. */
  readonly atOnce: number;
  /** Pieces of work that may wait; by default any number. */
  readonly maxWaiting?: number;
  /** After so long without work a process ends; by default 30 s. */
  readonly restMs?: number;
}

/** What a process may hold on to and still be kept. */
const KEPT_BYTES = 200 * 2 ** 20;

/** Processes for one kind of work, kept for a while: starting one takes longer than most of the work. */
export class ProcessPool {
  readonly #program: string;
  readonly #limits: ProcessLimits;
  readonly #restMs: number;
  readonly #semaphore: Semaphore;
  readonly #resting = new Map<LimitedProcess, NodeJS.Timeout>();

  constructor(program: string, limits: ProcessLimits, { atOnce, maxWaiting = Infinity, restMs = 30_000 }: PoolLimits) {
    this.#program = program;
    this.#limits = limits;
    this.#restMs = restMs;
    this.#semaphore = new Semaphore(atOnce, { maxWaiting });
  }

  /** A process that failed once, or holds much memory, is not used again. @throws SemaphoreFull, and what `work` throws */
  run<T>(work: (process: LimitedProcess) => Promise<T>): Promise<T> {
    return this.#semaphore.run(async () => {
      const process = this.#wake() ?? new LimitedProcess(this.#program, this.#limits);
      try {
        const answer = await work(process);
        if ((await process.residentBytes()) > KEPT_BYTES) await process.end();
        else this.#rest(process);
        return answer;
      } catch (error) {
        await process.end();
        throw error;
      }
    });
  }

  /** Ends what rests. */
  async end(): Promise<void> {
    for (let process = this.#wake(); process; process = this.#wake()) await process.end();
  }

  #wake(): LimitedProcess | undefined {
    for (const [process, timer] of this.#resting) {
      clearTimeout(timer);
      this.#resting.delete(process);
      if (process.isUsable) return process;
    }
    return undefined;
  }

  #rest(process: LimitedProcess): void {
    const timer = setTimeout(() => {
      this.#resting.delete(process);
      void process.end();
    }, this.#restMs);
    timer.unref();
    process.letParentEnd();
    this.#resting.set(process, timer);
  }
}
