import { DocumentsNotificationRequested, OutgoingDocumentAttachmentReplaced, ROLES } from '@qlvb/contracts';
import { faultySamples } from '@qlvb/pdf-testing';
import { falsified, initialledPdf } from './initialled-pdf.ts';
import { clerk, leader, Office, officer, otherHead } from './office.ts';
import type { Colleague, Outgoing } from './office.ts';

interface Replaceable extends Outgoing {
  readonly attachmentReplacement: { readonly outcome: string; readonly file: { readonly name: string } } | null;
}

let office: Office;
beforeAll(async () => {
  office = await Office.open();
});
afterAll(() => office.test.stop());

/** A document with one attachment that is numbered and waits for the agency's signature. */
async function numbered(): Promise<Replaceable> {
  const attachment = await office.upload(officer, 'phu-luc.pdf');
  const { documentId } = await office.signed({ attachmentFileIds: [attachment] });
  return (await office.act(documentId, 'registrations', clerk)) as Replaceable;
}
const attachmentOf = ({ files }: Outgoing): string => files.find(({ role }) => role === 'attachment')?.fileId ?? '';

async function propose(document: Outgoing, as: Colleague = clerk): Promise<Replaceable> {
  const fileId = await office.upload(as, 'phu-luc-dung.pdf');
  const body = { attachmentId: attachmentOf(document), fileId, reason: 'Phụ lục không mở được' };
  return (await office.act(document.documentId, 'attachment-replacements', as, body)) as Replaceable;
}
const decision = (document: Outgoing, outcome: 'approved' | 'refused', as: Colleague = leader) => ({
  path: `/outgoing-documents/${document.documentId}/attachment-replacement-decisions`,
  ask: { as, body: { outcome }, ifMatch: `"${document.version}"`, status: 201 },
});
const decide = (document: Outgoing, outcome: 'approved' | 'refused'): Promise<Replaceable> => {
  const { path, ask } = decision(document, outcome);
  return office.test.json<Replaceable>(path, ask);
};
const notices = async (documentId: string) =>
  (await office.test.published(DocumentsNotificationRequested))
    .filter(({ data }) => data.aboutId === documentId)
    .map(({ data: { kind, userId } }) => [kind, userId]);

