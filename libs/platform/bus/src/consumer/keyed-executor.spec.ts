import { KeyedExecutor } from './keyed-executor.ts';
import type { KeyedTask, Outcome } from './keyed-executor.ts';

interface Step extends KeyedTask {
  readonly name: string;
}

const owner = {};
const task = (chain: string, name: string, lane: KeyedTask['lane'] = 'normal', from: object = owner): Step => ({
  chain,
  lane,
  owner: from,
  name,
});

function makeExecutor(concurrency: number, outcomes: Record<string, Outcome[]> = {}) {
  const started: string[] = [];
  const dropped: string[] = [];
  const finish = new Map<string, () => void>();
  const executor = new KeyedExecutor<Step>(
    concurrency,
    async ({ name }) => {
      started.push(name);
      await new Promise<void>((resolve) => finish.set(name, resolve));
      return outcomes[name]?.shift() ?? 'done';
    },
    ({ name }) => dropped.push(name),
  );
  const end = async (name: string): Promise<void> => {
    finish.get(name)?.();
    await new Promise((resolve) => setImmediate(resolve));
  };
  return { executor, started, dropped, end };
}

describe('KeyedExecutor', () => {
  it('runs keys in parallel up to the limit and each key in order', async () => {
    const { executor, started, end } = makeExecutor(2);
    for (const step of [task('a', 'a1'), task('a', 'a2'), task('b', 'b1'), task('c', 'c1')]) executor.submit(step);
    expect(started).toEqual(['a1', 'b1']);
    await end('a1');
    expect(started).toEqual(['a1', 'b1', 'c1']);
    await end('c1');
    expect(started).toEqual(['a1', 'b1', 'c1', 'a2']);
    expect(executor.pending).toBe(2);
  });

  it('starts urgent keys before waiting normal ones', async () => {
    const { executor, started, end } = makeExecutor(1);
    executor.submit(task('a', 'a1'));
    executor.submit(task('b', 'b1'));
    executor.submit(task('u', 'u1', 'urgent'));
    await end('a1');
    expect(started).toEqual(['a1', 'u1']);
  });

  it('gives the place of a waiting key to others and runs it again before its successors', async () => {
    const { executor, started, end } = makeExecutor(1, { a1: [{ retryAfterMs: 10 }] });
    for (const step of [task('a', 'a1'), task('a', 'a2'), task('b', 'b1')]) executor.submit(step);
    await end('a1');
    expect(started).toEqual(['a1', 'b1']);
    expect(executor.waiting).toBe(1);
    await end('b1');
    await new Promise((resolve) => setTimeout(resolve, 30));
    expect(started).toEqual(['a1', 'b1', 'a1']);
    await end('a1');
    expect(started.at(-1)).toBe('a2');
  });

  it('drops what an owner has not started, tells about it, and does not run its failures again', async () => {
    const lost = {};
    const { executor, started, dropped, end } = makeExecutor(1, { a1: [{ retryAfterMs: 1 }] });
    executor.submit(task('a', 'a1', 'normal', lost));
    executor.submit(task('a', 'a2', 'normal', lost));
    executor.submit(task('b', 'b1'));
    executor.submit(task('c', 'c1', 'normal', lost));
    executor.discard(lost);
    expect(dropped).toEqual(['a2', 'c1']);
    await end('a1');
    expect(dropped).toEqual(['a2', 'c1', 'a1']);
    await end('b1');
    expect(started).toEqual(['a1', 'b1']);
    expect(executor.pending).toBe(0);
  });

  it('keeps tasks of other owners in a chain whose head was dropped while it waited', async () => {
    const lost = {};
    const { executor, started, end } = makeExecutor(1, { a1: [{ retryAfterMs: 60_000 }] });
    executor.submit(task('a', 'a1', 'normal', lost));
    executor.submit(task('a', 'a2'));
    await end('a1');
    executor.discard(lost);
    expect(started).toEqual(['a1', 'a2']);
    await end('a2');
    expect(executor.pending).toBe(0);
  });

  it('ends when paused and nothing runs', async () => {
    const { executor, started, end } = makeExecutor(2);
    executor.submit(task('a', 'a1'));
    executor.submit(task('a', 'a2'));
    executor.pause();
    let ended = false;
    const end$ = executor.untilNoneRuns().then(() => (ended = true));
    await end('a1');
    await end$;
    expect(ended).toBe(true);
    expect(started).toEqual(['a1']);
  });
});
