import { ArchiveNotificationRequested, ROLES } from '@qlvb/contracts';
import type { Colleague } from '@qlvb/platform-service-testing';
import { AGENCY, archivist, colleagueOfMaker, leader, maker, ReadingRoom, stranger, unitHead } from './reading-room.ts';

interface Right {
  readonly accessRightId: string;
  readonly dossierId: string;
  readonly title: string;
  readonly state: string;
  readonly ground: string;
  readonly right: string;
  readonly principalName: string | null;
}

let room: ReadingRoom;
let dossierId: string;
beforeAll(async () => {
  room = await ReadingRoom.open();
});
afterAll(() => room.test.stop());
beforeEach(async () => {
  ({ dossierId } = await room.openDossier());
});

const admin: Colleague = {
  ...maker,
  ...{ userId: '0191e9a0-0000-7000-8000-0000000000a1', postId: '0191e9a0-0000-7000-8000-0000000000a2' },
  ...{ fullName: 'Bùi Văn Khánh', role: 'agency_admin', permissions: [...ROLES.agency_admin] },
};
const body = (to: Colleague = colleagueOfMaker): object => ({ postId: to.postId, reason: 'Phối hợp giải quyết' });
const propose = (as: Colleague, to?: Colleague): Promise<Right> =>
  room.test.json<Right>(`/dossiers/${dossierId}/access-rights`, { as, body: body(to), status: 201 });
const ending = (act: string): object => (act === 'confirmations' ? {} : { reason: 'Không còn phối hợp' });
const decide = ({ accessRightId }: Right, act: string, as: Colleague): Promise<Right> =>
  room.test.json<Right>(`/dossier-access-rights/${accessRightId}/${act}`, { as, body: ending(act), status: 201 });
const tryDecide = ({ accessRightId }: Right, act: string, as: Colleague): Promise<[number, string]> =>
  room.refusal(`/dossier-access-rights/${accessRightId}/${act}`, as, ending(act));
const seen = async (as: Colleague): Promise<number> => (await room.test.ask(`/dossiers/${dossierId}`, { as })).status;
const items = async (as: Colleague, path: string): Promise<Right[]> =>
  (await room.test.json<{ items: Right[] }>(path, { as, status: 200 })).items;
const rights = (as: Colleague): Promise<Right[]> => items(as, `/dossiers/${dossierId}/access-rights?limit=100`);
const waiting = async (as: Colleague): Promise<string[]> =>
  (await items(as, '/dossier-access-rights?limit=100'))
    .filter((right) => right.dossierId === dossierId)
    .map(({ accessRightId }) => accessRightId);
const NOT_THERE = [404, 'archive.access-right-missing'];
const NOT_YOURS = [403, 'archive.access-not-yours-to-change'];

