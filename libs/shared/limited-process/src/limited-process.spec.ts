import { setTimeout as sleep } from 'node:timers/promises';
import { LimitedProcess, LimitExceeded, programBeside, WorkFailed } from './limited-process.ts';
import type { ProcessLimits } from './limited-process.ts';

const LIMITS = { milliseconds: 20_000, memoryBytes: 256 * 2 ** 20 };
let worker: LimitedProcess;
const start = (limits: ProcessLimits = LIMITS): LimitedProcess =>
  (worker = new LimitedProcess(programBeside('./testing/odd-jobs.worker', import.meta.url), limits));
afterEach(() => worker.end());

const isAlive = (pid: number): boolean => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};

describe('a process with limits', () => {
  it('answers one question after the other, bytes and big numbers included', async () => {
    start();
    const value = { bytes: new Uint8Array([1, 2, 3]), serial: 2n ** 80n, at: new Date(0), none: undefined };
    expect(await worker.ask({ kind: 'echo', value })).toEqual(value);
    expect(await worker.ask({ kind: 'echo', value: 'nữa' })).toBe('nữa');
  });

  it('VER-07 is killed when it takes too long, and is gone afterwards', async () => {
    start({ ...LIMITS, milliseconds: 1500 });
    const pid = await worker.ask<number>({ kind: 'pid' });
    await expect(worker.ask({ kind: 'hang' })).rejects.toBeInstanceOf(LimitExceeded);
    await worker.end();
    expect(isAlive(pid)).toBe(false);
  });

  it('F-27 ends at once, with the reason, when nobody wants the work any more', async () => {
    const stop = new AbortController();
    start({ ...LIMITS, signal: stop.signal });
    const pid = await worker.ask<number>({ kind: 'pid' });
    const answer = worker.ask({ kind: 'hang' });
    stop.abort(new Error('cancelled'));
    await expect(answer).rejects.toThrow('cancelled');
    await worker.end();
    expect(isAlive(pid)).toBe(false);
    await expect(worker.ask({ kind: 'echo' })).rejects.toThrow('cancelled');
  });

  it.each(['fill-heap', 'fill-memory'])('VER-07 is ended when it takes too much memory: %s', async (kind) => {
    start();
    await expect(worker.ask({ kind })).rejects.toBeInstanceOf(LimitExceeded);
    await expect(worker.ask({ kind: 'echo' })).rejects.toBeInstanceOf(LimitExceeded);
  });

  it('tells a fault of the work from one of the process', async () => {
    start();
    await expect(worker.ask({ kind: 'fail' })).rejects.toThrow(WorkFailed);
    await worker.end();
    start();
    await expect(worker.ask({ kind: 'end' })).rejects.toThrow('the process ended with 3');
    worker = new LimitedProcess('/nowhere/at-all.js', LIMITS);
    await expect(worker.ask({ kind: 'echo' })).rejects.not.toBeInstanceOf(WorkFailed);
  });

  it('sees none of the secrets of its parent', async () => {
    process.env['QLVB_SECRET_OF_A_TEST'] = 'bí mật';
    start();
    const names = await worker.ask<string[]>({ kind: 'environment' });
    delete process.env['QLVB_SECRET_OF_A_TEST'];
    expect(names.filter((name) => !['PATH', 'TMPDIR', 'NODE_CHANNEL_FD'].includes(name))).toEqual([]);
  });

  it('goes on when the terminal interrupts its parent, and does not outlive it', async () => {
    start();
    const pid = await worker.ask<number>({ kind: 'pid' });
    process.kill(pid, 'SIGINT');
    process.kill(pid, 'SIGTERM');
    expect(await worker.ask({ kind: 'echo', value: 1 })).toBe(1);
    worker.disconnect();
    for (let turn = 0; turn < 200 && isAlive(pid); turn += 1) await sleep(25);
    expect(isAlive(pid)).toBe(false);
  });
});
