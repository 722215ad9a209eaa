import { OutgoingDocumentIssued, PostChanged } from '@qlvb/contracts';
import { vietnamDate } from '@qlvb/vietnam';
import { checker, clerk, deputy, leader, Office, officer, recipientLeader, SENDER, unitHead } from './office.ts';
import type { Colleague } from './office.ts';

let office: Office;
beforeAll(async () => (office = await Office.open()));
afterAll(() => office.test.stop());
beforeEach(() => office.test.admin.query('DELETE FROM signing_grant'));

const day = (offset: number): string => vietnamDate(new Date(Date.now() + offset * 24 * 3_600_000));
const draftFor = async (signer: Colleague, changes: object = {}): Promise<[number, string]> => {
  const body = await office.draftInput({ signerPostId: signer.postId, competence: 'KT', ...changes });
  return office.refusal('/outgoing-documents', { as: officer, body });
};
const authority = (who: Colleague, query = 'documentType=decision') =>
  office.test.ask(`/signing-authorities/${who.postId}?${query}`, { as: officer });
const revoke = (grantId: string, as = leader) =>
  office.refusal(`/signing-grants/${grantId}/revocations`, { as, body: { reason: 'Phân công lại.' } });
const grantRefused = async (changes: object, as = leader): Promise<[number, string]> => {
  const body = { form: 'for_head', granteePostId: deputy.postId, startsOn: day(0), ...changes };
  return office.refusal('/signing-grants', { as, body });
};
const NOT_COMPETENT = [403, 'documents.signer-not-competent'];
const stateOf = async (id: string): Promise<string> => (await office.outgoing(id)).state;

describe('who signs', () => {
  it('NĐ30-A13-1: the head signs everything as himself, and a draft that says otherwise is refused', async () => {
    const answer = await authority(leader);
    expect(await answer.json()).toEqual({ capacity: 'own', competence: 'none', lines: ['GIÁM ĐỐC'] });
    expect(await draftFor(leader)).toEqual([422, 'documents.signing-form-wrong']);
    await office.draft({ competence: 'none' });
  });

  it('NĐ30-A13-1: a deputy signs KT. in the field that the head has given, and nowhere else', async () => {
    expect(await draftFor(deputy)).toEqual(NOT_COMPETENT);
    await office.grant({ field: 'Bưu chính' });
    expect(await draftFor(deputy)).toEqual(NOT_COMPETENT);
    expect(await draftFor(deputy, { field: 'Viễn thông' })).toEqual(NOT_COMPETENT);
    const lines = ['KT. GIÁM ĐỐC', 'PHÓ GIÁM ĐỐC'];
    const asked = await authority(deputy, `documentType=decision&field=${encodeURIComponent('Bưu chính')}`);
    expect(await asked.json()).toEqual({ capacity: 'for_head', competence: 'KT', lines });
    const changes = { signerPostId: deputy.postId, competence: 'KT', field: 'Bưu chính' };
    expect(await office.draft(changes)).toMatchObject({ competence: 'KT', field: 'Bưu chính' });
    expect(await draftFor(deputy, { field: 'Bưu chính', competence: 'none' })).toEqual([
      422,
      'documents.signing-form-wrong',
    ]);
  });

  it('NĐ30-A13-4: a unit’s head signs TL. the kinds that the regulation names, under its regulation', async () => {
    const order = { form: 'by_order', granteePostId: unitHead.postId, kinds: ['invitation'] };
    expect(await grantRefused(order)).toEqual([422, 'documents.signing-grant-invalid']);
    await office.grant({ ...order, document: 'Quy chế làm việc của Sở' });
    expect(await draftFor(unitHead, { competence: 'TL' })).toEqual(NOT_COMPETENT);
    const asked = await authority(unitHead, 'documentType=invitation');
    expect(await asked.json()).toMatchObject({ competence: 'TL', lines: ['TL. GIÁM ĐỐC', 'TRƯỞNG PHÒNG'] });
    const changes = { signerPostId: unitHead.postId, competence: 'TL', documentType: 'invitation' };
    expect((await office.draft(changes)).state).toBe('drafting');
  });

  it('NĐ30-A13-3: TUQ. is written, limited in time and content, and ends with its last day', async () => {
    const written = {
      form: 'by_authority',
      granteePostId: unitHead.postId,
      kinds: ['decision'],
      document: '12/GUQ-STTTT',
      endsOn: day(30),
    };
    for (const without of ['document', 'endsOn', 'kinds'] as const) {
      expect(await grantRefused({ ...written, [without]: undefined })).toEqual([
        422,
        'documents.signing-grant-invalid',
      ]);
    }
    expect(await grantRefused({ ...written, startsOn: day(-1) })).toEqual([422, 'documents.signing-grant-invalid']);
    const ended = await office.grant({ ...written, endsOn: day(0) });
    await office.test.admin.query('UPDATE signing_grant SET valid_from = $2, valid_until = $3 WHERE id = $1', [
      ...[ended, day(-9), day(-1)],
    ]);
    expect(await draftFor(unitHead, { competence: 'TUQ' })).toEqual(NOT_COMPETENT);
    await office.grant({ ...written, startsOn: day(1) });
    expect(await draftFor(unitHead, { competence: 'TUQ' })).toEqual(NOT_COMPETENT);
    await office.grant({ ...written, startsOn: day(0), endsOn: day(0) });
    expect((await office.draft({ signerPostId: unitHead.postId, competence: 'TUQ' })).state).toBe('drafting');
  });

  it('NĐ30-A13-2: in a People’s Committee the head signs TM., a deputy KT. below it', async () => {
    const rename = (name: string) =>
      office.test.admin.query('UPDATE directory_agency SET name = $2 WHERE agency_id = $1', [SENDER, name]);
    await rename('Ủy ban nhân dân huyện Quảng Ninh');
    try {
      await office.grant();
      const lines = async (who: Colleague) => ((await (await authority(who)).json()) as { lines: string[] }).lines;
      expect(await lines(leader)).toEqual(['TM. ỦY BAN NHÂN DÂN', 'GIÁM ĐỐC']);
      expect(await lines(deputy)).toEqual(['TM. ỦY BAN NHÂN DÂN', 'KT. GIÁM ĐỐC', 'PHÓ GIÁM ĐỐC']);
      expect(await draftFor(leader, { competence: 'none' })).toEqual([422, 'documents.signing-form-wrong']);
    } finally {
      await rename('Sở Thông tin và Truyền thông');
    }
  });

  it('NĐ30-A13-1: a rank that was stated counts before role and title', async () => {
    const { agencyId, postId, userId, unitId, fullName, title, roles, permissions } = deputy;
    const post = {
      agencyId,
      postId,
      userId,
      unitId,
      fullName,
      title,
      roles: [...roles],
      permissions: [...permissions],
    };
    const tell = (version: number, rank: 'head' | 'deputy_head') =>
      office.test.deliver(PostChanged, SENDER, {
        ...post,
        unitName: 'Văn phòng',
        unitSymbol: 'VP',
        active: true,
        version,
        rank,
      });
    await tell(2, 'head');
    expect((await authority(deputy)).status).toBe(200);
    await tell(3, 'deputy_head');
    expect((await authority(deputy)).status).toBe(403);
  });
});

