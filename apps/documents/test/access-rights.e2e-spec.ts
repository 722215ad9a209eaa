import {
  DocumentAccessChanged,
  DocumentsNotificationRequested,
  HandlingCompleted,
  HandlingStarted,
  InstructionIssued,
} from '@qlvb/contracts';
import { newId } from '@qlvb/shared-domain';
import {
  admin,
  checker,
  clerk,
  deputy,
  leader,
  Office,
  officer,
  otherHead,
  otherOfficer,
  recipientClerk,
  recipientLeader,
  recipientOfficer,
  recipientStranger,
} from './office.ts';
import type { Colleague, Outgoing } from './office.ts';

interface Right {
  readonly accessRightId: string;
  readonly documentId: string;
  readonly state: string;
  readonly ground: string;
  readonly principalName: string | null;
  readonly subject: string;
  readonly endsAt: string | null;
}

let office: Office;
let documentId: string;
beforeAll(async () => {
  office = await Office.open();
});
afterAll(() => office.test.stop());
beforeEach(async () => {
  ({ documentId } = await office.signed());
});

const propose = (as: Colleague, to: Colleague = otherOfficer): Promise<Right> =>
  office.test.json<Right>(`/outgoing-documents/${documentId}/access-rights`, {
    as,
    body: { postId: to.postId, reason: 'Phối hợp triển khai' },
    status: 201,
  });
const decide = (right: Right, act: string, as: Colleague): Promise<Right> =>
  office.test.json<Right>(`/access-rights/${right.accessRightId}/${act}`, {
    as,
    body: act === 'confirmations' ? {} : { reason: 'Không còn phối hợp' },
    status: 201,
  });
const refusedTo = (right: Right, act: string, as: Colleague): Promise<[number, string]> =>
  office.refusal(`/access-rights/${right.accessRightId}/${act}`, {
    as,
    body: act === 'confirmations' ? {} : { reason: 'x' },
  });
const seen = async (as: Colleague, path = `/outgoing-documents/${documentId}`): Promise<number> =>
  (await office.test.ask(path, { as })).status;
const items = async (as: Colleague, path: string): Promise<Right[]> =>
  (await office.test.json<{ items: Right[] }>(path, { as, status: 200 })).items;
const waiting = (as: Colleague): Promise<Right[]> => items(as, '/access-rights?limit=100');

