import { colleaguesOf, colleagueSuite } from '@qlvb/platform-service-testing';
import type { ColleagueName, ColleagueRow } from '@qlvb/platform-service-testing';
import { newId } from '@qlvb/shared-domain';
import { AGENCY, ReadingRoom } from './reading-room.ts';
import type { Dossier, Submission } from './reading-room.ts';

const colleagues = colleaguesOf(AGENCY);
const { part, archivist, leader } = colleagues;

let room: ReadingRoom;
beforeAll(async () => {
  room = await ReadingRoom.open();
  for (const colleague of Object.values(colleagues)) await room.employ(colleague);
});
afterAll(() => room.test.stop());

/** Who keeps it, who answers for his unit, who takes it over, who looks into all of it, and who approved the list it is on. */
const READERS: ColleagueName[] = ['part', 'unit-head', 'leader', 'archivist', 'auditor'];
const without = (...names: ColleagueName[]): ColleagueName[] => READERS.filter((name) => !names.includes(name));

const once = <T>(make: () => Promise<T>): (() => Promise<T>) => {
  let made: Promise<T> | undefined;
  return () => (made ??= make());
};

const list = once(async () => {
  const heading = { abbreviation: 'CNTT', title: 'Công nghệ thông tin' };
  const entry = { title: 'Hồ sơ', retention: { kind: 'years', years: 10 }, responsible: part.fullName };
  const { listId } = await room.test.json<{ listId: string }>('/dossier-lists', {
    as: archivist,
    body: { year: 2026, headings: [{ ...heading, entries: [entry] }] },
  });
  await room.test.json(`/dossier-lists/${listId}/approvals`, { as: leader, body: {} });
  return listId;
});

const open = async (): Promise<Dossier> => room.openDossier({ listId: await list() }, undefined, part);
const filled = async (): Promise<Dossier> => {
  const { documentId } = await room.document({ readers: [part] });
  return room.act((await open()).dossierId, 'documents', part, { documentId });
};
const closed = async (): Promise<Dossier> => room.act((await filled()).dossierId, 'closures', part);
const submitted = async (): Promise<Submission> => room.submit((await closed()).dossierId, undefined, part);
const accepted = async (): Promise<Submission> => room.accept((await submitted()).submissionId, {}, archivist);
const returned = async (): Promise<Submission> => {
  const { submissionId } = await submitted();
  const body = { reason: 'Thiếu trang' };
  return room.test.json<Submission>(`/submissions/${submissionId}/returns`, { as: archivist, body });
};

/** Handed in with a file that is gone. */
const unpacked = async (): Promise<Submission> => {
  const { documentId, files } = await room.document({ readers: [part] });
  await room.store.erase({ key: files[0]?.objectKey ?? '' });
  const { dossierId } = await open();
  await room.act(dossierId, 'documents', part, { documentId });
  await room.act(dossierId, 'closures', part);
  return room.submit(dossierId, undefined, part);
};

const STATES = {
  open: async () => (await filled()).dossierId,
  closed: async () => (await closed()).dossierId,
  submitted: async () => (await submitted()).dossierId,
  returned: async () => (await returned()).dossierId,
  accepted: async () => (await accepted()).dossierId,
};

const reads = Object.entries(STATES).flatMap(([state, make]): ColleagueRow[] => {
  const id = once(make);
  return [
    {
      operation: 'GET /dossiers/:dossierId',
      on: `a dossier that is ${state}`,
      attempt: async () => ({ path: `/dossiers/${await id()}`, marks: ['Quản lý, vận hành'] }),
      done: READERS,
    },
    {
      operation: 'GET /dossiers',
      on: `a dossier that is ${state}`,
      attempt: async () => {
        const mark = await id();
        return { path: `/dossiers?state=${state}&limit=100`, marks: [mark] };
      },
      done: READERS,
    },
  ];
});

const act = (
  operation: string,
  on: string,
  attempt: ColleagueRow['attempt'],
  done: ColleagueName[],
  code = 'archive.act-not-yours',
): ColleagueRow => ({ operation, on, attempt, done, refused: { by: without(...done), code } });

