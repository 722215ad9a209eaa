import { join } from 'node:path';
import { jest } from '@jest/globals';
import { AgencyChanged, PostChanged } from '@qlvb/contracts';
import { until } from '@qlvb/platform-service-testing';
import { runInContext } from '@qlvb/platform-context';
import type { Actor } from '@qlvb/platform-context';
import { appRole, connect, Database, migrate, ownerRole, provisionDatabase } from '@qlvb/platform-database';
import { testPostgresUrl } from '@qlvb/platform-testing';
import { idFrom, newId } from '@qlvb/shared-domain';
import { vietnamDate } from '@qlvb/vietnam';
import type { DataSource } from 'typeorm';
import { DirectoryRights } from './directory-rights.ts';
import { DIRECTORY_ENTITIES } from './directory.entities.ts';
import { codeOn, codesOf, Directory } from './directory.ts';

const AGENCY = idFrom('agency:A');
const name = `directory_${process.pid}_${Date.now().toString(36)}`;
const url = (role: string, password: string): string =>
  `${testPostgresUrl().replace(/postgres:[^@]*@/, `${role}:${password}@`)}/${name}`;

let source: DataSource;
let database: Database;
beforeAll(async () => {
  await provisionDatabase(testPostgresUrl(), { name, ownerPassword: 'owner', appPassword: 'app' });
  await migrate(url(ownerRole(name), 'owner'), appRole(name), [join(import.meta.dirname, '..', 'migrations')]);
  source = await connect({
    url: url(appRole(name), 'app'),
    poolSize: 4,
    entities: DIRECTORY_ENTITIES,
    applicationName: 'directory',
  });
  database = new Database(source, 'test');
});
afterAll(() => source.destroy());

type Post = Parameters<Directory['applyPost']>[0];

const inAgency = <T>(work: () => Promise<T>): Promise<T> =>
  runInContext({ requestId: newId(), traceparent: '', language: 'vi', agencyId: AGENCY }, work);

const tell = (post: Partial<Post>): Promise<void> =>
  inAgency(() =>
    new Directory(database).applyPost({
      ...PostChanged.example,
      agencyId: AGENCY,
      permissionVersion: 1,
      ...post,
    } as Post),
  );

const actor = (more: Partial<Actor> = {}): Actor => ({
  userId: newId(),
  agencyId: AGENCY,
  postId: newId(),
  permissions: [],
  permissionVersion: 1,
  ...more,
});

const started: DirectoryRights[] = [];
afterAll(() => started.forEach((rights) => rights.onApplicationShutdown()));

/** As a running service has it: hearing of changes. */
async function listening(): Promise<DirectoryRights> {
  const rights = new DirectoryRights(database);
  const sessions = async (): Promise<number> => {
    const rows = (await source.query(
      `SELECT count(*)::int AS n FROM pg_stat_activity WHERE datname = current_database()
         AND application_name = 'directory-rights' AND query LIKE 'LISTEN%' AND state = 'idle'`,
    )) as { n: number }[];
    return rows[0]?.n ?? 0;
  };
  const before = await sessions();
  rights.onApplicationBootstrap();
  started.push(rights);
  await until('it listens', async () => (await sessions()) > before || undefined);
  return rights;
}

/** Though no time has passed since it was last asked. */
const refused = (rights: DirectoryRights, person: Actor): Promise<true> =>
  until('refused', async () => !(await rights.isCurrent(person, 0)) || undefined) as Promise<true>;

describe('SEC-S03: rights that changed end the tokens that name the old ones', () => {
  it('within a minute of the event, in every service', async () => {
    const rights = new DirectoryRights(database);
    const person = actor();
    const post = { userId: person.userId, postId: person.postId ?? '' };
    await tell({ ...post, version: 1 });
    expect(await rights.isCurrent(person, 0)).toBe(true);
    await tell({ ...post, version: 2, permissionVersion: 2 });
    expect(await rights.isCurrent(person, 60_000)).toBe(false);
    expect(await rights.isCurrent({ ...person, permissionVersion: 2 }, 60_000)).toBe(true);
  });

  it('also by another post of the same person in the agency', async () => {
    const rights = new DirectoryRights(database);
    const person = actor();
    await tell({ userId: person.userId, postId: newId(), permissionVersion: 5 });
    expect(await rights.isCurrent(person)).toBe(false);
  });

  it('when the post ended', async () => {
    const rights = new DirectoryRights(database);
    const person = actor({ permissionVersion: 9 });
    await tell({ userId: person.userId, postId: person.postId ?? '', active: false });
    expect(await rights.isCurrent(person)).toBe(false);
    expect(await rights.isCurrent({ ...person, postId: newId() })).toBe(true);
  });

  it('F-25 at once where changes are heard of, though the answer was remembered', async () => {
    const [rights, replica] = [await listening(), await listening()];
    const person = actor();
    await tell({ userId: person.userId, postId: person.postId ?? '', version: 1 });
    for (const one of [rights, replica]) expect(await one.isCurrent(person, 0)).toBe(true);
    await tell({ userId: person.userId, postId: person.postId ?? '', version: 2, permissionVersion: 2 });
    for (const one of [rights, replica]) await refused(one, person);
  });

  it('asking the database once in a while only', async () => {
    const rights = await listening();
    const person = actor();
    const asked = jest.spyOn(database, 'read');
    expect(await rights.isCurrent(person, 0)).toBe(true);
    expect(await rights.isCurrent(person, 14_999)).toBe(true);
    expect(asked).toHaveBeenCalledTimes(1);
    expect(await rights.isCurrent(person, 15_000)).toBe(true);
    expect(asked).toHaveBeenCalledTimes(2);
    asked.mockRestore();
  });

  it('somebody not heard of yet, and an event without a version, end nothing', async () => {
    const rights = new DirectoryRights(database);
    const person = actor();
    expect(await rights.isCurrent(person, 0)).toBe(true);
    await tell({ userId: person.userId, postId: person.postId ?? '', permissionVersion: undefined });
    expect(await rights.isCurrent(person, 60_000)).toBe(true);
  });
});

