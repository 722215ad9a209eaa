import {
  DocumentsNotificationRequested,
  OutgoingDocumentNumbered,
  OutgoingDocumentReopened,
  ROLES,
} from '@qlvb/contracts';
import pg from 'pg';
import { clerk, leader, Office, officer, otherHead, SENDER, unitHead } from './office.ts';
import type { Colleague, Outgoing } from './office.ts';

interface Corrected extends Outgoing {
  readonly correction: { readonly outcome: string; readonly reason: string } | null;
  readonly versions: readonly {
    readonly draftVersion: number;
    readonly superseded: { readonly reason: string; readonly files: readonly { readonly fileId: string }[] } | null;
  }[];
}

let office: Office;
beforeAll(async () => {
  office = await Office.open();
});
afterAll(() => office.test.stop());

const REASON = 'Tệp đã ký bị thiếu trang cuối';

async function numbered(): Promise<Corrected> {
  const { documentId } = await office.signed();
  return (await office.act(documentId, 'registrations', clerk)) as Corrected;
}
const propose = (documentId: string, as: Colleague = clerk): Promise<Corrected> =>
  office.act(documentId, 'corrections', as, { reason: REASON }) as Promise<Corrected>;
const decision = (document: Outgoing, outcome: 'approved' | 'refused', as: Colleague = leader) => ({
  path: `/outgoing-documents/${document.documentId}/correction-decisions`,
  ask: { as, body: { outcome }, ifMatch: `"${document.version}"`, status: 201 },
});
const decide = (document: Outgoing, outcome: 'approved' | 'refused'): Promise<Corrected> => {
  const { path, ask } = decision(document, outcome);
  return office.test.json<Corrected>(path, ask);
};
async function sentBack(): Promise<Corrected> {
  const { documentId } = await numbered();
  return decide(await propose(documentId), 'approved');
}
async function revise(document: Outgoing, changes: Record<string, unknown> = {}): Promise<Outgoing> {
  const { version } = await office.outgoing(document.documentId, officer);
  return office.test.json<Outgoing>(`/outgoing-documents/${document.documentId}`, {
    ...{ as: officer, method: 'PUT', ifMatch: `"${version}"`, status: 200 },
    body: await office.draftInput(changes),
  });
}
const get = (documentId: string, as: Colleague = clerk) => office.outgoing(documentId, as) as Promise<Corrected>;
const notices = async (documentId: string) =>
  (await office.test.published(DocumentsNotificationRequested))
    .filter(({ data }) => data.aboutId === documentId)
    .map(({ data: { kind, userId } }) => [kind, userId]);
const entry = async (documentId: string): Promise<{ documentCode: string; note: string } | undefined> => {
  const path = `/registers/outgoing/${new Date().getFullYear()}?limit=100`;
  const page = await office.test.json<{ items: { documentId: string; documentCode: string; note: string }[] }>(path, {
    as: clerk,
  });
  return page.items.find((one) => one.documentId === documentId);
};

