import { join, resolve } from 'node:path';
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { JobBench, until } from './testing/job-bench.ts';
import { SendLetter } from './testing/letter-job.ts';

const root = resolve(import.meta.dirname, '../../../..');
const program = join(root, 'dist/libs/platform/jobs/src/testing/job-program.js');
const bench = new JobBench();
const children = new Set<ChildProcess>();

beforeAll(() => bench.open());
afterEach(async () => {
  for (const child of children) child.kill('SIGKILL');
  children.clear();
  await bench.clear();
});
afterAll(() => bench.close());

async function start(delayMs: number): Promise<{ child: ChildProcess; said: string[] }> {
  const child = spawn(process.execPath, [program, JSON.stringify({ url: bench.appUrl, delayMs })], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  children.add(child);
  const said: string[] = [];
  createInterface({ input: child.stdout }).on('line', (line) => said.push(line));
  await until('the process is ready', () => said.includes('ready'));
  return { child, said };
}

async function kill(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  const gone = once(child, 'exit');
  child.kill(signal);
  await gone;
}

describe('a process that is killed in the middle of a job', () => {
  it('leaves it to another one, which ends it; its effect is there once', async () => {
    const first = await start(60_000);
    const id = await bench.enqueue(SendLetter, { letter: 'a' }, { key: 'a' });
    await until('it has begun', () => first.said.includes('begun a'));
    await kill(first.child, 'SIGKILL');
    const second = await start(10);
    await until('it has ended', () => second.said.includes('ended a'));
    expect(await bench.effects()).toEqual(['a sent']);
    expect(await bench.find(id)).toMatchObject({ state: 'done', attempts: 2 });
  });

  it('more than once is not tried for ever: the job is set aside with that reason, and others go on', async () => {
    const id = await bench.enqueue(SendLetter, { letter: 'deadly' });
    for (let death = 0; death < 2; death += 1) {
      const { child, said } = await start(60_000);
      await until('it has begun', () => said.includes('begun deadly'));
      await kill(child, 'SIGKILL');
    }
    await start(10);
    await bench.enqueue(SendLetter, { letter: 'harmless' });
    await bench.quiet();
    expect(await bench.find(id)).toMatchObject({ state: 'failed', failure: 'process-died' });
    expect((await bench.effects()).toSorted()).toEqual(['deadly process-died', 'harmless sent']);
  });

  it('gives the job back when it is only told to stop', async () => {
    const first = await start(60_000);
    const id = await bench.enqueue(SendLetter, { letter: 'a' });
    await until('it has begun', () => first.said.includes('begun a'));
    await kill(first.child, 'SIGTERM');
    expect(await bench.find(id)).toMatchObject({ state: 'waiting', attempts: 0 });
  });
});