describe('NĐ30-PL6-F3b NĐ30-PL6-F3c a right to a dossier given by hand', () => {
  it('opens nothing until another competent person confirms it; then the dossier, for reading alone', async () => {
    const right = await propose(maker);
    expect(right).toMatchObject({ state: 'waiting', ground: 'by-hand', right: 'read', dossierId });
    expect(right).toMatchObject({
      title: 'Quản lý, vận hành Hệ thống quản lý văn bản',
      principalName: colleagueOfMaker.fullName,
    });
    expect(await seen(colleagueOfMaker)).toBe(404);
    expect([await waiting(unitHead), await waiting(archivist), await waiting(maker)]).toEqual([
      [right.accessRightId],
      [right.accessRightId],
      [],
    ]);
    expect((await decide(right, 'confirmations', unitHead)).state).toBe('held');
    expect([await seen(colleagueOfMaker), await waiting(unitHead)]).toEqual([200, []]);
    expect(await room.refusal(`/dossiers/${dossierId}/closures`, colleagueOfMaker)).toEqual([
      403,
      'archive.act-not-yours',
    ]);
    expect(await room.refusal(`/dossiers/${dossierId}/access-rights`, colleagueOfMaker, body(leader))).toEqual(
      NOT_YOURS,
    );
    const list = await room.test.json<{ items: { dossierId: string }[] }>('/dossiers?limit=100', {
      as: colleagueOfMaker,
    });
    expect(list.items.map((one) => one.dossierId)).toEqual([dossierId]);
  });

  it('NĐ30-PL6-F3b holds as long as was said, then closes by itself and can be given anew', async () => {
    const path = `/dossiers/${dossierId}/access-rights`;
    const until = { ...body(), endsAt: '2099-01-31T17:00:00.000Z' };
    const past = await room.refusal(path, maker, { ...body(), endsAt: '2020-01-01T00:00:00Z' });
    expect(past).toEqual([422, 'archive.access-end-past']);
    const right = await room.test.json<Right>(path, { as: maker, body: until, status: 201 });
    await decide(right, 'confirmations', unitHead);
    expect(await seen(colleagueOfMaker)).toBe(200);
    const { accessRightId } = right;
    await room.test.admin.query('UPDATE access_row SET valid_until = now() WHERE id = $1', [accessRightId]);
    expect(await seen(colleagueOfMaker)).toBe(404);
    expect((await rights(maker)).find((one) => one.accessRightId === accessRightId)?.state).toBe('ended');
    expect(await room.test.json<Right>(path, { as: maker, body: until, status: 201 })).toMatchObject({
      state: 'waiting',
    });
  });

  it('is told to those who decide about it, and to who keeps the dossier', async () => {
    const right = await propose(unitHead);
    await decide(right, 'confirmations', archivist);
    await decide(right, 'withdrawals', archivist);
    const told = (await room.test.published(ArchiveNotificationRequested)).filter(
      ({ data }) => data.aboutId === dossierId,
    );
    expect(told.map(({ data }) => [data.kind, data.userId ?? data.permission, data.unitId])).toEqual([
      ['dossier-access-proposed', 'submissions.decide', null],
      ['dossier-access-proposed', maker.userId, null],
      ['dossier-access-proposed', 'outgoing-documents.content-check', unitHead.unitId],
      ['dossier-access-withdrawn', 'submissions.decide', null],
      ['dossier-access-withdrawn', maker.userId, null],
      ['dossier-access-withdrawn', 'outgoing-documents.content-check', unitHead.unitId],
    ]);
    expect(told[0]?.agencyid).toBe(AGENCY);
  });

  it('is decided by the head of the unit or the archive, never by who keeps the dossier; to others it is not there', async () => {
    const right = await propose(unitHead);
    for (const act of ['confirmations', 'refusals']) {
      expect([act, await tryDecide(right, act, maker)]).toEqual([act, NOT_YOURS]);
      expect([act, await tryDecide(right, act, unitHead)]).toEqual([act, [403, 'auth.duties-not-separate']]);
      expect([act, await tryDecide(right, act, colleagueOfMaker)]).toEqual([act, NOT_THERE]);
      expect([act, await tryDecide(right, act, stranger)]).toEqual([act, NOT_THERE]);
    }
    expect((await decide(right, 'refusals', archivist)).state).toBe('ended');
    expect([await seen(colleagueOfMaker), await tryDecide(right, 'confirmations', archivist)]).toEqual([
      404,
      [409, 'archive.access-right-decided'],
    ]);
  });

  it('is not proposed twice, nor to somebody who sees the dossier, nor to an administrator (SEC-Z05)', async () => {
    const path = `/dossiers/${dossierId}/access-rights`;
    const right = await propose(maker);
    const held = [409, 'archive.access-already-held'];
    expect(await room.refusal(path, maker, body())).toEqual(held);
    await decide(right, 'confirmations', archivist);
    expect(await room.refusal(path, maker, body())).toEqual(held);
    for (const reader of [maker, unitHead, archivist])
      expect(await room.refusal(path, maker, body(reader))).toEqual(held);
    await room.employ(admin);
    expect(await room.refusal(path, maker, body(admin))).toEqual([422, 'archive.access-not-for-administrators']);
    expect((await room.refusal(path, stranger, body()))[0]).toBe(404);
  });
});

describe('NĐ30-PL6-F3b a withdrawal from a dossier', () => {
  it('closes at once, by one person, also a proposal of one’s own; and opens again by another grant', async () => {
    const right = await propose(maker);
    await decide(right, 'confirmations', unitHead);
    expect((await decide(right, 'withdrawals', maker)).state).toBe('ended');
    expect(await seen(colleagueOfMaker)).toBe(404);
    expect(await tryDecide(right, 'withdrawals', maker)).toEqual([409, 'archive.access-right-decided']);
    const own = await propose(maker);
    await decide(own, 'withdrawals', maker);
    expect(await tryDecide(own, 'confirmations', unitHead)).toEqual([409, 'archive.access-right-decided']);
    await decide(await propose(unitHead), 'confirmations', archivist);
    expect(await seen(colleagueOfMaker)).toBe(200);
  });

  it('does not take what the dossier needs to go its way', async () => {
    for (const ground of ['keeps', 'heads-unit']) {
      const right = (await rights(archivist)).find((one) => one.ground === ground);
      if (!right) throw new Error(`nothing by ${ground}`);
      expect([ground, await tryDecide(right, 'withdrawals', archivist)]).toEqual([
        ground,
        [409, 'archive.access-right-needed'],
      ]);
    }
    expect([await seen(maker), await seen(unitHead)]).toEqual([200, 200]);
  });

  it('leaves what was done in the audit', async () => {
    const right = await propose(maker);
    await decide(right, 'confirmations', unitHead);
    await decide(right, 'withdrawals', unitHead);
    const { rows } = await room.test.admin.query<{ entry: string }>('SELECT entry FROM platform.audit ORDER BY seq');
    const acts = rows
      .map(({ entry }) => JSON.parse(entry) as { action: string; resource?: { id: string } })
      .filter(({ resource }) => resource?.id === right.accessRightId)
      .map(({ action }) => action);
    expect(acts).toEqual(['access-right.proposed', 'access-right.confirmed', 'access-right.withdrawn']);
  });
});