describe('F-09 a numbered document whose main file proves unusable', () => {
  it('F-09 EX-NUM-3 goes back, is drafted, checked and signed anew, and goes out under its number and date', async () => {
    const before = await numbered();
    const { documentId, number, documentCode, issuedOn } = before;
    const proposed = await propose(documentId);
    expect(proposed).toMatchObject({ state: 'numbered', correction: { outcome: 'open', reason: REASON } });
    expect((await get(documentId, leader)).allowedActs).toEqual(
      expect.arrayContaining(['approve_correction', 'refuse_correction']),
    );
    const back = await decide(proposed, 'approved');
    expect(back).toMatchObject({ state: 'drafting', number, documentCode, issuedOn });

    const submitted = `/outgoing-documents/${documentId}/submissions`;
    expect(await office.refusal(submitted, { as: officer, body: {} })).toEqual([422, 'documents.draft-incomplete']);
    await revise(before);
    await office.act(documentId, 'submissions', officer);
    await office.act(documentId, 'content-checks', unitHead, { outcome: 'passed' });
    await office.passLayout(documentId);
    await office.sign(documentId, 'personal');
    const again = await office.act(documentId, 'registrations', clerk);
    expect(again).toMatchObject({ state: 'numbered', number, documentCode, issuedOn });
    await office.sign(documentId, 'agency');
    expect(await office.act(documentId, 'issues', clerk)).toMatchObject({ state: 'issued', number, issuedOn });

    const next = await numbered();
    expect(next.number).toBe((number ?? 0) + 1);
    const told = (await office.test.published(OutgoingDocumentNumbered)).map(({ data }) => data);
    expect(told.filter((one) => one.documentId === documentId).map((one) => one.documentCode)).toEqual([
      documentCode,
      documentCode,
    ]);
    expect(await entry(documentId)).toMatchObject({ documentCode, note: `Sửa lại tệp, giữ số: ${REASON}` });
  });

  it('F-09 EX-NUM-3 keeps what was signed, marked as superseded, and tells who has to do with it', async () => {
    const before = await numbered();
    const { documentId } = before;
    await decide(await propose(documentId), 'approved');
    await revise(before);
    const { versions } = await get(documentId);
    expect(versions.map(({ superseded }) => superseded?.reason ?? null)).toEqual([REASON, null]);
    expect(versions[0]?.superseded?.files).toEqual(before.files);
    const old = before.files[0]?.fileId ?? '';
    expect((await office.test.ask(`/files/${old}`, { as: clerk })).status).toBe(200);
    expect(await notices(documentId)).toEqual([
      ['correction-proposed', leader.userId],
      ['correction-decided', clerk.userId],
    ]);
    const reopened = (await office.test.published(OutgoingDocumentReopened)).map(({ data }) => data);
    expect(reopened.filter((one) => one.documentId === documentId)).toEqual([
      expect.objectContaining({ reason: REASON, draftVersion: 1, documentCode: before.documentCode }),
    ]);
  });

  it('F-09 EX-NUM-3 has the same way back when the agency has signed it', async () => {
    const { documentId, number } = await numbered();
    await office.sign(documentId, 'agency');
    const back = await decide(await propose(documentId), 'approved');
    expect(back).toMatchObject({ state: 'drafting', number, agencySignedAt: null, signedAt: null });
  });

  it('F-09 EX-NUM-3 stays as it is when the signer refuses', async () => {
    const before = await numbered();
    const after = await decide(await propose(before.documentId), 'refused');
    expect(after).toMatchObject({ state: 'numbered', files: before.files, correction: { outcome: 'refused' } });
    const { path, ask } = decision(after, 'approved');
    expect(await office.refusal(path, ask)).toEqual([409, 'documents.correction-not-open']);
  });

  it.each([
    ['kind', { documentType: 'plan' }],
    ['subject', { subject: 'Nội dung khác' }],
    ['unit', { leadUnitId: otherHead.unitId }],
    ['title of the signer', { signerPosition: 'PHÓ GIÁM ĐỐC' }],
  ])('F-09 EX-NUM-3 the number belongs to what was registered: another %s is refused', async (_, changes) => {
    const { documentId } = await sentBack();
    const { version } = await office.outgoing(documentId, officer);
    const ask = { as: officer, method: 'PUT', body: await office.draftInput(changes), ifMatch: `"${version}"` };
    expect(await office.refusal(`/outgoing-documents/${documentId}`, ask)).toEqual([
      409,
      'documents.number-binds-draft',
    ]);
  });

  it('F-09 EX-NUM-3 its drafter does not give it up; the clerk cancels the number, with a reason', async () => {
    const { documentId, documentCode } = await sentBack();
    expect((await get(documentId, officer)).allowedActs).not.toContain('cancel');
    expect((await get(documentId)).allowedActs).toContain('cancel_number');
    const path = `/outgoing-documents/${documentId}/cancellations`;
    expect((await office.refusal(path, { as: officer, body: { reason: 'x' } }))[0]).toBe(403);
    await office.act(documentId, 'cancellations', clerk, { reason: 'Không ban hành nữa' });
    const line = await entry(documentId);
    expect(line).toMatchObject({ documentCode });
    expect(line?.note).toContain('Không ban hành nữa');
  });

  it('F-09 NĐ30-A11-2 is decided by its signer alone, never by who proposes, and never unseen', async () => {
    const { documentId } = await numbered();
    const both = { ...leader, permissions: [...ROLES.clerk, ...ROLES.leader] };
    const own = decision(await propose(documentId, both), 'approved', both);
    expect(await office.refusal(own.path, own.ask)).toEqual([403, 'auth.duties-not-separate']);
    expect((await get(documentId, both)).allowedActs).not.toContain('approve_correction');
    const seen = await propose(documentId);
    for (const as of [clerk, otherHead]) {
      const { path, ask } = decision(seen, 'approved', as);
      expect([403, 404]).toContain((await office.refusal(path, ask))[0]);
    }
    await propose(documentId);
    const { path, ask } = decision(seen, 'approved');
    expect(await office.refusal(path, ask)).toEqual([412, 'resource.version-stale']);
  });

  it('F-09 a proposed attachment lapses with it, and does not come back with the number', async () => {
    const attachment = await office.upload(officer, 'phu-luc.pdf');
    const { documentId } = await office.signed({ attachmentFileIds: [attachment] });
    const before = await office.act(documentId, 'registrations', clerk);
    const attachmentId = before.files.find(({ role }) => role === 'attachment')?.fileId;
    const fileId = await office.upload(clerk, 'khac.pdf');
    await office.act(documentId, 'attachment-replacements', clerk, { attachmentId, fileId, reason: 'Thay' });
    expect(await decide(await propose(documentId), 'approved')).toMatchObject({
      attachmentReplacement: { outcome: 'lapsed' },
    });
  });

  it('F-24 what was superseded the application’s own role does not rewrite', async () => {
    const { documentId } = await sentBack();
    const app = new pg.Client({ connectionString: office.test.appUrl });
    await app.connect();
    await app.query(`SELECT set_config('app.agency_id', $1, false)`, [SENDER]);
    const sql = `UPDATE draft_version SET superseded = '{}' WHERE document_id = $1`;
    await expect(app.query(sql, [documentId])).rejects.toMatchObject({ code: '42501' });
    await app.end();
  });
});
