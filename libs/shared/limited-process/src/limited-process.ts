import { fork } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { extname } from 'node:path';
import { fileURLToPath } from 'node:url';

/** What a piece of work in a process of its own may cost. */
export interface ProcessLimits {
  /** For each question. */
  readonly milliseconds: number;
  /** All memory of the process, whatever it is used for. */
  readonly memoryBytes: number;
  /** Ends the work at once, with its reason, when nobody wants it any more. */
  readonly signal?: AbortSignal | undefined;
}

/** The work was ended because it asked for too much. */
export class LimitExceeded extends Error {
  constructor(limit: string) {
    super(`the work exceeded its limit of ${limit}`);
    this.name = 'LimitExceeded';
  }
}

/** The work itself failed, with this message. Anything else that is thrown is no fault of what was worked on. */
export class WorkFailed extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'WorkFailed';
  }
}

/** How much of a question is answered. */
export type Tell = (done: number, total: number) => void;

type Reply =
  { readonly answer: unknown } | { readonly failure: string } | { readonly done: number; readonly total: number };

const MEMORY_CHECK_MS = 25;
const PAGE_BYTES = 4096;
/** How V8 ends a process whose heap is full. */
const OUT_OF_HEAP: ReadonlySet<NodeJS.Signals | null> = new Set<NodeJS.Signals>(['SIGABRT', 'SIGTRAP', 'SIGILL']);

/** A program beside the module that starts it, compiled or not: `programBeside('./reading.worker', import.meta.url)`. */
export const programBeside = (path: string, beside: string): string =>
  fileURLToPath(new URL(`${path}${extname(beside)}`, beside));

/**
 * A process for work whose cost the input decides: it cannot hold up or bring down its parent, sees none of its secrets, and
 * is killed when it takes too long or too much memory. Questions are asked one after the other.
 */
export class LimitedProcess {
  readonly #child: ChildProcess;
  readonly #limits: ProcessLimits;
  #open: PromiseWithResolvers<unknown> | undefined;
  #told: Tell | undefined;
  #ended: Error | undefined;

  constructor(program: string, limits: ProcessLimits) {
    this.#limits = limits;
    const { PATH, TMPDIR } = process.env;
    this.#child = fork(program, [], {
      serialization: 'advanced',
      // A Ctrl-C at the terminal is for its parent, which still wants the answer.
      detached: true,
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
      execArgv: [...process.execArgv, `--max-old-space-size=${Math.ceil(limits.memoryBytes / 2 ** 20)}`],
      env: { PATH, ...(TMPDIR === undefined ? {} : { TMPDIR }) },
    });
    this.#child.on('message', (reply: Reply) => {
      if ('answer' in reply) this.#open?.resolve(reply.answer);
      else if ('done' in reply) this.#told?.(reply.done, reply.total);
      else this.#over(new WorkFailed(reply.failure));
    });
    this.#child.on('error', (error) => this.#over(error));
    this.#child.on('exit', (code, signal) =>
      this.#over(
        OUT_OF_HEAP.has(signal) ? new LimitExceeded('memory') : new Error(`the process ended with ${signal ?? code}`),
      ),
    );
  }

  /**
   * @param told called when the process says how far it is
   * @throws LimitExceeded, WorkFailed, or what else ended the process
   */
  async ask<Answer>(question: unknown, told?: Tell): Promise<Answer> {
    if (this.#ended) throw this.#ended;
    this.#told = told;
    this.#child.ref();
    this.#child.channel?.ref();
    const { milliseconds, signal } = this.#limits;
    const open = (this.#open = Promise.withResolvers<unknown>());
    const timer = setTimeout(() => this.#over(new LimitExceeded(`${milliseconds} ms`)), milliseconds);
    const watch = setInterval(() => void this.#checkMemory(), MEMORY_CHECK_MS);
    const stop = (): void => this.#over(signal?.reason as Error);
    signal?.addEventListener('abort', stop, { once: true });
    if (signal?.aborted) stop();
    try {
      this.#child.send(question as object, (error) => {
        if (error) this.#over(error);
      });
      return (await open.promise) as Answer;
    } finally {
      clearTimeout(timer);
      clearInterval(watch);
      signal?.removeEventListener('abort', stop);
      this.#open = undefined;
    }
  }

  /** Whether another question can be asked. */
  get isUsable(): boolean {
    return this.#ended === undefined && this.#child.connected;
  }

  /** While it has nothing to answer it does not keep its parent alive, and ends with it. */
  letParentEnd(): void {
    this.#child.unref();
    this.#child.channel?.unref();
  }

  /** All its memory, in bytes; 0 where the system does not tell. */
  async residentBytes(): Promise<number> {
    const sizes = await readFile(`/proc/${this.#child.pid}/statm`, 'utf8').catch(() => '');
    return Number(sizes.split(' ')[1] ?? 0) * PAGE_BYTES;
  }

  /** As the death of this process would. */
  disconnect(): void {
    if (this.#child.connected) this.#child.disconnect();
  }

  /** Resolves when the process is gone. */
  async end(): Promise<void> {
    const { exitCode, signalCode, pid } = this.#child;
    if (pid === undefined || exitCode !== null || signalCode !== null) return;
    const gone = new Promise((done) => this.#child.once('exit', done));
    this.#child.kill('SIGKILL');
    await gone;
  }

  /** What a stream inflates to lies outside the heap: only the system knows. Where it does not tell, the heap's limit stands alone. */
  async #checkMemory(): Promise<void> {
    if ((await this.residentBytes()) > this.#limits.memoryBytes) this.#over(new LimitExceeded('memory'));
  }

  #over(error: Error): void {
    this.#ended ??= error;
    this.#open?.reject(this.#ended);
  }
}

/** The other side: answers each question with what `work` makes of it; ends when its parent is gone. */
export function answerWith<Question>(work: (question: Question, tell: Tell) => unknown): void {
  const tell: Tell = (done, total) => process.send?.({ done, total });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => undefined);
  process.on('disconnect', () => process.exit(0));
  process.on('message', (question) => {
    void (async () => {
      try {
        process.send?.({ answer: await work(question as Question, tell) });
      } catch (error) {
        process.send?.({ failure: error instanceof Error ? (error.stack ?? error.message) : String(error) });
      }
    })();
  });
}