describe('NĐ30-PL6-F3b NĐ30-PL6-F3c a right given by hand', () => {
  it('opens nothing until another competent person confirms it; then the document with its files, for reading alone', async () => {
    const right = await propose(clerk);
    expect(right).toMatchObject({ state: 'waiting', ground: 'by-hand', principalName: otherOfficer.fullName });
    expect(await seen(otherOfficer)).toBe(404);
    const mine = (list: Right[]): string[] => list.map((one) => one.accessRightId);
    expect(mine(await waiting(leader))).toContain(right.accessRightId);
    expect(await decide(right, 'confirmations', leader)).toMatchObject({ state: 'held', subject: expect.any(String) });
    expect(mine(await waiting(leader))).not.toContain(right.accessRightId);
    const document = await office.outgoing(documentId, otherOfficer);
    expect(document.allowedActs).toEqual([]);
    expect(await seen(otherOfficer, `/files/${document.files[0]?.fileId}`)).toBe(200);
    const listed = await items(otherOfficer, '/outgoing-documents?limit=100');
    expect(listed.map((one) => one.documentId)).toContain(documentId);
  });

  it('is not confirmed or refused by the one who gave it, whatever his roles', async () => {
    const both = { ...clerk, permissions: [...clerk.permissions, ...leader.permissions] };
    const right = await propose(clerk);
    for (const act of ['confirmations', 'refusals']) {
      expect(await refusedTo(right, act, both)).toEqual([403, 'auth.duties-not-separate']);
    }
    expect(await seen(otherOfficer)).toBe(404);
    expect(await decide(right, 'refusals', leader)).toMatchObject({ state: 'ended' });
    expect(await refusedTo(right, 'confirmations', leader)).toEqual([409, 'documents.access-right-decided']);
    expect(await seen(otherOfficer)).toBe(404);
  });

  it('is given and decided by clerks and the signer alone: to others it is forbidden, or not there', async () => {
    const right = await propose(leader);
    const path = `/outgoing-documents/${documentId}/access-rights`;
    const ask = (as: Colleague) => office.refusal(path, { as, body: { postId: otherOfficer.postId, reason: 'x' } });
    expect(await ask(officer)).toEqual([403, 'auth.permission-missing']);
    expect(await ask(checker)).toEqual([403, 'auth.permission-missing']);
    expect(await ask(admin)).toEqual([403, 'auth.permission-missing']);
    expect(await ask(deputy)).toEqual([404, 'documents.outgoing-missing']);
    expect(await refusedTo(right, 'confirmations', deputy)).toEqual([404, 'documents.access-right-missing']);
    expect((await waiting(deputy)).map((one) => one.documentId)).not.toContain(documentId);
    expect(await refusedTo(right, 'confirmations', recipientClerk)).toEqual([404, 'documents.access-right-missing']);
    expect(await seen(deputy, path)).toBe(404);
    expect(await seen(officer, path)).toBe(403);
    const checkerWhoSigns = { ...checker, permissions: [...checker.permissions, 'signing.personal'] };
    expect(await ask(checkerWhoSigns)).toEqual([403, 'documents.access-not-yours-to-change']);
  });

  it('is not proposed twice, nor to somebody who sees the document', async () => {
    await propose(clerk);
    const again = (to: Colleague) =>
      office.refusal(`/outgoing-documents/${documentId}/access-rights`, {
        as: leader,
        body: { postId: to.postId, reason: 'x' },
      });
    expect(await again(otherOfficer)).toEqual([409, 'documents.access-already-held']);
    expect(await again(officer)).toEqual([409, 'documents.access-already-held']);
    expect(await again(clerk)).toEqual([409, 'documents.access-already-held']);
  });

  it('NĐ30-PL6-F3b holds as long as was said: it closes by itself, is not confirmed after that, and can be given anew', async () => {
    const path = `/outgoing-documents/${documentId}/access-rights`;
    const body = (endsAt: string) => ({ postId: otherOfficer.postId, reason: 'Phối hợp', endsAt });
    const until = '2099-01-31T17:00:00.000Z';
    const give = () => office.test.json<Right>(path, { as: clerk, body: body(until), status: 201 });
    const pass = ({ accessRightId }: Right) =>
      office.test.admin.query(`UPDATE access_row SET valid_until = now() WHERE id = $1`, [accessRightId]);
    const past = await office.refusal(path, { as: clerk, body: body('2020-01-01T00:00:00Z') });
    expect(past).toEqual([422, 'documents.access-end-past']);
    const late = await give();
    expect(Date.parse(late.endsAt ?? '')).toBe(Date.parse(until));
    await pass(late);
    expect((await waiting(leader)).map((one) => one.accessRightId)).not.toContain(late.accessRightId);
    expect(await refusedTo(late, 'confirmations', leader)).toEqual([409, 'documents.access-right-decided']);
    const right = await give();
    await decide(right, 'confirmations', leader);
    expect(await seen(otherOfficer)).toBe(200);
    const [told] = (await office.test.published(DocumentAccessChanged)).filter(
      ({ data }) => data.documentId === documentId && data.rows.some((row) => row.principalId === otherOfficer.postId),
    );
    const row = told?.data.rows.find(({ principalId }) => principalId === otherOfficer.postId);
    expect(Date.parse(row?.validUntil ?? '')).toBe(Date.parse(until));
    await pass(right);
    expect(await seen(otherOfficer)).toBe(404);
    expect(await refusedTo(right, 'withdrawals', clerk)).toEqual([409, 'documents.access-right-decided']);
    const listed = (await items(clerk, `${path}?limit=100`)).filter(({ ground }) => ground === 'by-hand');
    expect(listed.map(({ state }) => state)).toEqual(['ended', 'ended']);
    expect(await give()).toMatchObject({ state: 'waiting' });
  });

  it('is told to those who may decide, and to the other services when it opens and closes', async () => {
    const versions = async (): Promise<number[]> =>
      (await office.test.published(DocumentAccessChanged))
        .filter(({ data }) => data.documentId === documentId)
        .map(({ data }) => data.version);
    const before = (await versions()).length;
    const right = await propose(clerk);
    expect(await versions()).toHaveLength(before);
    await decide(right, 'confirmations', leader);
    await decide(right, 'withdrawals', clerk);
    expect((await versions()).slice(before)).toEqual([before + 1, before + 2]);
    const told = (await office.test.published(DocumentsNotificationRequested)).filter(
      ({ data }) => data.aboutId === documentId,
    );
    expect(told.map(({ data }) => [data.kind, data.userId ?? data.permission])).toEqual([
      ['access-proposed', 'outgoing-documents.register'],
      ['access-proposed', leader.userId],
      ['access-withdrawn', 'outgoing-documents.register'],
      ['access-withdrawn', leader.userId],
    ]);
  });
});

