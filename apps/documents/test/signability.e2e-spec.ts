import { faultySamples, samplePdf } from '@qlvb/pdf-testing';
import { FileEncrypted, FileUnreadable, PdfWithoutPage } from '@qlvb/platform-storage';
import { Office, officer } from './office.ts';

let office: Office;
beforeAll(async () => {
  office = await Office.open();
});
afterAll(() => office.test.stop());

const upload = (bytes: Uint8Array, name = 'phu-luc.pdf'): Promise<string> => office.upload(officer, name, '', bytes);

const UPLOAD = {
  damaged: FileUnreadable.declaration,
  encrypted: FileEncrypted.declaration,
  'no-page': PdfWithoutPage.declaration,
} as const;

interface Refused {
  readonly code: string;
  readonly detail: string;
  readonly errors?: readonly { readonly pointer: string; readonly code: string }[];
}

async function refusal(body: Record<string, unknown>): Promise<[number, Refused]> {
  const answer = await office.test.ask('/outgoing-documents', { as: officer, body });
  return [answer.status, (await answer.json()) as Refused];
}

describe('F-09 what cannot be signed later is refused while drafting', () => {
  it.each(faultySamples().map(({ name, pdf, fault }) => [name, fault, pdf] as const))(
    'F-09 EX-NUM-3 an attachment with %s (%s): refused at upload, and while drafting when it was uploaded before',
    async (_, fault, pdf) => {
      const { code } = UPLOAD[fault];
      const sent = { as: officer, method: 'POST', bytes: pdf, headers: { 'content-type': 'application/pdf' } };
      expect(await office.refusal('/files?name=phu-luc.pdf', sent)).toEqual([422, code]);
      const body = await office.draftInput({ attachmentFileIds: [await office.uploadedEarlier(pdf)] });
      const [status, problem] = await refusal(body);
      expect([status, problem.code]).toEqual([422, `documents.file-not-signable.${fault}`]);
      expect(problem.detail).toMatch(/^Tệp "phu-luc\.pdf" .*Hãy /);
      expect(problem.errors).toEqual([
        expect.objectContaining({ pointer: '/attachmentFileIds/0', code: problem.code }),
      ]);
    },
  );

  it('F-09 F-10 as the document itself: a file without fields for number and date', async () => {
    const body = await office.draftInput({ mainFileId: await upload(samplePdf({ plain: true }), 'chinh.pdf') });
    const [status, problem] = await refusal(body);
    expect([status, problem.code]).toEqual([422, 'documents.file-not-signable.number-field-missing']);
  });

  it('F-09 a revision is held to the same', async () => {
    const draft = await office.draft();
    const [bad] = faultySamples();
    const attachment = await office.uploadedEarlier(bad?.pdf ?? new Uint8Array());
    const body = await office.draftInput({ attachmentFileIds: [attachment] });
    const ask = { as: officer, method: 'PUT', body, ifMatch: `"${draft.version}"` };
    expect(await office.refusal(`/outgoing-documents/${draft.documentId}`, ask)).toEqual([
      422,
      `documents.file-not-signable.${bad?.fault}`,
    ]);
  });
});
