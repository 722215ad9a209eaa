import { setTimeout as wait } from 'node:timers/promises';
import { ManualClock } from '@qlvb/platform-testing';
import { idFrom } from '@qlvb/shared-domain';
import { z } from 'zod';
import { defineJob } from './define-job.ts';
import { JobFailed } from './job.ts';
import type { Job } from './job.ts';
import { JobStore } from './job-store.ts';
import type { Handler } from './job-worker.ts';
import { TooManyJobs } from './jobs.problems.ts';
import { AGENCY, JobBench, until } from './testing/job-bench.ts';
import { SendLetter } from './testing/letter-job.ts';

const bench = new JobBench();
const OTHER = idFrom('agency:B');

beforeAll(() => bench.open());
afterEach(() => bench.clear());
afterAll(() => bench.close());

/** Who waits this long is only ever ended by being told. */
const LONGER_THAN_A_TEST = 600_000;
const letterOf = (job: Job): string => (job.data as { letter: string }).letter;

/** Sends letters; `act` comes first and may fail. */
const sending = (act: (letter: string, job: Job) => Promise<unknown> = async () => undefined): Handler => ({
  declaration: SendLetter,
  run: async (job) => {
    await act(letterOf(job), job);
    await bench.database.command(
      async (tx) => {
        await bench.write(tx, letterOf(job), 'sent');
        await job.finish(tx, { sent: true });
      },
      { agencyId: job.agencyId ?? AGENCY },
    );
  },
  failed: (job, { code }, tx) => bench.write(tx, letterOf(job), code).then(() => undefined),
});

describe('a job', () => {
  it('exists with the transaction that makes it due, or not at all', async () => {
    await bench.worker([sending()]);
    const undone = bench.database.command(
      async (tx) => {
        await bench.jobs.enqueue(tx, SendLetter, { letter: 'never' });
        throw new Error('something else went wrong');
      },
      { agencyId: AGENCY },
    );
    await expect(undone).rejects.toThrow('something else');
    const id = await bench.enqueue(SendLetter, { letter: 'a' });
    await bench.quiet();
    expect(await bench.effects()).toEqual(['a sent']);
    expect(await bench.find(id)).toMatchObject({ state: 'done', attempts: 1, result: { sent: true }, failure: null });
  });

  it('belongs to its agency: another one neither sees nor cancels it, and nobody writes it by hand', async () => {
    const id = await bench.enqueue(SendLetter, { letter: 'a' });
    expect(await bench.find(id, OTHER)).toBeUndefined();
    const cancelled = await bench.database.command((tx) => bench.jobs.cancel(tx, id), { agencyId: OTHER });
    expect(cancelled).toBeUndefined();
    expect(await bench.find(id)).toMatchObject({ state: 'waiting' });
    const byHand = bench.database.command((tx) => tx.manager.query(`UPDATE platform.job SET state = 'done'`), {
      agencyId: AGENCY,
    });
    await expect(byHand).rejects.toThrow('permission denied');
    const foreign = bench.database.command(
      (tx) =>
        tx.manager.query(
          `SELECT platform.enqueue_job(gen_random_uuid(), 'testing.send-letter', $1, NULL, '{}', false, NULL, now(), now())`,
          [OTHER],
        ),
      { agencyId: AGENCY },
    );
    await expect(foreign).rejects.toThrow('a job of another agency');
  });

  it('waits for its time by the clock of the platform', async () => {
    const clock = new ManualClock('2026-11-29T08:00:00Z');
    await bench.worker([sending()], clock);
    await bench.enqueue(SendLetter, { letter: 'later' }, { dueAt: new Date('2026-11-29T09:00:00Z') });
    await wait(1300);
    expect(await bench.effects()).toEqual([]);
    clock.set('2026-11-29T09:00:00Z');
    await bench.quiet();
    expect(await bench.effects()).toEqual(['later sent']);
  });
});

