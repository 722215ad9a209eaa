import { armFailPoints } from '@qlvb/platform-faults';
import { makeTestDatabase } from '@qlvb/platform-testing';
import type { TestDatabase } from '@qlvb/platform-testing';
import type { BusRecord } from '../bus-record.ts';
import type { EventBus } from '../event-bus.ts';
import { OutboxRelay } from '../outbox-relay.ts';
import { Buses, fresh, idsByKey, quietLog, series, until } from './contract-kit.ts';
import type { BusUnderTest } from './contract-kit.ts';
import { EffectTable } from './effect-table.ts';
import { OutboxTable } from './outbox-table.ts';

/** What every driver promises when processes and brokers die; effects are counted behind an inbox. */
export function describeFailures(name: string, subject: BusUnderTest): void {
  describe(`${name}: failures`, () => {
    const buses = new Buses(subject.config);
    let database: TestDatabase;
    let effects: EffectTable;
    let outbox: OutboxTable;
    const relays: OutboxRelay[] = [];

    beforeEach(async () => {
      database = await makeTestDatabase('bus');
      effects = new EffectTable(database.url);
      outbox = new OutboxTable(database.url);
      await effects.create();
      await outbox.create();
    });
    afterEach(async () => {
      armFailPoints(undefined);
      await Promise.all(relays.splice(0).map((relay) => relay.stop()));
      await buses.closeAll();
      await effects.close();
      await outbox.close();
      await database.drop();
    });

    const consume = async (bus: EventBus, group: string, topic: string): Promise<void> => {
      const handler = async (record: BusRecord): Promise<void> => {
        await effects.once(group, record, () => effects.write(group, record));
      };
      await bus.subscribe({ group, topics: [topic], handler });
    };
    const startRelay = (bus: EventBus, batchSize = 50): OutboxRelay => {
      const relay = new OutboxRelay(bus, outbox, quietLog, { batchSize, standbyMs: 200 });
      relays.push(relay);
      relay.start();
      return relay;
    };

    it('delivers again what a consumer killed with SIGKILL left, once and in order', async () => {
      const [topic, group, bus] = [fresh('kill'), fresh('group'), buses.open()];
      await bus.ensureTopics([{ name: topic, groups: [group] }]);
      const sent = series(topic, 10, 30);
      await bus.publish(sent);
      const child = await buses.spawnConsumer({ group, topic, effects: database.url, delayMs: 10 }, 40);
      child.kill('SIGKILL');
      const before = await effects.count(group);
      await consume(bus, group, topic);
      await until('the rest', async () => (await effects.count(group)) >= sent.length);
      expect(before).toBeLessThan(sent.length);
      expect(await effects.read(group)).toEqual(idsByKey(sent));
    });

    it('shares the work of a group among replicas and takes over from one that is killed', async () => {
      const [topic, group, bus] = [fresh('share'), fresh('group'), buses.open()];
      await consume(bus, group, topic);
      const order = { group, topic, effects: database.url, delayMs: 5 };
      const sent: BusRecord[] = [];
      const more = async (from: number): Promise<void> => {
        const records = series(topic, 40, 5, from);
        sent.push(...records);
        await bus.publish(records);
      };
      const child = buses.spawnConsumer(order, 20);
      let shared = false;
      void child.then(() => (shared = true));
      for (let from = 0; !shared; from += 5) {
        await more(from);
        await new Promise((resolve) => setTimeout(resolve, 300));
      }
      await more(10_000);
      (await child).kill('SIGKILL');
      await more(20_000);
      await until('everything', async () => (await effects.count(group)) >= sent.length);
      expect(await effects.read(group)).toEqual(idsByKey(sent));
    });

    it('publishes the outbox through one relay at a time, and through the next when that one stops', async () => {
      const [topic, group, bus] = [fresh('relay'), fresh('group'), buses.open()];
      await consume(bus, group, topic);
      const [first, second] = [startRelay(bus), startRelay(buses.open())];
      const sent = [series(topic, 10, 20), series(topic, 10, 20, 20)];
      await outbox.append(sent[0] ?? []);
      await until('the first half', async () => (await effects.count(group)) === 200);
      expect([first, second].filter((relay) => relay.progress().active)).toHaveLength(1);
      const active = first.progress().active ? first : second;
      await active.stop();
      await outbox.append(sent[1] ?? []);
      await until('the second half', async () => (await effects.count(group)) === 400);
      expect(await effects.read(group)).toEqual(idsByKey(sent.flat()));
    });

    it.each(['outbox:before-publish', 'outbox:after-publish'])(
      'is taken once when the relay dies at %s',
      async (point) => {
        const [topic, group, bus] = [fresh('relay-dies'), fresh('group'), buses.open()];
        await consume(bus, group, topic);
        const sent = series(topic, 5, 20);
        await outbox.append(sent);
        armFailPoints(`${point}=throw@2`);
        startRelay(bus, 20);
        await until('the relay to hand over', async () => (await outbox.unpublished()) === 0);
        await until('everything', async () => (await effects.count(group)) >= sent.length);
        expect(await effects.read(group)).toEqual(idsByKey(sent));
      },
    );

    it('hands over a backlog of large events, of one key and of many, and a dead letter of the largest', async () => {
      const [topic, group, bus] = [fresh('large'), fresh('group'), buses.open()];
      await consume(bus, group, topic);
      const padded = (records: readonly BusRecord[], bytes: number): BusRecord[] =>
        records.map((record) => ({ ...record, value: JSON.stringify({ pad: '"'.repeat(bytes / 2) }) }));
      const sent = [...padded(series(topic, 1, 200), 9_000), ...padded(series(topic, 20, 15, 200), 20_000)];
      const largest = padded(series(topic, 1, 1, 500), 1_000_000);
      await outbox.append([...sent, ...largest]);
      startRelay(bus, 500);
      await until('everything', async () => (await effects.count(group)) === 501);
      expect(await effects.read(group)).toEqual(idsByKey([...sent, ...largest]));
      const refusing = fresh('refusing');
      await bus.subscribe({
        group: refusing,
        topics: [topic],
        retry: { attempts: 1 },
        handler: () => Promise.reject(new Error('no')),
      });
      await until(
        'the dead letter',
        async () => (await bus.deadLetters.list(refusing)).some(({ record }) => record.id === largest[0]?.id),
        60_000,
      );
    }, 120_000);

    const itIf = (possible: unknown): typeof it | typeof it.skip => (possible ? it : it.skip);

    itIf(subject.restart)(
      'survives a restart of the broker under traffic',
      async () => {
        const [topic, group, bus] = [fresh('restart'), fresh('group'), buses.open()];
        await consume(bus, group, topic);
        startRelay(bus);
        const sent = [series(topic, 10, 20), series(topic, 10, 20, 20), series(topic, 10, 20, 40)];
        await outbox.append(sent[0] ?? []);
        await until('some effects', async () => (await effects.count(group)) > 50);
        await subject.restart?.(async () => {
          await outbox.append(sent[1] ?? []);
          expect((await bus.health()).live).toBe(true);
        });
        await outbox.append(sent[2] ?? []);
        await until('everything', async () => (await effects.count(group)) === 600);
        expect(await effects.read(group)).toEqual(idsByKey(sent.flat()));
        await until('the broker is reached', async () => (await bus.health()).reachable);
        expect((await bus.health()).live).toBe(true);
      },
      120_000,
    );

    itIf(subject.wipe)(
      'loses nothing when the broker is wiped: the outbox again, the inbox absorbs it',
      async () => {
        const [topic, group, bus] = [fresh('wipe'), fresh('group'), buses.open()];
        await consume(bus, group, topic);
        startRelay(bus);
        const sent = [series(topic, 10, 20), series(topic, 10, 20, 20)];
        await outbox.append(sent[0] ?? []);
        await until('the first half', async () => (await effects.count(group)) === 200);
        await outbox.append(sent[1] ?? []);
        await until('the relay to hand over', async () => (await outbox.unpublished()) === 0);
        await subject.wipe?.();
        await buses.installAgain();
        await outbox.publishAgain();
        await until('everything', async () => (await effects.count(group)) === 400);
        await until('the relay', async () => (await outbox.unpublished()) === 0);
        expect(await effects.read(group)).toEqual(idsByKey(sent.flat()));
      },
      120_000,
    );
  });
}
