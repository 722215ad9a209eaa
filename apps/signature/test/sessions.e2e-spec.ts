import { OutgoingDocumentRevised, PostChanged } from '@qlvb/contracts';
import { armFailPoints } from '@qlvb/platform-faults';
import { newId } from '@qlvb/shared-domain';
import { signWith } from '@qlvb/x509';
import { admin, deputy, leader, SENDER, SigningRoom, stranger } from './signing-room.ts';
import type { Draft, Holder, Session } from './signing-room.ts';

let room: SigningRoom;
let person: Holder;
let personal: string;

beforeAll(async () => {
  room = await SigningRoom.open();
  person = room.person(leader);
  personal = await room.register(person, leader);
});
afterEach(() => {
  armFailPoints(undefined);
  Object.assign(room.plugs, { ocsp: true, lists: true, tsa: true });
});
afterAll(() => room.close());

const waiting = async (): Promise<Draft> => {
  const draft = await room.draft();
  await room.check(draft);
  return draft;
};
const open = (documentId: string): Promise<Session> => room.openSession(documentId, 'personal', personal, leader);
const pathOf = ({ sessionId }: Session): string => `/signing-sessions/${sessionId}/signatures`;
const state = async ({ sessionId }: Session): Promise<string> =>
  (await room.test.json<Session>(`/signing-sessions/${sessionId}`, { as: leader })).state;

