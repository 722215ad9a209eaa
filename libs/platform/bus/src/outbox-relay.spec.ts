import { BatchingPublisher } from './batching-publisher.ts';
import type { BusRecord } from './bus-record.ts';
import { OutboxRelay } from './outbox-relay.ts';
import type { OutboxLease, OutboxSource } from './outbox-relay.ts';

const record = (id: string): BusRecord => ({ id, topic: 't', key: 'k', lane: 'normal', value: '{}', headers: {} });
const log = { log: () => undefined, warn: () => undefined, error: () => undefined };
const until = async (condition: () => boolean): Promise<void> => {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 5));
};

/** An outbox in memory whose lease can be lost, as a database session can. */
function makeOutbox(ids: string[]) {
  const unpublished = [...ids];
  let lost = false;
  let acquired = 0;
  const lease: OutboxLease = {
    nextBatch: async (limit) => {
      if (lost) throw new Error('the session is gone');
      return unpublished.slice(0, limit).map((id) => ({ position: id, record: record(id) }));
    },
    markPublished: async (positions) => {
      if (lost) throw new Error('the session is gone');
      for (const position of positions) unpublished.splice(unpublished.indexOf(position), 1);
    },
    release: async () => undefined,
  };
  const source: OutboxSource = {
    acquire: async () => {
      acquired += 1;
      lost = false;
      return lease;
    },
    onWake: () => () => undefined,
  };
  return { source, unpublished, lose: () => (lost = true), acquisitions: () => acquired };
}

describe('OutboxRelay', () => {
  it('publishes in order, batch by batch, and marks what the bus took', async () => {
    const outbox = makeOutbox(['1', '2', '3', '4', '5']);
    const batches: string[][] = [];
    const bus = { publish: async (records: readonly BusRecord[]) => void batches.push(records.map(({ id }) => id)) };
    const relay = new OutboxRelay(bus, outbox.source, log, { batchSize: 2, pollMs: 5 });
    relay.start();
    await until(() => outbox.unpublished.length === 0);
    await relay.stop();
    expect(batches).toEqual([['1', '2'], ['3', '4'], ['5']]);
  });

  it('asks for the lock anew after a failure of the broker and publishes the same rows again', async () => {
    const outbox = makeOutbox(['1', '2']);
    const tries: string[][] = [];
    const bus = {
      publish: async (records: readonly BusRecord[]) => {
        tries.push(records.map(({ id }) => id));
        if (tries.length === 1) throw new Error('broker away');
      },
    };
    const relay = new OutboxRelay(bus, outbox.source, log, { pollMs: 5 });
    relay.start();
    await until(() => outbox.unpublished.length === 0);
    await relay.stop();
    expect(tries).toEqual([
      ['1', '2'],
      ['1', '2'],
    ]);
    expect(outbox.acquisitions()).toBe(2);
  });

  it('stands by without trying for the lock at every wake, and ends at once', async () => {
    let tries = 0;
    let wake = (): void => undefined;
    const held: OutboxSource = {
      acquire: async () => {
        tries += 1;
        return undefined;
      },
      onWake: (ring) => {
        wake = ring;
        return () => undefined;
      },
    };
    const relay = new OutboxRelay({ publish: async () => undefined }, held, log, { standbyMs: 60_000 });
    relay.start();
    for (let turn = 0; turn < 5; turn += 1) {
      wake();
      await new Promise((resolve) => setImmediate(resolve));
    }
    expect(tries).toBe(1);
    await relay.stop();
  });

  it('publishes nothing more on a lock that was lost', async () => {
    const outbox = makeOutbox(['1', '2']);
    const published: string[] = [];
    const bus = {
      publish: async (records: readonly BusRecord[]) => {
        published.push(...records.map(({ id }) => id));
        if (published.length === 1) outbox.lose();
      },
    };
    const relay = new OutboxRelay(bus, outbox.source, log, { batchSize: 1, pollMs: 5 });
    relay.start();
    await until(() => outbox.unpublished.length === 0);
    await relay.stop();
    expect(published).toEqual(['1', '1', '2']);
    expect(outbox.acquisitions()).toBe(2);
  });
});

describe('BatchingPublisher', () => {
  it('sends one batch at a time in the order of the calls and answers each call', async () => {
    const sent: string[][] = [];
    let sending = 0;
    const publisher = new BatchingPublisher(async (records) => {
      expect((sending += 1)).toBe(1);
      await new Promise((resolve) => setTimeout(resolve, 5));
      sent.push(records.map(({ id }) => id));
      sending -= 1;
      if (records.some(({ id }) => id === 'bad')) throw new Error('refused');
    });
    const answers = await Promise.allSettled(['1', '2', '3'].map((id) => publisher.publish([record(id)])));
    expect(answers.every(({ status }) => status === 'fulfilled')).toBe(true);
    expect(sent).toEqual([['1'], ['2', '3']]);
    await expect(publisher.publish([record('bad')])).rejects.toThrow('refused');
    await publisher.publish([record('4')]);
    expect(sent.flat()).toEqual(['1', '2', '3', 'bad', '4']);
  });
});