describe('jobs of one key', () => {
  it('never run together, whichever of two workers takes them, and the newest data are never lost, in any order', async () => {
    let seed = 20_261_129;
    const random = (most: number): number => {
      seed = (seed * 1_103_515_245 + 12_345) % 2 ** 31;
      return seed % most;
    };
    const busy = new Set<string>();
    const last = new Map<string, string>();
    let together = 0;
    const handler = sending(async (letter) => {
      const [key = ''] = letter.split('/');
      if (busy.has(key)) together += 1;
      busy.add(key);
      await wait(random(8));
      last.set(key, letter);
      busy.delete(key);
    });
    await bench.worker([handler]);
    await bench.worker([handler]);
    const newest = new Map<string, string>();
    for (let round = 0; round < 300; round += 1) {
      const key = `k${random(6)}`;
      const letter = `${key}/${round}`;
      await bench.enqueue(SendLetter, { letter }, { key });
      newest.set(key, letter);
    }
    await bench.quiet();
    expect(together).toBe(0);
    expect(last).toEqual(newest);
    const effects = await bench.effects();
    expect(new Set(effects).size).toBe(effects.length);
    expect(effects.length).toBeGreaterThan(newest.size);
  });

  it('are one while they wait', async () => {
    const first = await bench.enqueue(SendLetter, { letter: 'old' }, { key: 'k' });
    const second = await bench.enqueue(SendLetter, { letter: 'new' }, { key: 'k' });
    const foreign = await bench.enqueue(SendLetter, { letter: 'foreign' }, { key: 'k' }, OTHER);
    expect([second === first, foreign === first]).toEqual([true, false]);
    await bench.worker([sending()]);
    await bench.quiet();
    expect((await bench.effects()).toSorted()).toEqual(['foreign sent', 'new sent']);
  });
});

describe('a job that fails', () => {
  it('is tried again after growing pauses, and then given up with its cause, which is told in the same transaction', async () => {
    const clock = new ManualClock('2026-11-29T08:00:00Z');
    await bench.worker([sending(() => Promise.reject(new Error('no paper')))], clock);
    const id = await bench.enqueue(SendLetter, { letter: 'a' }, { dueAt: clock.now() });
    await until('the first failure', async () => (await bench.find(id))?.failure === 'unexpected');
    expect(await bench.find(id)).toMatchObject({
      state: 'waiting',
      attempts: 1,
      dueAt: new Date('2026-11-29T08:00:01Z'),
    });
    clock.set('2026-11-29T08:00:01Z');
    await until('the second one', async () => (await bench.find(id))?.attempts === 2 && bench.outcomes.length === 2);
    expect(await bench.find(id)).toMatchObject({ state: 'waiting', dueAt: new Date('2026-11-29T08:00:03Z') });
    clock.set('2026-11-29T08:00:03Z');
    await bench.quiet();
    expect(await bench.find(id)).toMatchObject({ state: 'failed', attempts: 3, failure: 'unexpected' });
    expect(await bench.effects()).toEqual(['a unexpected']);
    expect(bench.outcomes).toEqual(['retried', 'retried', 'failed']);
  });

  it('is given up at once when no repetition would help', async () => {
    await bench.worker([sending(() => Promise.reject(new JobFailed('no-such-recipient', 'nobody lives there')))]);
    const id = await bench.enqueue(SendLetter, { letter: 'a' });
    await bench.quiet();
    expect(await bench.find(id)).toMatchObject({ state: 'failed', attempts: 1, failure: 'no-such-recipient' });
    expect(await bench.effects()).toEqual(['a no-such-recipient']);
  });

  it('is not failed before somebody could be told', async () => {
    let refused = 0;
    const handler = sending(() => Promise.reject(new JobFailed('lost', 'gone')));
    await bench.worker([
      {
        ...handler,
        failed: async (job, failure, tx) => {
          await handler.failed?.(job, failure, tx);
          if ((refused += 1) < 3) throw new Error('the telephone is broken');
        },
      },
    ]);
    const id = await bench.enqueue(SendLetter, { letter: 'a' });
    await bench.quiet();
    expect(await bench.find(id)).toMatchObject({ state: 'failed', failure: 'lost' });
    expect(await bench.effects()).toEqual(['a lost']);
    expect(refused).toBe(3);
  });
});