describe('NĐ30-PL6-F3b a withdrawal', () => {
  const rightOf = async (name: string, as: Colleague = clerk): Promise<Right> => {
    const rights = await items(as, `/outgoing-documents/${documentId}/access-rights?limit=100`);
    const right = rights.find((one) => one.principalName === name && one.ground !== 'drafts' && one.state === 'held');
    if (!right) throw new Error(`${name} has no right`);
    return right;
  };

  it('closes at once, without a second person, also what taking part had opened', async () => {
    const right = await propose(clerk);
    await decide(right, 'confirmations', leader);
    expect(await decide(right, 'withdrawals', clerk)).toMatchObject({ state: 'ended' });
    expect(await seen(otherOfficer)).toBe(404);
    const part = await rightOf('Phạm Văn Dũng');
    expect(part.ground).toBe('took-part');
    await decide(part, 'withdrawals', leader);
    expect(await refusedTo(part, 'withdrawals', clerk)).toEqual([409, 'documents.access-right-decided']);
    expect(await decide(await propose(leader), 'withdrawals', leader)).toMatchObject({ state: 'ended' });
  });

  it('does not take away what the document needs to go its way', async () => {
    const rights = await items(clerk, `/outgoing-documents/${documentId}/access-rights?limit=100`);
    const needed = rights.filter(({ ground }) => ['drafts', 'heads-unit', 'signs'].includes(ground));
    expect(needed).toHaveLength(3);
    for (const right of needed) {
      expect(await refusedTo(right, 'withdrawals', clerk)).toEqual([409, 'documents.access-right-needed']);
    }
  });
});

it('SEC-Z05 F-22 no document is opened to an administrator, be he one before the proposal or only before its confirmation', async () => {
  const NOT_FOR_ADMINISTRATORS = [422, 'documents.access-not-for-administrators'];
  const incoming = await office.verified();
  await office.decide(incoming, 'acceptances');
  const { agencyId, unitId } = recipientClerk;
  const administrator: Colleague = { ...admin, agencyId, unitId, userId: newId(), postId: newId() };
  await office.employ(administrator);
  const body = { postId: administrator.postId, reason: 'Để biết' };
  const ask = (path: string, as: Colleague, postId: string) =>
    office.refusal(`${path}/access-rights`, { as, body: { ...body, postId } });
  const [mine, arrived] = [`/outgoing-documents/${documentId}`, `/incoming-documents/${incoming}`];
  expect(await ask(mine, clerk, admin.postId)).toEqual(NOT_FOR_ADMINISTRATORS);
  expect(await ask(arrived, recipientClerk, administrator.postId)).toEqual(NOT_FOR_ADMINISTRATORS);
  expect(await ask(arrived, recipientLeader, administrator.postId)).toEqual(NOT_FOR_ADMINISTRATORS);

  const officerFirst = { ...recipientStranger, userId: newId(), postId: newId() };
  await office.employ(officerFirst);
  const right = await office.test.json<Right>(`${arrived}/access-rights`, {
    as: recipientClerk,
    body: { ...body, postId: officerFirst.postId },
    status: 201,
  });
  const administratorNow = { ...officerFirst, permissions: admin.permissions, roles: admin.roles };
  await office.employ(administratorNow, 2);
  expect(await refusedTo(right, 'confirmations', recipientLeader)).toEqual(NOT_FOR_ADMINISTRATORS);
  expect(await seen(administratorNow, arrived)).toBe(404);
  expect(await decide(right, 'refusals', recipientLeader)).toMatchObject({ state: 'ended' });
});

