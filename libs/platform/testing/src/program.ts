import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

/** A program of a test in a process of its own. */
export interface TestProgram {
  /** Its next line of output. @throws Error with what it wrote to stderr when it ends instead */
  line(): Promise<string>;
  /** SIGKILL; resolves when it is gone. */
  kill(): Promise<void>;
}

/** Runs a TypeScript file of the workspace under this Node with one JSON argument. It does not outlive the test run. */
export function startProgram(file: string, order: unknown): TestProgram {
  const child = spawn(
    process.execPath,
    ['--import', join(import.meta.dirname, 'aliases.mjs'), file, JSON.stringify(order)],
    {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, NODE_OPTIONS: '--disable-warning=ExperimentalWarning' },
    },
  );
  const end = (): boolean => child.kill('SIGKILL');
  process.once('exit', end);
  let errors = '';
  child.stderr.on('data', (chunk: Buffer) => (errors += chunk.toString()));
  const gone = once(child, 'close').then(() => process.off('exit', end));
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  return {
    line: async () => {
      const { value, done } = await lines.next();
      if (!done) return value;
      await gone;
      throw new Error(`${file} ended with ${child.exitCode ?? child.signalCode}: ${errors}`);
    },
    kill: async () => {
      end();
      await gone;
    },
  };
}
