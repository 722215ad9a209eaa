import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Line } from './measure.ts';
import { compare } from './measure.ts';
import { freePort } from '@qlvb/platform-free-ports';
import { startServer } from './server-process.ts';

/** Wall time until ready, and memory then, of the whole platform and of as many Nest applications that do nothing. */
export async function startLines(dist: string, rounds: number): Promise<Line[]> {
  const data = mkdtempSync(join(tmpdir(), 'qlvb-bench-start-'));
  let [platformMemory, databaseMemory, emptyMemory, processes] = [0, 0, 0, 0];
  const platform = async (): Promise<number> => {
    const started = performance.now();
    const child = spawn(process.execPath, [join(dist, 'apps', 'standalone', 'src', 'main.js')], {
      env: { ...process.env, QLVB_DATA: data, QLVB_PORT: String(await freePort()) },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    await new Promise<void>((ready, fail) => {
      child.stdout.on('data', (chunk: Buffer) => chunk.includes('(ready)') && ready());
      child.once('exit', () => fail(new Error('the platform did not start')));
    });
    const seconds = (performance.now() - started) / 1000;
    const pids = Object.values(
      JSON.parse(readFileSync(join(data, 'logs', 'processes.json'), 'utf8')) as Record<string, number>,
    );
    processes = pids.length + 1;
    platformMemory = megabytes([...pids, child.pid ?? 0]);
    databaseMemory = megabytes(
      family(Number(readFileSync(join(data, 'postgres', 'postmaster.pid'), 'utf8').split('\n')[0])),
    );
    const gone = once(child, 'exit');
    child.kill('SIGTERM');
    await gone;
    return seconds;
  };
  const empty = async (): Promise<number> => {
    const started = performance.now();
    const apps = await Promise.all(
      Array.from({ length: processes }, () => startServer(join(dist, 'bench', 'empty-app.js'), {})),
    );
    const seconds = (performance.now() - started) / 1000;
    emptyMemory = megabytes(apps.map(({ pid }) => pid));
    await Promise.all(apps.map((app) => app.stop()));
    return seconds;
  };
  try {
    const variants = [
      { name: 'npm start (not the first)', run: platform },
      { name: 'as many empty Nest applications', run: empty },
    ];
    const times = await compare({ what: 'ready after', unit: 's', rounds, variants, lessIsBetter: true });
    const memory = (name: string, own: number): Line => ({
      what: 'memory (PSS)',
      unit: 'MB',
      name,
      median: own,
      spread: '',
      ratio: own / platformMemory,
    });
    return [
      ...times,
      memory(`platform, ${processes} processes`, platformMemory),
      memory('as many empty Nest applications', emptyMemory),
      memory('PostgreSQL beside it', databaseMemory),
    ];
  } finally {
    rmSync(data, { recursive: true, force: true });
  }
}

function megabytes(pids: readonly number[]): number {
  const kilobytes = pids.map((pid) =>
    Number(/^Pss:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'))?.[1]),
  );
  return kilobytes.reduce((sum, one) => sum + one, 0) / 1024;
}

/** A process and its children. */
function family(pid: number): number[] {
  const children = readdirSync(`/proc/${pid}/task`).flatMap((task) =>
    readFileSync(`/proc/${pid}/task/${task}/children`, 'utf8').split(' ').filter(Boolean).map(Number),
  );
  return [pid, ...children];
}