it('NĐ30-PL6-F3b an incoming document: given by the clerk, confirmed by a leader, read by nobody before', async () => {
  const id = await office.verified();
  await office.decide(id, 'acceptances');
  const path = `/incoming-documents/${id}`;
  const right = await office.test.json<Right>(`${path}/access-rights`, {
    as: recipientClerk,
    body: { postId: recipientOfficer.postId, reason: 'Để biết' },
    status: 201,
  });
  expect(await seen(recipientOfficer, path)).toBe(404);
  await decide(right, 'confirmations', recipientLeader);
  expect([await seen(recipientOfficer, path), await seen(recipientStranger, path)]).toEqual([200, 404]);
  const rights = await items(recipientLeader, `${path}/access-rights`);
  expect(rights.map(({ ground, state }) => [ground, state])).toEqual([
    ['by-hand', 'held'],
    ['registers', 'ended'],
  ]);
});

describe('NĐ30-PL6-F3b F-22 SEC-Z02 a withdrawal from a handler', () => {
  const person = ({ userId, postId, fullName, title }: Colleague) => ({ userId, postId, fullName, position: title });
  let id: string;
  const at = (): string => new Date().toISOString();
  const instruct = (lead: Colleague = recipientOfficer, issuedAt = at(), issuedBy = recipientLeader) =>
    office.test.deliver(InstructionIssued, recipientClerk.agencyId, {
      ...{ documentId: id, packageId: newId(), instructionId: newId(), text: 'Giao tham mưu.', coHandlers: [] },
      ...{ lead: person(lead), issuedBy: person(issuedBy) },
      ...{ deadline: '2026-12-01T23:59:59+07:00', issuedAt },
    });
  const work = (by: Colleague) => ({ documentId: id, packageId: newId(), taskId: newId(), by: person(by) });
  const start = (by: Colleague = recipientOfficer) =>
    office.test.deliver(HandlingStarted, recipientClerk.agencyId, { ...work(by), startedAt: at() });
  const complete = (by: Colleague = recipientOfficer) =>
    office.test.deliver(HandlingCompleted, recipientClerk.agencyId, {
      ...{ ...work(by), result: 'Đã ban hành kế hoạch.', completedAt: at(), onTime: true },
    });
  const held = async (ground: string): Promise<Right[]> =>
    (await items(recipientClerk, `/incoming-documents/${id}/access-rights?limit=100`)).filter(
      (one) => one.principalName === recipientOfficer.fullName && one.ground === ground && one.state === 'held',
    );
  const withdraw = async (ground: string): Promise<void> => {
    const [right] = await held(ground);
    if (!right) throw new Error(`nothing by ${ground}`);
    await decide(right, 'withdrawals', recipientClerk);
  };
  const seenBy = (as: Colleague = recipientOfficer): Promise<number> => seen(as, `/incoming-documents/${id}`);
  beforeEach(async () => {
    id = await office.verified();
    await office.decide(id, 'acceptances');
    await instruct();
  });

  it('is not undone by what he does after it; the state of the work is followed all the same', async () => {
    expect(await seenBy()).toBe(200);
    await withdraw('handles');
    await start();
    expect([await seenBy(), (await office.incoming(id)).state]).toEqual([404, 'in_progress']);
    await complete();
    expect([await seenBy(), (await office.incoming(id)).state]).toEqual([404, 'completed']);
    expect(await held('took-part')).toEqual([]);
    const told = (await office.test.published(DocumentAccessChanged)).filter(({ data }) => data.documentId === id);
    expect(told.at(-1)?.data).toMatchObject({
      withdrawn: [{ principalKind: 'person', principalId: recipientOfficer.userId }],
    });
    expect(told.at(-2)?.data.withdrawn).toEqual([]);
  });

  it('holds for each row that he had, so that the one left opens no other', async () => {
    await start();
    await withdraw('took-part');
    await complete();
    expect([await seenBy(), await held('took-part')]).toEqual([200, []]);
    await withdraw('handles');
    expect(await seenBy()).toBe(404);
  });

  it('F-22 is not undone by an instruction that was issued before it and comes after it; by one issued after it, it is', async () => {
    const before = at();
    await withdraw('handles');
    await instruct(recipientOfficer, before);
    expect([await seenBy(), await held('handles')]).toEqual([404, []]);
    // What nobody took away the late instruction opens all the same.
    expect(await seenBy(recipientStranger)).toBe(404);
    await instruct(recipientStranger, before);
    expect(await seenBy(recipientStranger)).toBe(200);
    await start();
    expect(await seenBy()).toBe(404);
    await instruct();
    expect(await seenBy()).toBe(200);
  });

  it('F-22 nor by one that he himself had issued before it', async () => {
    await instruct(recipientStranger, at(), recipientOfficer);
    const before = at();
    await withdraw('handles');
    await withdraw('took-part');
    expect(await seenBy()).toBe(404);
    await instruct(recipientStranger, before, recipientOfficer);
    expect(await seenBy()).toBe(404);
  });

  it('ends with a later instruction; and touches nobody else', async () => {
    await withdraw('handles');
    await start(recipientStranger);
    expect([await seenBy(), await seenBy(recipientStranger)]).toEqual([404, 200]);
    await instruct();
    expect(await seenBy()).toBe(200);
    await complete();
    expect(await held('took-part')).toHaveLength(1);
  });
});