describe('a job that is cancelled', () => {
  const cancel = (id: string): Promise<unknown> =>
    bench.database.command((tx) => bench.jobs.cancel(tx, id), { agencyId: AGENCY });

  it('never begins when it waits', async () => {
    const id = await bench.enqueue(SendLetter, { letter: 'a' });
    expect(await cancel(id)).toBe('cancelled');
    await bench.worker([sending()]);
    await wait(300);
    expect(await bench.effects()).toEqual([]);
  });

  it('is told so while it runs, within a moment, and tells how far it came', async () => {
    await bench.worker([
      sending(async (_letter, job) => {
        job.progress(3, 10, 'folding');
        await wait(LONGER_THAN_A_TEST, undefined, { signal: job.signal });
      }),
    ]);
    const id = await bench.enqueue(SendLetter, { letter: 'a' });
    await until('progress', async () => (await bench.find(id))?.done === 3);
    expect(await bench.find(id)).toMatchObject({ state: 'running', total: 10, step: 'folding' });
    expect(await cancel(id)).toBe('running');
    await bench.quiet();
    expect(await bench.find(id)).toMatchObject({ state: 'cancelled' });
    expect(await bench.effects()).toEqual([]);
  });
});

describe('a lease', () => {
  it('that another process has leaves no effect of the first one', async () => {
    let take: () => void = () => undefined;
    await bench.worker([
      sending((_letter, job) => (job.attempt === 1 ? new Promise<void>((go) => (take = go)) : wait(1))),
    ]);
    const id = await bench.enqueue(SendLetter, { letter: 'a' });
    await until('it runs', async () => (await bench.find(id))?.state === 'running');
    await bench.admin.query(
      `UPDATE platform.job SET lease = gen_random_uuid(), lease_until = clock_timestamp() WHERE id = $1`,
      [id],
    );
    await bench.quiet();
    take();
    await until('the first one gives up', () => bench.outcomes.includes('lost'));
    expect(await bench.effects()).toEqual(['a sent']);
  });

  it('is kept as long as the work takes', async () => {
    await bench.worker([sending(() => wait(2500))]);
    await bench.worker([sending(() => wait(2500))]);
    const id = await bench.enqueue(SendLetter, { letter: 'a' });
    await bench.quiet();
    expect(await bench.effects()).toEqual(['a sent']);
    expect(await bench.find(id)).toMatchObject({ attempts: 1 });
  });

  it('is given back at a shutdown, without counting as an attempt', async () => {
    const worker = await bench.worker([
      sending((_letter, job) => wait(LONGER_THAN_A_TEST, undefined, { signal: job.signal })),
    ]);
    const id = await bench.enqueue(SendLetter, { letter: 'a' });
    await until('it runs', async () => (await bench.find(id))?.state === 'running');
    await worker.stop();
    expect(await bench.find(id)).toMatchObject({ state: 'waiting', attempts: 0 });
    await bench.worker([sending()]);
    await bench.quiet();
    expect(await bench.effects()).toEqual(['a sent']);
  });
});

describe('turns', () => {
  const Report = defineJob({
    kind: 'testing.make-report',
    data: z.object({ letter: z.string() }),
    limit: { service: 3, agency: 2 },
  });

  it('are kept between agencies, within the limits of the service and of each agency; the urgent goes first', async () => {
    const order: string[] = [];
    const running = new Map<string, number>();
    const most = new Map<string, number>();
    const count = (who: string, by: number): void => {
      running.set(who, (running.get(who) ?? 0) + by);
      most.set(who, Math.max(most.get(who) ?? 0, running.get(who) ?? 0));
    };
    const handler: Handler = {
      declaration: Report,
      run: async (job) => {
        order.push(letterOf(job));
        for (const who of ['all', job.agencyId ?? '']) count(who, 1);
        await wait(30);
        for (const who of ['all', job.agencyId ?? '']) count(who, -1);
      },
    };
    for (let n = 0; n < 20; n += 1) await bench.enqueue(Report, { letter: `a${n}` });
    await bench.enqueue(Report, { letter: 'b' }, {}, OTHER);
    await bench.enqueue(Report, { letter: 'urgent' }, { urgent: true });
    await bench.worker([handler], undefined, 4);
    await bench.worker([handler], undefined, 4);
    await bench.quiet();
    expect(order).toHaveLength(22);
    expect(order.slice(0, 3).toSorted()).toEqual(['a0', 'b', 'urgent']);
    expect([most.get('all'), most.get(AGENCY)]).toEqual([3, 2]);
  });
});

