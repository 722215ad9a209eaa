import { DomainError } from '@qlvb/shared-domain';
import { PoisonRecord } from '../consumer/failure.ts';
import type { BusRecord } from '../bus-record.ts';
import { Buses, fresh, idsByKey, record, series, until } from './contract-kit.ts';
import type { BusUnderTest } from './contract-kit.ts';

const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
const quick = { attempts: 4, firstDelayMs: 20, longestDelayMs: 100 };

/** What every driver promises to a consumer. */
export function describeDelivery(name: string, subject: BusUnderTest): void {
  describe(`${name}: delivery`, () => {
    const buses = new Buses(subject.config);
    afterEach(() => buses.closeAll());

    it('keeps the order of a key while keys are handled in parallel', async () => {
      const [topic, group, bus] = [fresh('order'), fresh('group'), buses.open()];
      const seen: BusRecord[] = [];
      let [running, most] = [0, 0];
      const handler = async (delivered: BusRecord): Promise<void> => {
        most = Math.max(most, (running += 1));
        await sleep(Math.random() * 4);
        seen.push(delivered);
        running -= 1;
      };
      await bus.subscribe({ group, topics: [topic], handler, concurrency: 8 });
      const sent = series(topic, 20, 40);
      for (let at = 0; at < sent.length; at += 100) await bus.publish(sent.slice(at, at + 100));
      await until('all records', () => seen.length >= sent.length);
      expect(idsByKey(seen)).toEqual(idsByKey(sent));
      expect(most).toBeGreaterThan(2);
      expect(most).toBeLessThanOrEqual(8);
      const first = seen[0] as BusRecord;
      expect(first).toEqual(sent.find(({ id }) => id === first.id));
    });

    it('gives every record to every group, also to a group that comes later', async () => {
      const [topic, bus] = [fresh('groups'), buses.open()];
      const got: Record<string, string[]> = { early: [], late: [] };
      const [early, late] = [fresh('early'), fresh('late')];
      await bus.subscribe({ group: early, topics: [topic], handler: async ({ id }) => void got['early']?.push(id) });
      const sent = series(topic, 3, 5);
      await bus.publish(sent);
      await bus.subscribe({ group: late, topics: [topic], handler: async ({ id }) => void got['late']?.push(id) });
      await until('both groups', () => got['early']?.length === 15 && got['late']?.length === 15);
      expect(new Set(got['late'])).toEqual(new Set(sent.map(({ id }) => id)));
    });

    it('retries a bounded number of times, dead-letters with the cause, and lets other keys pass', async () => {
      const [topic, group, bus] = [fresh('retry'), fresh('group'), buses.open()];
      const attempts: number[] = [];
      const seen: string[] = [];
      let broken = true;
      const subscription = await bus.subscribe({
        group,
        topics: [topic],
        retry: quick,
        handler: async ({ key, id }, attempt) => {
          if (key === 'bad' && broken) {
            attempts.push(attempt);
            throw new Error('no such register', { cause: new Error('row missing') });
          }
          seen.push(id);
        },
      });
      const bad = record(topic, 'bad', 0);
      const afterBad = record(topic, 'bad', 1);
      const good = series(topic, 10, 10);
      await bus.publish([bad, ...good]);
      await until('the good keys', () => seen.length === good.length);
      await until('the dead letter', () => subscription.progress().deadLettered === 1);
      expect(attempts).toEqual([1, 2, 3, 4]);
      const letters = await bus.deadLetters.list(group);
      expect(letters).toMatchObject([{ group, topic: `${group}.dlq`, attempts: 4, record: bad }]);
      expect(letters[0]?.cause).toBe('Error: no such register; caused by Error: row missing');

      broken = false;
      await bus.publish([afterBad]);
      await until('the next record of the key', () => seen.includes(afterBad.id));
      const other: string[] = [];
      await bus.subscribe({ group: fresh('other'), topics: [topic], handler: async ({ id }) => void other.push(id) });
      await until('the other group', () => other.length === good.length + 2);
      await bus.deadLetters.replay(letters[0]?.id ?? '');
      await until('the replayed record', () => seen.includes(bad.id));
      await sleep(300);
      expect(other).toHaveLength(good.length + 2);
      expect(await bus.deadLetters.list(group)).toEqual([]);
      await expect(bus.deadLetters.replay(letters[0]?.id ?? '')).rejects.toThrow('no open dead letter');
    });

    it('dead-letters poison and broken rules at once, and retries an outage beyond the bound', async () => {
      const [topic, group, bus] = [fresh('poison'), fresh('group'), buses.open()];
      let outage = 0;
      const subscription = await bus.subscribe({
        group,
        topics: [topic],
        retry: quick,
        handler: async ({ key }) => {
          if (key === 'poison') throw new PoisonRecord('not an event');
          if (key === 'invalid') {
            const text = { vi: 'sai', en: 'wrong' };
            throw new DomainError({ code: 'test.wrong', kind: 'invalid', title: text, detail: text }, {});
          }
          if ((outage += 1) < 9) throw Object.assign(new Error('connect'), { code: 'ECONNREFUSED' });
        },
      });
      await bus.publish(['poison', 'invalid', 'outage'].map((key) => record(topic, key, 0)));
      await until('all three', () => {
        const { deadLettered, handled } = subscription.progress();
        return deadLettered === 2 && handled === 1;
      });
      const letters = await bus.deadLetters.list(group);
      expect(letters.map((letter) => [letter.record.key, letter.attempts]).sort()).toEqual([
        ['invalid', 1],
        ['poison', 1],
      ]);
      expect(outage).toBe(9);
    });

    it('lets a key with a long failing queue not stop the others', async () => {
      const [topic, group, bus] = [fresh('crowd'), fresh('group'), buses.open()];
      const seen = new Set<string>();
      await bus.subscribe({
        group,
        topics: [topic],
        retry: { attempts: 1000, firstDelayMs: 200, longestDelayMs: 200 },
        handler: async ({ key }) => {
          if (key === 'bad') throw new Error('still failing');
          seen.add(key);
        },
      });
      await bus.publish(Array.from({ length: 600 }, (_, place) => record(topic, 'bad', place)));
      await bus.publish(Array.from({ length: 50 }, (_, place) => record(topic, `good-${place}`, 0)));
      await until('the good keys', () => seen.size === 50);
    });

    it('lets the urgent lane overtake', async () => {
      const [topic, group, bus] = [fresh('urgent'), fresh('group'), buses.open()];
      const seen: string[] = [];
      const handler = async ({ lane }: BusRecord): Promise<void> => {
        await sleep(5);
        seen.push(lane);
      };
      await bus.subscribe({ group, topics: [topic], handler, concurrency: 1 });
      await bus.publish(series(topic, 50, 8));
      await until('the normal queue to move', () => seen.length > 10);
      await bus.publish(series(topic, 5, 1).map((one) => ({ ...one, lane: 'urgent' as const })));
      await until('all', () => seen.length === 405);
      expect(seen.lastIndexOf('urgent')).toBeLessThan(300);
      expect(seen.filter((lane) => lane === 'urgent')).toHaveLength(5);
    });

    it('drains: what runs is finished and confirmed, what has not started goes to the next', async () => {
      const [topic, group, first, second] = [fresh('drain'), fresh('group'), buses.open(), buses.open()];
      const [started, finished, elsewhere]: [string[], string[], string[]] = [[], [], []];
      const subscription = await first.subscribe({
        group,
        topics: [topic],
        concurrency: 4,
        handler: async ({ id }) => {
          started.push(id);
          await sleep(300);
          finished.push(id);
        },
      });
      const sent = series(topic, 12, 1);
      await first.publish(sent);
      await until('work to begin', () => started.length === 4);
      await subscription.drain(5000);
      expect(finished).toEqual(started);
      await sleep(400);
      expect(started).toHaveLength(4);
      await second.subscribe({ group, topics: [topic], handler: async ({ id }) => void elsewhere.push(id) });
      await until('the rest', () => elsewhere.length === 8);
      expect(new Set([...finished, ...elsewhere]).size).toBe(12);
    });

    it('is not live when a handler hangs, and live again when it ends', async () => {
      const [topic, group, bus] = [fresh('hang'), fresh('group'), buses.open()];
      const hanging = Promise.withResolvers<undefined>();
      await bus.subscribe({ group, topics: [topic], progressLimitMs: 1500, handler: () => hanging.promise });
      await bus.publish([record(topic, 'k', 0)]);
      await until('liveness to fail', async () => !(await bus.health()).live);
      expect((await bus.health()).reachable).toBe(true);
      hanging.resolve(undefined);
      await until('liveness to come back', async () => (await bus.health()).live);
    });
  });
}