describe('NĐ30-PL6-F3b F-22 SEC-Z02 a file put into a draft by who could read the document it came from', () => {
  const content = async (fileId: string, as: Colleague): Promise<number[]> => {
    const [about, bytes] = [`/files/${fileId}`, `/files/${fileId}/content`];
    return [(await office.test.ask(about, { as })).status, (await office.test.ask(bytes, { as })).status];
  };
  const open = [200, 200];
  const closed = [404, 404];

  it('is closed to him with that document while the draft is not issued, and stays open to those of the draft', async () => {
    const source = await office.outgoing(documentId);
    const fileId = source.files[0]?.fileId ?? '';
    await decide(await propose(clerk), 'confirmations', leader);
    const input = await office.draftInput({
      leadUnitId: otherOfficer.unitId,
      assignedByPostId: otherHead.postId,
      mainFileId: await office.upload(otherOfficer),
      attachmentFileIds: [fileId],
    });
    const draft = await office.test.json<Outgoing>('/outgoing-documents', {
      as: otherOfficer,
      body: input,
      status: 201,
    });
    expect(await content(fileId, otherOfficer)).toEqual(open);
    const held = (await items(clerk, `/outgoing-documents/${documentId}/access-rights?limit=100`)).find(
      ({ ground }) => ground === 'by-hand',
    );
    await decide(held ?? fail(), 'withdrawals', leader);
    expect([await seen(otherOfficer), await content(fileId, otherOfficer)]).toEqual([404, closed]);
    // His own draft he reads, without that file; revised, it holds that file no more.
    const path = `/outgoing-documents/${draft.documentId}`;
    expect(await seen(otherOfficer, path)).toBe(200);
    const revise = (body: unknown) => office.refusal(path, { as: otherOfficer, method: 'PUT', body, ifMatch: '"1"' });
    expect(await revise(input)).toEqual([404, 'documents.file-missing']);
    await office.act(draft.documentId, 'submissions', otherOfficer);
    expect([await content(fileId, otherHead), await content(fileId, otherOfficer)]).toEqual([open, closed]);
    await office.act(draft.documentId, 'content-checks', otherHead, { outcome: 'passed' });
    expect([await content(fileId, checker), await content(fileId, otherOfficer)]).toEqual([open, closed]);
    await office.test.admin.query(`UPDATE outgoing_document SET state = 'issued' WHERE id = $1`, [draft.documentId]);
    expect(await content(fileId, otherOfficer)).toEqual(open);
  });

  it('is open to him again when that document is', async () => {
    const fileId = (await office.outgoing(documentId)).files[0]?.fileId ?? '';
    for (const state of [open, open]) {
      const right = await propose(clerk);
      await decide(right, 'confirmations', leader);
      expect(await content(fileId, otherOfficer)).toEqual(state);
      await decide(right, 'withdrawals', leader);
      expect(await content(fileId, otherOfficer)).toEqual(closed);
    }
  });
});

function fail(): never {
  throw new Error('no such right');
}