describe('a signing session', () => {
  it('PR-07 gives way to a newer one of the same document', async () => {
    const { documentId } = await waiting();
    const [older, newer] = [await open(documentId), await open(documentId)];
    expect(await state(older)).toBe('replaced');
    const body = room.values(older, person);
    expect(await room.refusal(pathOf(older), { as: leader, body })).toEqual([409, 'signature.session-over']);
    await room.complete(newer, person, leader);
    expect(await room.signed(documentId)).toHaveLength(1);
  });

  it('PR-07 stays the only open one when many are opened at once', async () => {
    const { documentId } = await waiting();
    await Promise.all(Array.from({ length: 6 }, () => open(documentId)));
    const { rows } = await room.test.admin.query(
      "SELECT count(*)::int AS open FROM signing_session WHERE document_id = $1 AND state = 'open'",
      [documentId],
    );
    expect(rows).toEqual([{ open: 1 }]);
  });

  it('PR-07 PR-14 ends with its time', async () => {
    const { documentId } = await waiting();
    const session = await open(documentId);
    await room.test.admin.query("UPDATE signing_session SET expires_at = now() - interval '1 second' WHERE id = $1", [
      session.sessionId,
    ]);
    expect(await state(session)).toBe('expired');
    const body = room.values(session, person);
    expect(await room.refusal(pathOf(session), { as: leader, body })).toEqual([409, 'signature.session-over']);
    expect(await room.signed(documentId)).toEqual([]);
  });

  it('PR-07 NĐ30-A11-2 ends with a new version of the document, also when that is checked again at once', async () => {
    const draft = await waiting();
    const session = await open(draft.documentId);
    await room.test.deliver(OutgoingDocumentRevised, SENDER, {
      ...room.base(draft.documentId),
      draftVersion: 2,
      revisedAt: new Date().toISOString(),
    });
    const body = room.values(session, person);
    expect(await room.refusal(pathOf(session), { as: leader, body })).toEqual([409, 'signature.session-over']);
    const again = { documentId: draft.documentId, signatureKind: 'personal', certificateId: personal };
    expect(await room.refusal('/signing-sessions', { as: leader, body: again })).toEqual([
      409,
      'signature.not-signable',
    ]);
    await room.check(draft);
    expect(await room.refusal(pathOf(session), { as: leader, body })).toEqual([409, 'signature.session-over']);
    await room.complete(await open(draft.documentId), person, leader);
    expect(await room.signed(draft.documentId)).toHaveLength(1);
  });

  it('NĐ30-A12-2 ends when the document is returned', async () => {
    const draft = await waiting();
    const session = await open(draft.documentId);
    await room.check(draft, { check: 'content', outcome: 'returned', comment: 'Sửa căn cứ.' });
    const body = room.values(session, person);
    expect(await room.refusal(pathOf(session), { as: leader, body })).toEqual([409, 'signature.session-over']);
  });

  it('PR-06 takes no value by another key, over other data, cut short, for another file, or too few', async () => {
    const { documentId } = await waiting();
    const session = await open(documentId);
    const right = room.values(session, person).values;
    const other = room.values(session, room.person(leader)).values;
    const elsewhere = room.values(await open((await waiting()).documentId), person).values;
    const overOtherData = Buffer.from(signWith(person.privateKey, Buffer.from('khác'))).toString('base64');
    const rejected = [422, 'pdf-signature.signature-value-rejected'];
    const missing = [422, 'signature.values-missing'];
    const [first] = right;
    const table: [unknown, unknown][] = [
      [other, rejected],
      [[{ fileId: first?.fileId, signature: overOtherData }], rejected],
      [[{ fileId: first?.fileId, signature: first?.signature.slice(0, 100) }], rejected],
      [elsewhere, missing],
      [[...right, ...elsewhere], missing],
      [[...right, ...right], missing],
    ];
    for (const [values, expected] of table) {
      expect(await room.refusal(pathOf(session), { as: leader, body: { values } })).toEqual(expected);
    }
    for (const values of [[], undefined, [{ fileId: 'x', signature: 'AAAA' }], [{ fileId: newId(), signature: '*' }]]) {
      expect((await room.refusal(pathOf(session), { as: leader, body: { values } }))[0]).toBe(400);
    }
    expect(await room.signed(documentId)).toEqual([]);
    // A wrong value ends nothing: the right one still counts.
    await room.complete(session, person, leader);
    expect(await room.signed(documentId)).toHaveLength(1);
  });

  it('PR-05 completed many times at once has one effect', async () => {
    const { documentId } = await waiting();
    const session = await open(documentId);
    const body = room.values(session, person);
    const answers = await Promise.all(
      Array.from({ length: 8 }, () => room.test.ask(pathOf(session), { as: leader, body })),
    );
    const statuses = answers.map(({ status }) => status).sort((a, b) => a - b);
    expect(statuses).toEqual([201, 409, 409, 409, 409, 409, 409, 409]);
    expect(await room.signed(documentId)).toHaveLength(1);
  });

  it('PR-05 repeated under one key gives the first answer, under another key a conflict', async () => {
    const { documentId } = await waiting();
    const opening = {
      as: leader,
      key: `open-${documentId}`,
      body: { documentId, signatureKind: 'personal', certificateId: personal },
    };
    const session = await room.test.json<Session>('/signing-sessions', opening);
    const completing = { as: leader, key: `complete-${documentId}`, body: room.values(session, person) };
    const done = await room.test.json(pathOf(session), completing);
    expect(await room.test.json('/signing-sessions', opening)).toEqual(session);
    expect(await room.test.json(pathOf(session), completing)).toEqual(done);
    expect(await room.refusal(pathOf(session), { ...completing, key: newId() })).toEqual([
      409,
      'signature.session-over',
    ]);
    expect(await room.signed(documentId)).toHaveLength(1);
  });

  it.each(['signing:before-command', 'command:before-commit', 'command:after-commit'])(
    'PR-13 cut off at %s the repetition completes it, once',
    async (point) => {
      const { documentId } = await waiting();
      const session = await open(documentId);
      const completing = { as: leader, key: newId(), body: room.values(session, person) };
      armFailPoints(`${point}=throw@1`);
      expect((await room.test.ask(pathOf(session), completing)).status).toBe(500);
      armFailPoints(undefined);
      expect(await room.test.json(pathOf(session), completing)).toMatchObject({ state: 'completed', level: 'B-T' });
      expect(await room.signed(documentId)).toHaveLength(1);
    },
  );

  it('is nobody else’s: not a colleague’s, not another agency’s', async () => {
    const { documentId } = await waiting();
    const session = await open(documentId);
    const body = room.values(session, person);
    for (const as of [deputy, stranger]) {
      expect(await room.refusal(`/signing-sessions/${session.sessionId}`, { as })).toEqual([
        404,
        'signature.session-missing',
      ]);
      expect(await room.refusal(pathOf(session), { as, body })).toEqual([404, 'signature.session-missing']);
    }
    const ask = { as: stranger, body: { documentId, signatureKind: 'personal', certificateId: personal } };
    expect(await room.refusal('/signing-sessions', ask)).toEqual([404, 'signature.document-missing']);
  });
});