describe('a grant that ends', () => {
  const deputyDraft = { signerPostId: deputy.postId, competence: 'KT' };

  it('NĐ30-A13-3: before the layout check stops the draft there', async () => {
    const grantId = await office.grant();
    const { documentId } = await office.draft(deputyDraft);
    await office.act(documentId, 'submissions', officer);
    await office.act(documentId, 'content-checks', unitHead, { outcome: 'passed' });
    expect((await revoke(grantId))[0]).toBe(201);
    const body = { outcome: 'passed' };
    expect(await office.refusal(`/outgoing-documents/${documentId}/layout-checks`, { as: checker, body })).toEqual(
      NOT_COMPETENT,
    );
    expect(await stateOf(documentId)).toBe('layout_check');
  });

  it('NĐ30-A13-3: before the signature leaves the signature without effect, after it with all of it', async () => {
    const grantId = await office.grant();
    const [late, early] = [await office.checked(deputyDraft), await office.checked(deputyDraft)];
    await office.sign(early.documentId, 'personal', { signerUserId: deputy.userId });
    await revoke(grantId);
    await office.sign(late.documentId, 'personal', { signerUserId: deputy.userId });
    expect([await stateOf(early.documentId), await stateOf(late.documentId)]).toEqual(['signed', 'awaiting_signature']);
    const { rows } = await office.test.admin.query<{ entry: string }>(
      `SELECT entry FROM platform.audit WHERE entry LIKE '%signature-ignored%' AND entry LIKE $1`,
      [`%${late.documentId}%`],
    );
    expect(rows.map(({ entry }) => entry.includes('not_competent'))).toEqual([true]);
    await office.act(early.documentId, 'registrations', clerk);
    await office.sign(early.documentId, 'agency');
    await office.act(early.documentId, 'issues', clerk);
    const issued = (await office.test.published(OutgoingDocumentIssued)).map(({ data }) => data);
    expect(issued.find(({ documentId }) => documentId === early.documentId)?.competence).toBe('KT');
  });

  it('is revoked once, and seen with who did it and why', async () => {
    const grantId = await office.grant();
    expect((await revoke(grantId))[0]).toBe(201);
    expect(await revoke(grantId)).toEqual([409, 'documents.signing-grant-revoked']);
    const { items } = await office.test.json<{ items: unknown[] }>('/signing-grants', { as: clerk });
    expect(items).toMatchObject([
      { grantId, revocation: { reason: 'Phân công lại.', by: { fullName: leader.fullName } } },
    ]);
  });
});

describe('the register of grants', () => {
  it('NĐ30-A13-1: is the head’s own, not a deputy’s, a clerk’s or another agency’s', async () => {
    const grantId = await office.grant();
    for (const as of [deputy, clerk, officer]) {
      expect((await grantRefused({}, as))[0]).toBe(403);
      expect((await revoke(grantId, as))[0]).toBe(403);
    }
    expect(await grantRefused({}, deputy)).toEqual([403, 'documents.grant-not-yours']);
    expect((await revoke(grantId, recipientLeader))[0]).toBe(404);
    expect(await grantRefused({}, recipientLeader)).toEqual([422, 'directory.post-unknown']);
  });

  it.each([
    ['a day that is none', { startsOn: '2026-02-30' }],
    ['a form that is none', { form: 'TM' }],
    ['an unknown kind', { kinds: ['poem'] }],
    ['an end before the beginning', { startsOn: day(2), endsOn: day(1) }],
    ['a beginning that is over', { startsOn: day(-1) }],
  ])('refuses %s and keeps nothing', async (_case, changes) => {
    expect([400, 422]).toContain((await grantRefused(changes))[0]);
    const { rows } = await office.test.admin.query('SELECT 1 FROM signing_grant');
    expect(rows).toEqual([]);
  });
});
