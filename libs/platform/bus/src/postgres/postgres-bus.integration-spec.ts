import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { startEmbeddedPostgres } from '@qlvb/platform-embedded-postgres';
import type { EmbeddedPostgres } from '@qlvb/platform-embedded-postgres';
import { makeTestDatabase } from '@qlvb/platform-testing';
import type { TestDatabase } from '@qlvb/platform-testing';
import { describeFailures } from '../testing/contract-failures.ts';
import { describeDelivery } from '../testing/contract.ts';
import { fresh, record, until } from '../testing/contract-kit.ts';
import { createEventBus } from '../create-event-bus.ts';
import type { BusConfig } from '../bus-config.ts';
import { quietLog } from '../testing/contract-kit.ts';
import { pruneRecords } from './retention.ts';

const configOf = (url: string): BusConfig => ({ driver: 'postgres', url, retentionDays: 30, concurrency: 8 });

describe('postgres driver', () => {
  let database: TestDatabase;
  beforeAll(async () => (database = await makeTestDatabase('bus')));
  afterAll(() => database.drop());

  describeDelivery('postgres', { config: () => configOf(database.url) });

  it('removes old records only when every group has confirmed them', async () => {
    const own = await makeTestDatabase('bus');
    const bus = createEventBus(configOf(own.url), quietLog);
    const topic = fresh('prune');
    await bus.ensureTopics([{ name: topic, groups: ['waiting'] }]);
    await bus.publish([record(topic, 'k', 0), record('test.nobody', 'k', 0)]);
    const pool = new pg.Pool({ connectionString: own.url });
    await pool.query(`UPDATE bus.record SET published_at = now() - interval '40 days'`);
    expect(await pruneRecords(pool, 30)).toBe(1);
    const seen: string[] = [];
    await bus.subscribe({ group: 'waiting', topics: [topic], handler: async ({ id }) => void seen.push(id) });
    await until('the kept record', () => seen.length === 1);
    await bus.close();
    expect(await pruneRecords(pool, 30)).toBe(1);
    await pool.end();
    await own.drop();
  });
});

describe('postgres driver on a server of its own', () => {
  let folder: string;
  let server: EmbeddedPostgres;
  const start = async (port: number): Promise<EmbeddedPostgres> =>
    startEmbeddedPostgres({ folder: join(folder, 'cluster'), port, password: 'bus' });
  const makeDatabase = async (): Promise<void> => {
    const client = new pg.Client({ connectionString: `${server.url}/postgres` });
    await client.connect();
    await client.query('CREATE DATABASE qlvb_bus');
    await client.end();
  };

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'qlvb-bus-pg-'));
    server = await start(0);
    await makeDatabase();
  });
  afterAll(async () => {
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  describeFailures('postgres', {
    config: () => configOf(`${server.url}/qlvb_bus`),
    restart: async (whileDown) => {
      const { port } = server;
      await server.stop();
      await whileDown();
      server = await start(port);
    },
    wipe: async () => {
      const { port } = server;
      await server.stop();
      rmSync(join(folder, 'cluster'), { recursive: true, force: true });
      server = await start(port);
      await makeDatabase();
    },
  });
});
