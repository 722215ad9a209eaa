import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { defineEvent } from '@qlvb/contracts';
import { busConfig, createEventBus, OutboxRelay } from '@qlvb/platform-bus';
import type { BusConfig, EventBus } from '@qlvb/platform-bus';
import {
  appRole,
  connect,
  Database,
  migrate,
  ownerRole,
  PostgresOutbox,
  provisionDatabase,
} from '@qlvb/platform-database';
import { LOCAL_KAFKA_ADMIN, localKafkaSettings } from '@qlvb/platform-testing';
import { newId } from '@qlvb/shared-domain';
import { Kafka, logLevel } from 'kafkajs';
import type { Consumer, Producer } from 'kafkajs';
import pg from 'pg';
import { z } from 'zod';
import { compare, perSecond } from './measure.ts';
import type { Line, Variant } from './measure.ts';
import { freePort } from '@qlvb/platform-free-ports';

const AGENCY = '0191e9a0-0000-4000-8000-000000000001';
const AT_ONCE = 32;
const silent = { log: () => undefined, warn: () => undefined, error: () => undefined };

const Tick = defineEvent({
  type: 'bench.tick.v1',
  topic: 'bench.tick',
  summary: 'One event of the benchmark.',
  data: z.object({ id: z.string(), text: z.string() }),
  key: (data) => data.id,
  example: { id: 'x', text: 'x' },
});
const TEXT = 'x'.repeat(500);

/** Events per second from the command that publishes to the inbox row of the consumer, each in its own transaction. */
export async function busLines(postgresUrl: string, root: string, count: number, rounds: number): Promise<Line[]> {
  const kafka = await startKafka(root);
  try {
    const variants = [
      await outboxToInbox(postgresUrl, 'kafka', busConfig({ ...kafka.settings, QLVB_BUS_RETENTION_DAYS: '1' }), count),
      await bareKafka(kafka, count),
      await outboxToInbox(
        postgresUrl,
        'postgres',
        {
          driver: 'postgres',
          url: await busDatabase(postgresUrl),
          retentionDays: 1,
          concurrency: 8,
        },
        count,
      ),
      await barePostgres(postgresUrl, count),
    ];
    const lines = [
      ...(await compare({ what: 'events, kafka', unit: '/s', rounds, variants: variants.slice(0, 2) })),
      ...(await compare({ what: 'events, postgres', unit: '/s', rounds, variants: variants.slice(2) })),
    ];
    for (const { close } of variants) await close();
    return lines;
  } finally {
    kafka.stop();
  }
}

interface ClosableVariant extends Variant {
  readonly close: () => Promise<void>;
}

async function outboxToInbox(
  postgresUrl: string,
  name: string,
  config: BusConfig,
  count: number,
): Promise<ClosableVariant> {
  const producer = await platformDatabase(postgresUrl, `bench_${name}_out`);
  const consumer = await platformDatabase(postgresUrl, `bench_${name}_in`);
  const bus = createEventBus(config, silent);
  const receiving = createEventBus(config, silent);
  const relay = new OutboxRelay(bus, new PostgresOutbox(producer.source, producer.url), silent);
  let applied = 0;
  let wake = (): void => undefined;
  await receiving.ensureTopics([{ name: Tick.topic, groups: ['bench'] }]);
  await receiving.subscribe({
    group: 'bench',
    topics: [Tick.topic],
    handler: async ({ id }) => {
      await consumer.database.once('bench', { id, agencyId: AGENCY }, () => Promise.resolve());
      applied += 1;
      wake();
    },
  });
  relay.start();
  return {
    name: `outbox → ${name} → inbox`,
    run: async () => {
      const wanted = applied + count;
      const started = performance.now();
      await perSecond(count, AT_ONCE, (index) =>
        producer.database.command(
          (tx) => {
            tx.publish(Tick, { id: String(index), text: TEXT });
            return Promise.resolve();
          },
          { agencyId: AGENCY },
        ),
      );
      await new Promise<void>((done) => {
        wake = () => applied >= wanted && done();
        wake();
      });
      return (count * 1000) / (performance.now() - started);
    },
    close: async () => {
      await relay.stop();
      await closeBus(bus, receiving);
      await producer.source.destroy();
      await consumer.source.destroy();
    },
  };
}

const closeBus = async (...buses: EventBus[]): Promise<void> => {
  for (const bus of buses) await bus.close();
};

