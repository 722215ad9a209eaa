import { existsSync, mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as contracts from '@qlvb/contracts';
import type { EventDeclaration } from '@qlvb/contracts';
import { busConfig, createEventBus } from '@qlvb/platform-bus';
import type { EventBus } from '@qlvb/platform-bus';
import { appRole } from '@qlvb/platform-database';
import { startEmbeddedPostgres } from '@qlvb/platform-embedded-postgres';
import { newId } from '@qlvb/shared-domain';
import pg from 'pg';
import { BUS_DATABASE, databaseOf, installDatabases, roleUrl, SERVICES } from './index.ts';
import type { Service } from './index.ts';

const libs = join(import.meta.dirname, '..', '..', '..');
const silent = { log: () => undefined, warn: () => undefined, error: () => undefined };
let postgres: Awaited<ReturnType<typeof startEmbeddedPostgres>>;
const buses: EventBus[] = [];
let thief: pg.Client;

const urlOf = (service: Service): string => roleUrl(postgres.url, BUS_DATABASE, appRole(databaseOf(service)), 'app');
function busOf(service: Service): EventBus {
  const bus = createEventBus(busConfig({ QLVB_BUS_URL: urlOf(service) }), silent);
  buses.push(bus);
  return bus;
}
const record = (topic: string, id = newId()) =>
  ({ id, topic, key: 'k', lane: 'normal', value: '{"type":"x"}', headers: {} }) as const;
const refused = (sql: string, values: unknown[] = []): Promise<unknown> =>
  thief.query(sql, values).then(
    () => 'done',
    (error: unknown) => (error as { code: string }).code,
  );

beforeAll(async () => {
  postgres = await startEmbeddedPostgres({
    folder: join(mkdtempSync(join(tmpdir(), 'bus-rights-')), 'cluster'),
    password: 'test',
  });
  const install = (): Promise<unknown> => installDatabases(postgres.url, () => ({ owner: 'owner', app: 'app' }));
  await install();
  await install();
  thief = new pg.Client({ connectionString: urlOf('documents') });
  await thief.connect();
}, 180_000);
afterAll(async () => {
  for (const bus of buses) await bus.close();
  await thief.end();
  await postgres.stop();
});

describe('F-23 a topic has one producer by its credentials', () => {
  it('which brings its events to the services that are declared to read them, and to their dead letters', async () => {
    const seen: string[] = [];
    const id = newId();
    await busOf('workflow').subscribe({
      group: 'workflow',
      topics: ['identity.post', 'documents.incoming-document'],
      handler: ({ id: of }) => Promise.resolve(void seen.push(of)),
    });
    await busOf('identity').publish([record('identity.post', id)]);
    while (seen.length === 0) await new Promise((done) => setTimeout(done, 20));
    expect(seen).toEqual([id]);
  });

  it.each(SERVICES.filter((service) => service !== 'identity'))(
    '%s cannot publish what identity tells of posts',
    async (service) => {
      await expect(busOf(service).publish([record('identity.post')])).rejects.toMatchObject({ code: '42501' });
    },
  );

  it('one record of a foreign topic among own ones holds all of them back', async () => {
    const { rows } = await thief.query<{ own: string }>(`SELECT 'documents.access' AS own`);
    await expect(
      busOf('documents').publish([record(rows[0]?.own ?? ''), record('exchange.delivery')]),
    ).rejects.toMatchObject({ code: '42501' });
  });

  it('nor can it read or confirm for another service, or read a topic that it is not declared to read', async () => {
    const bus = busOf('documents');
    const listen = (group: string, topic: string): Promise<unknown> =>
      bus.subscribe({ group, topics: [topic], handler: () => Promise.resolve() });
    await expect(listen('workflow', 'identity.post')).rejects.toMatchObject({ code: '42501' });
    await expect(listen('documents', 'axis.document-package')).rejects.toMatchObject({ code: '42501' });
    const { rows } = await thief.query<{ number: number }>(`SELECT DISTINCT group_id AS number FROM bus.subscription`);
    const number = rows[0]?.number;
    expect(rows).toHaveLength(1);
    expect(await refused(`SELECT * FROM bus.fetch($1, '{0}', '{identity.post}', '{}', '{}', 1, 1)`, [number])).toBe(
      '42501',
    );
    expect(await refused(`SELECT bus.confirm($1, '{0}', '{0}', '{1}')`, [number])).toBe('42501');
    expect(
      await refused(`SELECT bus.give_up(gen_random_uuid(), $1, 'workflow', 't', 'c', 1, now(), '{}')`, [number]),
    ).toBe('42501');
  });

  it.each([
    `INSERT INTO bus.record (id, topic, lane, partition, key, value, headers) VALUES ('i', 'identity.post', 1, 1, 'k', '{}', '{}')`,
    'SELECT * FROM bus.record',
    'DELETE FROM bus.delivery',
    'SELECT * FROM bus.dead_letter',
    `UPDATE bus.producer SET role = 'qlvb_documents_app'`,
    'CREATE TABLE bus.mine (id integer)',
    `CREATE FUNCTION bus.is_owner() RETURNS boolean LANGUAGE sql AS 'SELECT true'`,
  ])('nor go around: %s', async (sql) => {
    expect(await refused(sql)).toBe('42501');
  });
});

describe('F-23 the readers of topics', () => {
  /** Events that the sources handle, by the name of their declaration. */
  function handledIn(folder: string): EventDeclaration[] {
    const sources = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(
      (file) => /\.ts$/.test(file) && !/spec\.ts$/.test(file),
    );
    const names = sources.flatMap((file) =>
      [...readFileSync(join(folder, file), 'utf8').matchAll(/@OnEvent\((\w+)\)/g)].map(([, name]) => name),
    );
    return names.map(
      (name) => (contracts as unknown as Record<string, EventDeclaration>)[name ?? ''] as EventDeclaration,
    );
  }
  const uses = (service: Service, library: string): boolean =>
    readdirSync(join(libs, service, 'feature', 'src'), { recursive: true, encoding: 'utf8' }).some(
      (file) =>
        file.endsWith('module.ts') &&
        readFileSync(join(libs, service, 'feature', 'src', file), 'utf8').includes(library),
    );

  it.each(SERVICES)('%s reads what its consumers handle, and nothing else', (service) => {
    const folders = [join(libs, service, 'feature', 'src')];
    for (const [library, folder] of [
      ['@qlvb/directory', 'directory'],
      ['@qlvb/document-access', 'document-access'],
    ] as const) {
      if (uses(service, library)) folders.push(join(libs, 'shared', folder, 'src'));
    }
    expect(folders.every((folder) => existsSync(folder))).toBe(true);
    const handled = new Set(folders.flatMap(handledIn).map(({ topic }) => topic));
    const declared = contracts.topics().flatMap(({ name, readers }) => (readers.includes(service) ? [name] : []));
    expect(declared.toSorted()).toEqual([...handled].toSorted());
  });

  it('every topic is published by a service that there is', () => {
    expect(contracts.topics().filter(({ producer }) => !(SERVICES as readonly string[]).includes(producer))).toEqual(
      [],
    );
  });
});
