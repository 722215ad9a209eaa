import { extname } from 'node:path';
import { parentPort, Worker } from 'node:worker_threads';

/** What a piece of work in a thread of its own may cost. */
export interface ThreadLimits {
  /** For each question. */
  readonly milliseconds: number;
  /** Heap of the thread. */
  readonly heapBytes: number;
  /**
   * Growth of the whole process while a question is open, for libraries that inflate outside the heap without a limit of
   * their own. Work beside it counts too, so it is no measure where much goes on at once.
   */
  readonly residentBytes?: number;
}

/** The work was ended because it asked for too much; the process is unharmed. */
export class ThreadLimitExceeded extends Error {
  constructor(limit: string) {
    super(`the thread exceeded its limit of ${limit}`);
    this.name = 'ThreadLimitExceeded';
  }
}

const RESIDENT_CHECK_MS = 25;

/** A program beside the module that starts it, compiled or not: `threadProgram('./reading.worker', import.meta.url)`. */
export const threadProgram = (path: string, beside: string): URL => new URL(`${path}${extname(beside)}`, beside);

/**
 * A thread for work whose cost the input decides: it cannot hold up the process, and is ended when it takes too long or too
 * much memory. Questions are asked one after the other.
 */
export class LimitedThread {
  readonly #worker: Worker;
  readonly #limits: ThreadLimits;
  #open: PromiseWithResolvers<unknown> | undefined;
  #ended: Error | undefined;

  constructor(program: URL, limits: ThreadLimits) {
    this.#limits = limits;
    this.#worker = new Worker(program, {
      resourceLimits: { maxOldGenerationSizeMb: Math.ceil(limits.heapBytes / 2 ** 20), stackSizeMb: 8 },
      stdout: true,
      stderr: true,
    });
    this.#worker.on('message', (answer: unknown) => this.#open?.resolve(answer));
    this.#worker.on('error', (error) => this.#over(isOutOfMemory(error) ? new ThreadLimitExceeded('memory') : error));
    this.#worker.on('exit', () => this.#over(new Error('the thread ended without an answer')));
  }

  /** @throws ThreadLimitExceeded, or what ended the thread */
  async ask<Answer>(question: unknown, transfer: readonly ArrayBuffer[] = []): Promise<Answer> {
    if (this.#ended) throw this.#ended;
    const { milliseconds, residentBytes } = this.#limits;
    const open = (this.#open = Promise.withResolvers<unknown>());
    const exceeded = (limit: string): void => open.reject(new ThreadLimitExceeded(limit));
    const before = process.memoryUsage.rss();
    const timer = setTimeout(() => exceeded(`${milliseconds} ms`), milliseconds);
    const watch =
      residentBytes === undefined
        ? undefined
        : setInterval(() => {
            if (process.memoryUsage.rss() - before > residentBytes) exceeded('memory');
          }, RESIDENT_CHECK_MS);
    try {
      this.#worker.postMessage(question, [...transfer]);
      return (await open.promise) as Answer;
    } finally {
      clearTimeout(timer);
      clearInterval(watch);
      this.#open = undefined;
    }
  }

  async end(): Promise<void> {
    await this.#worker.terminate();
  }

  #over(error: Error): void {
    this.#ended ??= error;
    this.#open?.reject(this.#ended);
  }
}

/** The thread's side: answers each question with what `work` makes of it; an error ends the thread. */
export function answerWith<Question, Answer>(work: (question: Question) => Promise<Answer> | Answer): void {
  parentPort?.on('message', (question: Question) => {
    void (async () => {
      parentPort?.postMessage(await work(question));
    })();
  });
}

const isOutOfMemory = (error: unknown): boolean => (error as NodeJS.ErrnoException).code === 'ERR_WORKER_OUT_OF_MEMORY';
