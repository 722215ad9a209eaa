import { fork } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { LogFile } from './log-file.ts';

export interface ProcessPlan {
  readonly name: string;
  /** Compiled main module. */
  readonly program: string;
  readonly env: Readonly<Record<string, string>>;
  /** Answers 200 when the process can take work. */
  readonly readyUrl: string;
}

const RESTART_DELAYS_MS = [100, 300, 1000, 3000, 10_000];
const STOP_LIMIT_MS = 15_000;
/** So long that only what hangs meets it: a busy machine takes minutes for what an idle one does in seconds. */
const START_LIMIT_MS = 300_000;
const STABLE_MS = 30_000;

interface Running {
  child: ChildProcess;
  /** It has said by itself that it listens: whoever answers on its port before is somebody else. */
  listening: boolean;
  failures: number;
  startedAt: number;
}

/** Keeps a set of processes running: one that ends by itself is started again, with growing delays. */
export class Supervisor {
  readonly #plans = new Map<string, ProcessPlan>();
  readonly #running = new Map<string, Running>();
  readonly #logs = new Map<string, LogFile>();
  readonly #logFolder: string;
  readonly #onEvent: (line: string) => void;
  #stopping = false;

  constructor(logFolder: string, onEvent: (line: string) => void) {
    this.#logFolder = logFolder;
    this.#onEvent = onEvent;
  }

  /** @throws Error when the process does not become ready in time */
  async start(plan: ProcessPlan, limitMs = START_LIMIT_MS): Promise<void> {
    this.#plans.set(plan.name, plan);
    this.#launch(plan, 0);
    const deadline = Date.now() + limitMs;
    while (Date.now() < deadline && !this.#stopping) {
      const running = this.#running.get(plan.name);
      if (running?.listening && (await answers(plan.readyUrl))) return;
      if (running && running.failures >= 3) break;
      await new Promise((done) => setTimeout(done, 50));
    }
    if (!this.#stopping) throw new Error(`${plan.name} did not become ready: see ${this.#logFile(plan.name)}`);
  }

  /** Ends every process in turn of the given names, then all others together. */
  async stop(first: readonly string[]): Promise<void> {
    this.#stopping = true;
    for (const name of first) await this.#end(name);
    await Promise.all([...this.#running.keys()].map((name) => this.#end(name)));
  }

  #launch(plan: ProcessPlan, failures: number): void {
    const child = fork(plan.program, [], {
      env: plan.env,
      // A Ctrl-C at the terminal is for the launcher, which ends everything in order.
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      execArgv: ['--enable-source-maps'],
    });
    const log = this.#log(plan.name);
    for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk: Buffer) => log.append(chunk));
    const launched: Running = { child, listening: false, failures, startedAt: Date.now() };
    this.#running.set(plan.name, launched);
    child.on('message', (message) => {
      launched.listening ||= (message as { type?: unknown }).type === 'ready';
    });
    this.#tellPids();
    child.once('exit', (code, signal) => {
      const running = this.#running.get(plan.name);
      if (running?.child !== child || this.#stopping) return;
      const again = Date.now() - running.startedAt > STABLE_MS ? 0 : failures;
      const delay = RESTART_DELAYS_MS[Math.min(again, RESTART_DELAYS_MS.length - 1)] ?? 1000;
      running.failures = again + 1;
      this.#onEvent(`${plan.name} ended (${signal ?? code}); starting it again in ${delay} ms`);
      setTimeout(() => {
        if (!this.#stopping) this.#launch(plan, again + 1);
      }, delay);
    });
  }

  /** Says which process is which, for operators and crash tests: a reader sees the old or the new file whole. */
  #tellPids(): void {
    const pids = Object.fromEntries([...this.#running].map(([name, { child }]) => [name, child.pid]));
    const file = join(this.#logFolder, 'processes.json');
    try {
      writeFileSync(`${file}.new`, JSON.stringify(pids));
      renameSync(`${file}.new`, file);
    } catch (error) {
      // Nobody's work hangs on it: the next process that starts tells again.
      this.#onEvent(`${file} cannot be written: ${(error as Error).message}`);
    }
  }

  async #end(name: string): Promise<void> {
    const running = this.#running.get(name);
    if (!running) return;
    this.#running.delete(name);
    const { child } = running;
    if (child.exitCode !== null || child.signalCode !== null) return;
    const gone = new Promise<void>((done) => child.once('exit', () => done()));
    child.kill('SIGTERM');
    const timer = setTimeout(() => {
      this.#onEvent(`${name} did not stop in ${STOP_LIMIT_MS / 1000} s and was killed`);
      child.kill('SIGKILL');
    }, STOP_LIMIT_MS);
    await gone;
    clearTimeout(timer);
  }

  #logFile(name: string): string {
    return join(this.#logFolder, `${name}.log`);
  }

  #log(name: string): LogFile {
    const log = this.#logs.get(name) ?? new LogFile(this.#logFile(name), this.#onEvent);
    this.#logs.set(name, log);
    return log;
  }
}

async function answers(url: string): Promise<boolean> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(2000) });
    await response.body?.cancel();
    return response.ok;
  } catch {
    // Not listening yet: the caller asks again until its limit.
    return false;
  }
}