describe('room', () => {
  const Report = defineJob({
    kind: 'testing.write-report',
    data: z.object({ letter: z.string() }),
    room: { agency: 5, person: 2 },
  });
  const ask = (requestedBy: string, agencyId = AGENCY) =>
    bench.enqueue(Report, { letter: 'a' }, { requestedBy }, agencyId).then(
      () => 'taken on',
      (error: unknown) => (TooManyJobs.is(error) ? 'refused' : error),
    );
  const [one, two, three] = ['one', 'two', 'three'].map((name) => idFrom(`person:${name}`)) as [string, string, string];
  const counted = (answers: unknown[]): number => answers.filter((answer) => answer === 'taken on').length;

  it('F-27 is for so many of a person and of an agency, however many ask at once, and is free again when they end', async () => {
    expect(counted(await Promise.all(Array.from({ length: 8 }, () => ask(one))))).toBe(2);
    expect(counted(await Promise.all([two, three].flatMap((who) => [ask(who), ask(who), ask(who)])))).toBe(3);
    expect([await ask(idFrom('person:four')), await ask(one, OTHER)]).toEqual(['refused', 'taken on']);
    const room = (who: string): Promise<void> =>
      bench.database.read((manager) => bench.jobs.assertRoom(manager, Report, who), { agencyId: AGENCY });
    await expect(room(one)).rejects.toThrow('jobs.too-many');
    await bench.worker([{ declaration: Report, run: () => Promise.resolve() }]);
    await bench.quiet();
    await room(one);
    expect(await ask(one)).toBe('taken on');
  });
});

describe('recurring work', () => {
  it('is there once for all processes, comes again by the clock, and goes when no program declares it', async () => {
    const clock = new ManualClock('2026-11-29T08:00:00Z');
    const runs: string[] = [];
    const Sweep = defineJob({
      kind: 'testing.sweep-desk',
      data: z.object({}),
      scope: 'platform',
      everySeconds: 3600,
      attempts: 1,
    });
    const handler: Handler = {
      declaration: Sweep,
      run: async () => {
        runs.push(clock.now().toISOString());
        if (runs.length === 2) throw new Error('the broom is broken');
      },
    };
    await bench.worker([handler], clock);
    await bench.worker([handler], clock);
    await until('the first time', () => runs.length === 1);
    for (const at of ['2026-11-29T08:59:59Z', '2026-11-29T09:00:00Z']) {
      clock.set(at);
      await wait(1300);
    }
    expect(runs).toHaveLength(2);
    clock.set('2026-11-29T12:00:00Z');
    await until('once for all the hours that were missed', () => runs.length === 3);
    await wait(1300);
    expect(runs).toEqual(['2026-11-29T08:00:00.000Z', '2026-11-29T09:00:00.000Z', '2026-11-29T12:00:00.000Z']);
    await bench.worker([sending()], clock);
    const { rows } = await bench.admin.query(`SELECT 1 FROM platform.job WHERE kind = 'testing.sweep-desk'`);
    expect(rows).toEqual([]);
  });
});

describe('figures and pruning', () => {
  it('tell what waits, runs and failed, and keep failures longer than the rest', async () => {
    const clock = new ManualClock('2026-11-29T08:00:00Z');
    const store = new JobStore(bench.database.source, clock);
    await bench.worker(
      [sending((letter) => (letter === 'bad' ? Promise.reject(new JobFailed('bad', '')) : wait(1)))],
      clock,
    );
    await bench.enqueue(SendLetter, { letter: 'good' }, { dueAt: clock.now() });
    await bench.enqueue(SendLetter, { letter: 'bad' }, { dueAt: clock.now() });
    await bench.quiet();
    expect(await store.figures()).toEqual([{ kind: SendLetter.kind, state: 'failed', jobs: 1, oldest_seconds: 0 }]);
    const after = new Date('2026-11-29T08:00:01Z');
    expect(await store.prune(after, clock.now())).toBe(1);
    expect(await store.prune(after, after)).toBe(1);
  });
});
