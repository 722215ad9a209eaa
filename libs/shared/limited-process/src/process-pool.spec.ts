import { setTimeout as sleep } from 'node:timers/promises';
import { programBeside, WorkFailed } from './limited-process.ts';
import { ProcessPool } from './process-pool.ts';
import type { PoolLimits } from './process-pool.ts';
import { SemaphoreFull } from './semaphore.ts';

const LIMITS = { milliseconds: 20_000, memoryBytes: 256 * 2 ** 20 };
let pool: ProcessPool;
const start = (limits: PoolLimits): ProcessPool =>
  (pool = new ProcessPool(programBeside('./testing/odd-jobs.worker', import.meta.url), LIMITS, limits));
afterEach(() => pool.end());
const pid = (): Promise<number> => pool.run((process) => process.ask<number>({ kind: 'pid' }));

const isAlive = (id: number): boolean => {
  try {
    return process.kill(id, 0);
  } catch {
    return false;
  }
};

describe('processes that are kept', () => {
  it('one does the work that comes one after the other, several what comes at once', async () => {
    start({ atOnce: 2 });
    const first = await pid();
    expect(await pid()).toBe(first);
    expect(new Set(await Promise.all([pid(), pid(), pid()])).size).toBe(2);
  });

  it('VER-07 one that failed is not used again, and is gone', async () => {
    start({ atOnce: 1 });
    const first = await pid();
    await expect(pool.run((process) => process.ask({ kind: 'fail' }))).rejects.toThrow(WorkFailed);
    expect(isAlive(first)).toBe(false);
    expect(await pid()).not.toBe(first);
  });

  it('refuses what is more than may wait', async () => {
    start({ atOnce: 1, maxWaiting: 1 });
    const outcomes = await Promise.allSettled([pid(), pid(), pid()]);
    expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'rejected']);
    expect(outcomes[2]).toMatchObject({ reason: expect.any(SemaphoreFull) });
  });

  it('ends what has had no work for a while', async () => {
    start({ atOnce: 1, restMs: 1 });
    const first = await pid();
    for (let turn = 0; turn < 200 && isAlive(first); turn += 1) await sleep(25);
    expect(isAlive(first)).toBe(false);
    expect(await pid()).not.toBe(first);
  });
});
