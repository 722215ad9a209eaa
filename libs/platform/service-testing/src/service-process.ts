import { fork } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { join, resolve } from 'node:path';
import type { TestService } from './test-service.ts';

const root = resolve(import.meta.dirname, '../../../..');

export interface ServiceProcess {
  readonly child: ChildProcess;
  readonly url: string;
  /** The signal that ended it, if one did. */
  readonly exited: Promise<NodeJS.Signals | null>;
}

/**
 * The built program of a service beside the service under test, on the same database, bus and store: something that can be killed.
 *
 * @throws Error when it ends before it is ready
 */
export async function startServiceProcess(
  { environment }: TestService,
  service: string,
  env: Readonly<Record<string, string>> = {},
): Promise<ServiceProcess> {
  const child = fork(join(root, `dist/apps/${service}/src/main.js`), [], {
    env: { PATH: process.env['PATH'], ...environment, QLVB_LOG_LEVEL: 'error', NODE_ENV: 'test', ...env },
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    execArgv: [],
  });
  const exited = new Promise<NodeJS.Signals | null>((done) => child.once('exit', (_code, signal) => done(signal)));
  const port = await new Promise<number>((ready, fail) => {
    child.once('message', (message) => ready((message as { port: number }).port));
    void exited.then(() => fail(new Error(`the ${service} process ended before it was ready`)));
  });
  return { child, url: `http://127.0.0.1:${port}`, exited };
}