describe('authorities that do not answer', () => {
  it('PR-10 VN-35 without a time stamp the signature is B-B, and says so', async () => {
    const { documentId } = await waiting();
    const session = await open(documentId);
    room.plugs.tsa = false;
    expect(await room.complete(session, person, leader)).toMatchObject({ state: 'completed', level: 'B-B' });
    expect((await room.signed(documentId))[0]).toMatchObject({ level: 'B-B' });
  });

  it('VN-51 without any revocation status no certificate is taken', async () => {
    // An authority of its own, whose lists the service has never seen.
    const fresh = await SigningRoom.open();
    try {
      const body = fresh.certificateInput(fresh.person(leader), leader);
      Object.assign(fresh.plugs, { ocsp: false, lists: false });
      expect(await fresh.refusal('/certificates', { as: admin, body })).toEqual([503, 'signature.revocation-unknown']);
      Object.assign(fresh.plugs, { lists: true });
      expect((await fresh.test.ask('/certificates', { as: admin, body })).status).toBe(201);
    } finally {
      await fresh.close();
    }
  });

  it('VN-30 VN-50 a certificate revoked between both steps signs nothing', async () => {
    const holder = room.person(leader);
    const certificateId = await room.register(holder, leader);
    const { documentId } = await waiting();
    const session = await room.openSession(documentId, 'personal', certificateId, leader);
    room.pki.revoke(holder.certificate);
    const body = room.values(session, holder);
    expect(await room.refusal(pathOf(session), { as: leader, body })).toEqual([422, 'signature.certificate-unusable']);
    const again = { as: leader, body: { documentId, signatureKind: 'personal', certificateId } };
    expect(await room.refusal('/signing-sessions', again)).toEqual([422, 'signature.certificate-unusable']);
    expect(await room.signed(documentId)).toEqual([]);
  });

  it('F-04 VN-05 a certificate whose holder the directory no longer knows by that name signs nothing', async () => {
    const certificateId = await room.register(room.person(deputy), deputy);
    const { documentId } = await waiting();
    const changes = {
      signer: { userId: deputy.userId, postId: deputy.postId, fullName: deputy.fullName, position: deputy.title },
    };
    await room.check({ documentId, files: (await room.draft()).files }, changes);
    const body = { documentId, signatureKind: 'personal', certificateId };
    const { userId, postId, agencyId, unitId, title, roles, permissions } = deputy;
    await room.test.deliver(PostChanged, agencyId, {
      ...{ postId, version: 2, userId, agencyId, unitId, unitName: 'Văn phòng', unitSymbol: 'VP' },
      ...{ fullName: 'Trần Văn Phú', title, roles: [...roles], permissions: [...permissions], active: true },
    });
    expect(await room.refusal('/signing-sessions', { as: deputy, body })).toEqual([
      422,
      'signature.certificate-of-another-holder',
    ]);
  });
});

describe('files that cannot be signed', () => {
  it.each([
    ['empty', Buffer.alloc(0)],
    ['no PDF', Buffer.from('not a PDF at all')],
    ['only a head', Buffer.from('%PDF-1.7\n%%EOF\n')],
    [
      'a loop of cross-references',
      Buffer.from('%PDF-1.7\nxref\n0 1\n0000000000 65535 f \ntrailer << /Size 1 /Prev 9 >>\nstartxref\n9\n%%EOF\n'),
    ],
    ['deeply nested', Buffer.from(`%PDF-1.7\n1 0 obj\n${'['.repeat(50_000)}\nendobj\nstartxref\n9\n%%EOF\n`)],
  ])('PR-02 a main file that is %s is a clear problem, and nothing is stored', async (_what, bytes) => {
    const draft: Draft = { documentId: newId(), files: [await room.put(bytes, 'main', 'quyet-dinh.pdf')] };
    await room.check(draft);
    const ask = {
      as: leader,
      body: { documentId: draft.documentId, signatureKind: 'personal', certificateId: personal },
    };
    const [status, code] = await room.refusal('/signing-sessions', ask);
    expect([status, code.startsWith('pdf-signature.')]).toEqual([422, true]);
    const { rowCount } = await room.test.admin.query('SELECT 1 FROM signing_session WHERE document_id = $1', [
      draft.documentId,
    ]);
    expect(rowCount).toBe(0);
  });
});