async function bareKafka({ broker, settings }: BenchKafka, count: number): Promise<ClosableVariant> {
  const kafka = new Kafka({
    clientId: 'bare',
    brokers: [broker],
    sasl: {
      mechanism: 'scram-sha-512',
      username: settings['QLVB_KAFKA_USERNAME'] ?? '',
      password: settings['QLVB_KAFKA_PASSWORD'] ?? '',
    },
    logLevel: logLevel.NOTHING,
  });
  const admin = kafka.admin();
  await admin.connect();
  await admin.createTopics({ topics: [{ topic: 'bench.bare', numPartitions: 6 }], waitForLeaders: true });
  await admin.disconnect();
  const producer: Producer = kafka.producer({ idempotent: true });
  await producer.connect();
  const consumer: Consumer = kafka.consumer({ groupId: 'bare' });
  let received = 0;
  let wake = (): void => undefined;
  await consumer.connect();
  await consumer.subscribe({ topic: 'bench.bare', fromBeginning: true });
  await consumer.run({
    partitionsConsumedConcurrently: 6,
    eachMessage: () => {
      received += 1;
      wake();
      return Promise.resolve();
    },
  });
  return {
    name: 'bare kafkajs: send, eachMessage',
    run: async () => {
      const wanted = received + count;
      const started = performance.now();
      await perSecond(count, AT_ONCE, async (index) => {
        await producer.send({ topic: 'bench.bare', acks: -1, messages: [{ key: String(index), value: TEXT }] });
      });
      await new Promise<void>((done) => {
        wake = () => received >= wanted && done();
        wake();
      });
      return (count * 1000) / (performance.now() - started);
    },
    close: async () => {
      await producer.disconnect();
      await consumer.disconnect();
    },
  };
}

async function barePostgres(postgresUrl: string, count: number): Promise<ClosableVariant> {
  const pool = new pg.Pool({ connectionString: `${await busDatabase(postgresUrl)}`, max: AT_ONCE + 1 });
  await pool.query('CREATE TABLE queue (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, value text NOT NULL)');
  return {
    name: 'bare pg: INSERT, DELETE … SKIP LOCKED',
    run: async () => {
      const started = performance.now();
      let taken = 0;
      const consume = async (): Promise<void> => {
        while (taken < count) {
          const { rowCount } = await pool.query(
            'DELETE FROM queue WHERE id IN (SELECT id FROM queue ORDER BY id LIMIT 100 FOR UPDATE SKIP LOCKED)',
          );
          taken += rowCount ?? 0;
        }
      };
      await Promise.all([
        perSecond(count, AT_ONCE, async () => {
          await pool.query('INSERT INTO queue (value) VALUES ($1)', [TEXT]);
        }),
        consume(),
      ]);
      return (count * 1000) / (performance.now() - started);
    },
    close: () => pool.end(),
  };
}

async function platformDatabase(postgresUrl: string, name: string) {
  await provisionDatabase(postgresUrl, { name, ownerPassword: 'owner', appPassword: 'app' });
  const as = (role: string, password: string): string =>
    `${postgresUrl.replace(/postgres:[^@]*@/, `${role}:${password}@`)}/${name}`;
  await migrate(as(ownerRole(name), 'owner'), appRole(name), []);
  const url = as(appRole(name), 'app');
  const source = await connect({ url, poolSize: AT_ONCE, entities: [], applicationName: name });
  return { source, url, database: new Database(source, name) };
}

async function busDatabase(postgresUrl: string): Promise<string> {
  const name = `bench_${newId().replaceAll('-', '')}`;
  const client = new pg.Client({ connectionString: `${postgresUrl}/postgres` });
  await client.connect();
  await client.query(`CREATE DATABASE ${name}`);
  await client.end();
  return `${postgresUrl}/${name}`;
}

interface BenchKafka {
  readonly broker: string;
  /** The one account of the measurement. */
  readonly settings: Readonly<Record<string, string>>;
}

async function startKafka(root: string): Promise<BenchKafka & { readonly stop: () => void }> {
  const folder = mkdtempSync(join(tmpdir(), 'qlvb-bench-kafka-'));
  const port = await freePort();
  const env = {
    ...process.env,
    QLVB_LOCAL_DATA: folder,
    QLVB_KAFKA_PORT: String(port),
    QLVB_KAFKA_CONTROLLER_PORT: String(await freePort()),
    QLVB_KAFKA_TLS_PORT: String(await freePort()),
  };
  const script = (action: string): void => {
    execFileSync(join(root, 'deploy', 'local', 'kafka'), [action], { env, stdio: 'ignore' });
  };
  script('start');
  const broker = `127.0.0.1:${port}`;
  return {
    broker,
    settings: localKafkaSettings({ broker, tlsBroker: '', caFile: '' }, LOCAL_KAFKA_ADMIN, { tls: false }),
    stop: () => {
      script('kill');
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