const acts: ColleagueRow[] = [
  act(
    'POST /dossiers/:dossierId/documents',
    'an open dossier',
    async () => {
      const { documentId } = await room.document({ readers: Object.values(colleagues) });
      return { path: `/dossiers/${(await open()).dossierId}/documents`, body: { documentId }, marks: [documentId] };
    },
    ['part'],
  ),
  act(
    'POST /dossiers/:dossierId/closures',
    'an open dossier',
    async () => ({ path: `/dossiers/${(await filled()).dossierId}/closures`, body: {} }),
    ['part'],
  ),
  ...(['closed', 'returned'] as const).map((state) =>
    act(
      'POST /dossiers/:dossierId/reopenings',
      `a dossier that is ${state}`,
      async () => ({ path: `/dossiers/${await STATES[state]()}/reopenings`, body: { reason: 'Bổ sung văn bản' } }),
      ['unit-head'],
    ),
  ),
  ...(['closed', 'returned'] as const).map((state) =>
    act(
      'POST /dossiers/:dossierId/submissions',
      `a dossier that is ${state}`,
      async () => ({ path: `/dossiers/${await STATES[state]()}/submissions`, body: {} }),
      ['part'],
    ),
  ),
  act(
    'POST /submissions/:submissionId/acceptances',
    'a dossier that was submitted',
    async () => ({ path: `/submissions/${(await submitted()).submissionId}/acceptances`, body: {} }),
    ['archivist'],
  ),
  act(
    'POST /submissions/:submissionId/returns',
    'a dossier that was submitted',
    async () => ({ path: `/submissions/${(await submitted()).submissionId}/returns`, body: { reason: 'Thiếu trang' } }),
    ['archivist'],
  ),
  ...(['retries', 'cancellations'] as const).map((path) =>
    act(
      `POST /submissions/:submissionId/${path}`,
      'a dossier that could not be packed',
      async () => ({ path: `/submissions/${(await unpacked()).submissionId}/${path}`, body: {} }),
      ['part'],
    ),
  ),
];

/** Who keeps it proposes; who answers for it decides as well. */
const proposers: ColleagueName[] = ['part', 'unit-head', 'archivist'];
const deciders: ColleagueName[] = ['unit-head', 'archivist'];
const other = { ...part, userId: newId(), postId: newId(), fullName: 'Người được cho xem' };
const NOT_YOURS = 'archive.access-not-yours-to-change';
const proposed = async (): Promise<{ readonly accessRightId: string; readonly dossierId: string }> => {
  await room.employ(other);
  const { dossierId } = await open();
  // By another than those who are to decide.
  return room.test.json(`/dossiers/${dossierId}/access-rights`, {
    as: part,
    body: { postId: other.postId, reason: 'Phối hợp' },
    status: 201,
  });
};
const rights: ColleagueRow[] = [
  {
    ...act(
      'GET /dossiers/:dossierId/access-rights',
      'an open dossier',
      async () => {
        const { accessRightId, dossierId } = await proposed();
        return { path: `/dossiers/${dossierId}/access-rights`, marks: [accessRightId] };
      },
      proposers,
      NOT_YOURS,
    ),
  },
  {
    operation: 'GET /dossier-access-rights',
    on: 'a proposal that waits',
    attempt: async () => ({ path: '/dossier-access-rights?limit=100', marks: [(await proposed()).accessRightId] }),
    done: deciders,
  },
  act(
    'POST /dossiers/:dossierId/access-rights',
    'an open dossier',
    async () => {
      await room.employ(other);
      const body = { postId: other.postId, reason: 'Phối hợp' };
      return { path: `/dossiers/${(await open()).dossierId}/access-rights`, body };
    },
    proposers,
    NOT_YOURS,
  ),
  ...(['confirmations', 'refusals'] as const).map((path) =>
    act(
      `POST /dossier-access-rights/:accessRightId/${path}`,
      'a proposal that waits',
      async () => ({
        path: `/dossier-access-rights/${(await proposed()).accessRightId}/${path}`,
        body: path === 'refusals' ? { reason: 'Không cần' } : {},
      }),
      deciders,
      NOT_YOURS,
    ),
  ),
  act(
    'POST /dossier-access-rights/:accessRightId/withdrawals',
    'a proposal that waits',
    async () => ({
      path: `/dossier-access-rights/${(await proposed()).accessRightId}/withdrawals`,
      body: { reason: 'Không cần' },
    }),
    proposers,
    NOT_YOURS,
  ),
];