describe('F-09 a numbered document whose attachment must be another one', () => {
  it('F-09 EX-NUM-3 keeps its number, date, and the signer’s signature, when the signer agrees', async () => {
    const before = await numbered();
    const proposed = await propose(before);
    expect(proposed.attachmentReplacement).toMatchObject({ outcome: 'open', file: { name: 'phu-luc-dung.pdf' } });
    expect(proposed.files).toEqual(before.files);
    expect((await office.outgoing(before.documentId, leader)).allowedActs).toContain('decide_replacement');

    const after = await decide(proposed, 'approved');
    const { number, documentCode, issuedOn, state } = before;
    expect(after).toMatchObject({ number, documentCode, issuedOn, state });
    expect(after.attachmentReplacement?.outcome).toBe('approved');
    expect(after.files[0]).toEqual(before.files[0]);
    expect(after.files.map(({ name }) => name)).toEqual(['quyet-dinh.pdf', 'phu-luc-dung.pdf']);
    const told = (await office.test.published(OutgoingDocumentAttachmentReplaced)).map(({ data }) => data);
    const files = after.files.map(({ fileId, sha256, name }) => expect.objectContaining({ fileId, sha256, name }));
    expect(told.filter(({ documentId }) => documentId === before.documentId)).toEqual([
      expect.objectContaining({ documentCode, files }),
    ]);
    expect(await notices(before.documentId)).toEqual([
      ['replacement-proposed', leader.userId],
      ['replacement-decided', clerk.userId],
    ]);

    await office.sign(before.documentId, 'agency');
    expect(await office.act(before.documentId, 'issues', clerk)).toMatchObject({ state: 'issued', number, issuedOn });
  });

  it('F-09 EX-NUM-3 keeps its number and its attachment when the signer refuses', async () => {
    const before = await numbered();
    const after = await decide(await propose(before), 'refused');
    expect(after).toMatchObject({ number: before.number, files: before.files, state: 'numbered' });
    const { path, ask } = decision(after, 'approved');
    expect(await office.refusal(path, ask)).toEqual([409, 'documents.replacement-not-open']);
  });

  it('F-09 EX-NUM-3 keeps its number when the agency had signed the attachment that was replaced', async () => {
    const before = await numbered();
    const after = await decide(await propose(before), 'approved');
    const old = before.files.map(({ fileId }) => fileId);
    await office.sign(before.documentId, 'agency', { signedFileIds: old });
    expect(await office.outgoing(before.documentId)).toMatchObject({ state: 'numbered', files: after.files });
    await office.sign(before.documentId, 'agency', { signedFileIds: after.files.map(({ fileId }) => fileId) });
    expect(await office.outgoing(before.documentId)).toMatchObject({ state: 'agency_signed', number: before.number });
  });

  it('F-09 NĐ30-A11-2 is decided by its signer alone, and never by who proposes', async () => {
    const before = await numbered();
    const both = { ...leader, permissions: [...ROLES.clerk, ...ROLES.leader] };
    const own = decision(await propose(before, both), 'approved', both);
    expect(await office.refusal(own.path, own.ask)).toEqual([403, 'auth.duties-not-separate']);
    expect((await office.outgoing(before.documentId, both)).allowedActs).not.toContain('decide_replacement');
    const proposed = await propose(before);
    for (const as of [clerk, { ...clerk, permissions: both.permissions }]) {
      const { path, ask } = decision(proposed, 'approved', as);
      expect([(await office.refusal(path, ask))[0], as.permissions.length]).toEqual([403, as.permissions.length]);
    }
    const stranger = decision(proposed, 'approved', otherHead);
    expect([403, 404]).toContain((await office.refusal(stranger.path, stranger.ask))[0]);
  });

  it('F-09 NĐ30-A11-2 a newer proposal is not decided unseen', async () => {
    const before = await numbered();
    const seen = await propose(before);
    await propose(before);
    const { path, ask } = decision(seen, 'approved');
    expect(await office.refusal(path, ask)).toEqual([412, 'resource.version-stale']);
  });

  it('F-09 what could not be signed either is not proposed', async () => {
    const { documentId, ...before } = await numbered();
    const [bad] = faultySamples();
    const fileId = await office.uploadedEarlier(bad?.pdf ?? new Uint8Array(), 'hong.pdf', clerk);
    const body = { attachmentId: attachmentOf({ documentId, ...before }), fileId, reason: 'Thay' };
    const path = `/outgoing-documents/${documentId}/attachment-replacements`;
    expect(await office.refusal(path, { as: clerk, body })).toEqual([422, 'documents.file-not-signable.damaged']);
  });

  it('F-03 F-09 nor is one whose earlier signature is shown to be false; what is known of others is said', async () => {
    const before = await numbered();
    const path = `/outgoing-documents/${before.documentId}/attachment-replacements`;
    const body = { attachmentId: attachmentOf(before), reason: 'Thay' };
    const bad = await office.upload(clerk, 'tu-van.pdf', '', falsified(initialledPdf()));
    expect(await office.refusal(path, { as: clerk, body: { ...body, fileId: bad } })).toEqual([
      422,
      'documents.file-not-signable.earlier-signature-broken',
    ]);
    const good = await office.upload(clerk, 'tu-van.pdf', '', initialledPdf());
    const proposed = (await office.act(before.documentId, 'attachment-replacements', clerk, {
      ...body,
      fileId: good,
    })) as Replaceable;
    expect(proposed.attachmentReplacement?.file).toMatchObject({ earlierSignatures: 'intact' });
    expect((await decide(proposed, 'approved')).files[1]).toMatchObject({ earlierSignatures: 'intact' });
  });

  it('F-09 NĐ30-A14-1 only between number and the agency’s signature', async () => {
    const { documentId, ...signed } = await office.signed({
      attachmentFileIds: [await office.upload(officer, 'phu-luc.pdf')],
    });
    const fileId = await office.upload(clerk, 'khac.pdf');
    const body = { attachmentId: attachmentOf({ documentId, ...signed }), fileId, reason: 'Thay' };
    const path = `/outgoing-documents/${documentId}/attachment-replacements`;
    expect(await office.refusal(path, { as: clerk, body })).toEqual([409, 'documents.outgoing-act-not-allowed']);
  });
});
