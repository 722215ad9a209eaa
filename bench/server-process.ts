import { fork } from 'node:child_process';
import { once } from 'node:events';
import { freePort } from '@qlvb/platform-free-ports';

export interface ServerProcess {
  readonly pid: number;
  readonly port: number;
  stop(): Promise<void>;
}

/** Starts a built program on a free port; ready when it says so over its channel. */
export async function startServer(
  program: string,
  environment: Readonly<Record<string, string>>,
): Promise<ServerProcess> {
  const port = await freePort();
  const child = fork(program, [], {
    env: { ...process.env, ...environment, QLVB_PORT: String(port) },
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  await new Promise<void>((ready, fail) => {
    child.once('message', () => ready());
    child.once('exit', (code) => fail(new Error(`${program} ended with ${code}`)));
  });
  return {
    pid: child.pid ?? 0,
    port,
    stop: async () => {
      const gone = once(child, 'exit');
      child.kill('SIGTERM');
      await gone;
    },
  };
}