const taken = once(accepted);
const packages: ColleagueRow[] = [
  {
    operation: 'GET /submissions/:submissionId',
    on: 'a dossier that was accepted',
    attempt: async () => {
      const { submissionId, submissionCode } = await taken();
      return { path: `/submissions/${submissionId}`, marks: [submissionCode ?? 'no code'] };
    },
    done: READERS,
  },
  {
    operation: 'GET /archive-packages',
    on: 'a dossier that was accepted',
    attempt: async () => {
      const { dossierId, packages: made } = await taken();
      return { path: `/archive-packages?dossierId=${dossierId}`, marks: [made.sip, made.aip ?? ''] };
    },
    done: ['archivist', 'auditor'],
  },
  {
    operation: 'GET /archive-packages/:packageId/content',
    on: 'a dossier that was accepted',
    attempt: async () => ({ path: `/archive-packages/${(await taken()).packages.sip}/content`, marks: ['METS'] }),
    done: ['archivist', 'auditor'],
  },
];

const locks: ColleagueRow[] = [
  {
    operation: 'POST /archive-packages/:packageId/locks',
    on: 'a dossier that was accepted',
    attempt: async () => ({
      path: `/archive-packages/${(await taken()).packages.aip}/locks`,
      body: {},
      marks: ['"unit"'],
    }),
    done: ['archivist'],
  },
];

/** A document of one officer: beside him those who see every document may put it into a dossier of theirs. */
const document = once(() => room.document({ readers: [part], subject: 'Về việc phân công riêng' }));
const filable: ColleagueRow[] = [
  {
    operation: 'GET /dossiers/filable-documents',
    on: 'a document of one officer',
    attempt: async () => {
      const { documentId, subject } = await document();
      return { path: `/dossiers/filable-documents?documentId=${documentId}`, marks: [documentId, subject] };
    },
    done: ['part', 'clerk'],
  },
  {
    operation: 'GET /dossiers/filable-documents',
    on: 'all documents',
    attempt: async () => {
      const { documentId, subject } = await document();
      return { path: '/dossiers/filable-documents?limit=100', marks: [documentId, subject] };
    },
    done: ['part', 'clerk'],
  },
];

describe('F-22 SEC-Z02 SEC-Z05 dossiers among colleagues', () => {
  colleagueSuite({
    test: () => room.test,
    colleagues,
    // Documents first: a page of those that can be filed holds a hundred.
    rows: [...filable, ...reads, ...acts, ...rights, ...packages, ...locks],
    others: {
      'POST /dossiers': 'opens a dossier of one’s own',
      'GET /dossier-lists': 'the list is issued to all units and persons (NĐ30-A28-1)',
      'POST /dossier-lists': 'a matter of the permission alone',
      'POST /dossier-lists/:listId/approvals': 'a matter of the permission alone',
    },
  });

  it('F-22 SEC-Z02 what one may not read cannot be filed in a dossier of one’s own', async () => {
    const { documentId } = await document();
    for (const as of Object.values(colleagues)) {
      if (!as.permissions?.includes('dossiers.manage')) continue;
      const { dossierId } = await room.openDossier({}, undefined, as);
      const answer = await room.test.ask(`/dossiers/${dossierId}/documents`, { as, body: { documentId } });
      const expected = [part, colleagues.clerk].includes(as) ? 201 : 404;
      expect([as.fullName, answer.status]).toEqual([as.fullName, expected]);
    }
  });

  it.each(Object.keys(STATES) as (keyof typeof STATES)[])(
    'F-22 SEC-Z02 of a dossier that is %s each sees the documents that he may see, and the archive what it was handed',
    async (state) => {
      const id = await STATES[state]();
      const isHandedOver = state !== 'open' && state !== 'closed';
      for (const name of READERS) {
        const asks: [string, (answer: Dossier & { items?: Dossier[] }) => Dossier | undefined][] = [
          [`/dossiers/${id}`, (answer) => answer],
          ['/dossiers?limit=100', ({ items = [] }) => items.find(({ dossierId }) => dossierId === id)],
        ];
        for (const [path, find] of asks) {
          const found = find(await room.test.json(path, { as: colleagues[name] }));
          const sees = ['part', 'auditor'].includes(name) || (name === 'archivist' && isHandedOver);
          expect([name, path, found?.documentCount, found?.documents.length]).toEqual([name, path, 1, sees ? 1 : 0]);
        }
      }
    },
  );

  it('F-22 SEC-Z02 a document whose rights have not come yet can be filed by nobody', async () => {
    const { documentId } = await room.document({ readers: null });
    const { dossierId } = await open();
    const body = { documentId };
    expect((await room.test.ask(`/dossiers/${dossierId}/documents`, { as: part, body })).status).toBe(404);
    const seen = await room.test.json(`/dossiers/filable-documents?documentId=${documentId}`, { as: part });
    expect(seen).toEqual({ items: [], nextCursor: null, total: { value: 0, more: false } });
  });
});
