import { join } from 'node:path';
import { appRole, connect, Database, migrate, ownerRole, provisionDatabase } from '@qlvb/platform-database';
import { ManualClock, testPostgresUrl } from '@qlvb/platform-testing';
import { idFrom } from '@qlvb/shared-domain';
import pg from 'pg';
import type { DataSource } from 'typeorm';
import { holdSequence, moveSequence } from './number-sequence.ts';

const root = join(import.meta.dirname, '..', '..', '..', '..', '..');
const name = `sequence_${process.pid}_${Date.now().toString(36)}`;
const agencyId = idFrom('agency:H46.05');
const url = (role: string): string => `${testPostgresUrl().replace(/postgres:[^@]*@/, `${role}:x@`)}/${name}`;

let source: DataSource;
let database: Database;

beforeAll(async () => {
  await provisionDatabase(testPostgresUrl(), { name, ownerPassword: 'x', appPassword: 'x' });
  const folders = ['libs/shared/directory', 'libs/platform/access', 'apps/documents'];
  await migrate(
    url(ownerRole(name)),
    appRole(name),
    folders.map((folder) => join(root, folder, 'migrations')),
  );
  source = await connect({ url: url(appRole(name)), poolSize: 4, entities: [], applicationName: 'test' });
  database = new Database(source, 'documents');
});
afterAll(async () => {
  await source.destroy();
  const admin = new pg.Client({ connectionString: `${testPostgresUrl()}/postgres` });
  await admin.connect();
  await admin.query(`DROP DATABASE ${name} WITH (FORCE)`);
  for (const role of [ownerRole(name), appRole(name)]) await admin.query(`DROP ROLE ${role}`);
  await admin.end();
});

/** Takes a number, holding the run until told. */
const take = (clock: ManualClock, until: Promise<void> = Promise.resolve(), held: () => void = () => undefined) =>
  database.command(
    async (tx) => {
      const { year, key, last, now } = await holdSequence(tx, clock, () => 'arrival');
      held();
      await until;
      const number = (last?.number ?? 0) + 1;
      await moveSequence(tx, year, key, number, now.toISOString().slice(0, 10));
      return { year, number, now: now.toISOString(), lastDate: last?.date };
    },
    { agencyId },
  );

describe('a run of numbers', () => {
  it('NĐ30-A15-1: begins with 1 on 1 January in Vietnam, which is 31 December in Greenwich', async () => {
    const clock = new ManualClock('2026-12-31T16:59:59Z');
    expect(await take(clock)).toMatchObject({ year: 2026, number: 1 });
    expect(await take(clock)).toMatchObject({ year: 2026, number: 2 });
    clock.set('2026-12-31T17:00:00Z');
    expect(await take(clock)).toMatchObject({ year: 2027, number: 1 });
  });

  it('NĐ30-A15-1: gives who waited for it over New Year’s Eve a number of the new year', async () => {
    const clock = new ManualClock('2030-12-31T16:59:59Z');
    let release = (): void => undefined;
    let isHeld = (): void => undefined;
    const hold = new Promise<void>((resolve) => (release = resolve));
    const held = new Promise<void>((resolve) => (isHeld = resolve));
    const first = take(clock, hold, isHeld);
    await held;
    const second = take(clock);
    await new Promise((resolve) => setTimeout(resolve, 200));
    clock.set('2030-12-31T17:00:01Z');
    release();
    expect(await first).toMatchObject({ year: 2030, number: 1 });
    expect(await second).toMatchObject({ year: 2031, number: 1, now: '2030-12-31T17:00:01.000Z' });
  });

  it('NĐ30-A15-1: dates who waited for it over midnight by the new day', async () => {
    const clock = new ManualClock('2029-03-01T10:00:00Z');
    let release = (): void => undefined;
    let isHeld = (): void => undefined;
    const hold = new Promise<void>((resolve) => (release = resolve));
    const held = new Promise<void>((resolve) => (isHeld = resolve));
    const first = take(clock, hold, isHeld);
    await held;
    const second = take(clock);
    await new Promise((resolve) => setTimeout(resolve, 200));
    clock.set('2029-03-02T10:00:00Z');
    release();
    await first;
    expect(await second).toMatchObject({ number: 2, lastDate: '2029-03-01', now: '2029-03-02T10:00:00.000Z' });
  });
});