describe('F-25 SEC-S02: a session that ended ends its access tokens', () => {
  const end = (userId: string, sessionIds: string[], seconds = 600): Promise<void> =>
    inAgency(() =>
      new Directory(database).applySessionsEnded({
        userId,
        sessionIds,
        until: new Date(Date.now() + seconds * 1000).toISOString(),
      }),
    );

  it('F-25 in every replica, at once, and no other session of the person', async () => {
    const [rights, replica] = [await listening(), await listening()];
    const [person, sessionId, other] = [actor(), newId(), newId()];
    for (const one of [rights, replica]) {
      expect(await one.isCurrent({ ...person, sessionId }, 0)).toBe(true);
      expect(await one.isCurrent({ ...person, sessionId: other }, 0)).toBe(true);
    }
    await end(person.userId, [sessionId]);
    for (const one of [rights, replica]) {
      await refused(one, { ...person, sessionId });
      expect(await one.isCurrent({ ...person, sessionId: other }, 0)).toBe(true);
    }
  });

  it('F-25 after a restart, and in an agency other than the one it was told for', async () => {
    const [person, sessionId] = [actor({ agencyId: idFrom('agency:B') }), newId()];
    await end(person.userId, [sessionId]);
    expect(await new DirectoryRights(database).isCurrent({ ...person, sessionId })).toBe(false);
  });

  it('F-25 within half a second where the connection for news is lost', async () => {
    const rights = new DirectoryRights(database);
    const [person, sessionId] = [actor(), newId()];
    expect(await rights.isCurrent({ ...person, sessionId }, 0)).toBe(true);
    await end(person.userId, [sessionId]);
    expect(await rights.isCurrent({ ...person, sessionId }, 500)).toBe(false);
  });

  it('F-25 is remembered until its tokens have expired, and not longer', async () => {
    const [person, past, present] = [actor(), newId(), newId()];
    const remembered = async (): Promise<string[]> =>
      (
        (await source.query('SELECT session_id FROM directory_ended_session WHERE session_id = ANY($1)', [
          [past, present],
        ])) as { session_id: string }[]
      ).map(({ session_id: id }) => id);
    await end(person.userId, [past], 0.3);
    expect(await remembered()).toEqual([past]);
    await new Promise((resolve) => setTimeout(resolve, 400));
    await end(person.userId, [present]);
    expect(await remembered()).toEqual([present]);
    await end(person.userId, [past], -1);
    expect(await remembered()).toEqual([present]);
  });
});

describe('AGC-04, AGC-14: an agency is found', () => {
  const told = (more: Partial<Parameters<Directory['applyAgency']>[0]>): Promise<string[]> =>
    inAgency(async () => {
      const directory = new Directory(database);
      await directory.applyAgency({ ...AgencyChanged.example, ...more });
      const codes = ['H46.03', '000.00.03.H46', 'H46.30', '000.00.30.H46'];
      const found = await Promise.all(codes.map((code) => directory.agencyByCode(code)));
      return found.map((agency) => agency?.agencyId ?? 'nobody');
    });

  it('by both forms of its code, and by those it had before', async () => {
    const { agencyId } = AgencyChanged.example;
    expect(await told({ version: 1 })).toEqual([agencyId, agencyId, 'nobody', 'nobody']);
    const otherCodes = ['H46.03', '000.00.03.H46'];
    const replaced = { version: 2, code: 'H46.30', legacyCode: '000.00.30.H46', otherCodes };
    expect(await told(replaced)).toEqual([agencyId, agencyId, agencyId, agencyId]);
    expect(await told({ version: 1 })).toEqual([agencyId, agencyId, agencyId, agencyId]);
  });

  it('AGC-08, AGC-15: and goes by the code of the day, though it was told of it long before', async () => {
    const day = (offset: number): string => vietnamDate(new Date(Date.now() + offset * 24 * 3600 * 1000));
    const state = { ...AgencyChanged.example, version: 3, code: 'H46.03', otherCodes: ['H46.30', '000.00.30.H46'] };
    const codesFrom = (from: string, before: string) => [
      { code: 'H46.03', legacyCode: '000.00.03.H46', validFrom: '2020-09-15', validTo: before },
      { code: 'H46.30', legacyCode: '000.00.30.H46', validFrom: from, validTo: null },
    ];
    const seen = (codes: ReturnType<typeof codesFrom>, version: number) =>
      inAgency(async () => {
        const directory = new Directory(database);
        await directory.applyAgency({ ...state, version, codes });
        const agency = await directory.agency(state.agencyId);
        const [other] = [...(await directory.agencies([state.agencyId])).values()];
        expect([other, await directory.agencyByCode('H46.03')]).toEqual([agency, agency]);
        return {
          code: agency.code,
          legacyCode: agency.legacyCode,
          all: codesOf(agency).sort(),
          then: codeOn(agency, day(3)),
        };
      });
    const all = ['000.00.03.H46', '000.00.30.H46', 'H46.03', 'H46.30'];
    expect(await seen(codesFrom(day(1), day(0)), 3)).toEqual({
      code: 'H46.03',
      legacyCode: '000.00.03.H46',
      all,
      then: 'H46.30',
    });
    expect(await seen(codesFrom(day(0), day(-1)), 4)).toEqual({
      code: 'H46.30',
      legacyCode: '000.00.30.H46',
      all,
      then: 'H46.30',
    });
  });
});
