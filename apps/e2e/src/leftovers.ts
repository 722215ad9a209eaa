import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';

/** What a platform that has stopped left behind: processes, locks, an open port; one sentence each. */
export async function leftovers(platform: {
  readonly pids: readonly number[];
  readonly data: string;
  readonly port: number;
}): Promise<string[]> {
  const { pids, data, port } = platform;
  const found = pids.filter((pid) => existsSync(`/proc/${pid}`)).map((pid) => `process ${pid} is still there`);
  for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid)) {
    if (read(`/proc/${pid}/cmdline`).includes(data)) found.push(`process ${pid} works on the data folder`);
  }
  for (const lock of ['platform.lock', join('postgres', 'postmaster.pid')]) {
    if (existsSync(join(data, lock))) found.push(`${lock} is still there`);
  }
  if (await listens(port)) found.push(`port ${port} is still open`);
  return found;
}

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    // The process ended between the listing and now.
    if (['ENOENT', 'ESRCH'].includes((error as NodeJS.ErrnoException).code ?? '')) return '';
    throw error;
  }
}

function listens(port: number): Promise<boolean> {
  return new Promise((done) => {
    const socket = connect(port, '127.0.0.1', () => {
      socket.destroy();
      done(true);
    });
    socket.once('error', () => done(false));
  });
}
