import { faultySamples, samplePdf } from '@qlvb/pdf-testing';
import { newId } from '@qlvb/shared-domain';
import { FileEncrypted, FileUnreadable, PdfWithoutPage } from '@qlvb/platform-storage';
import { falsified, initialledPdf } from './initialled-pdf.ts';
import { Office, officer, unitHead } from './office.ts';
import type { Outgoing } from './office.ts';

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
        expect.objectContaining({ pointer: '/body/attachmentFileIds/0', code: problem.code }),
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

describe('F-03 F-09 what the seal would vouch for', () => {
  const code = 'documents.file-not-signable.earlier-signature-broken';
  const signaturesOf = ({ files }: Outgoing) => files.map(({ earlierSignatures }) => earlierSignatures);

  it('F-03 VN-48 an attachment whose earlier signature is shown to be false is refused while drafting, in words', async () => {
    const body = await office.draftInput({ attachmentFileIds: [await upload(falsified(initialledPdf()))] });
    const [status, problem] = await refusal(body);
    expect([status, problem.code]).toEqual([422, code]);
    expect(problem.detail).toMatch(/^Tệp "phu-luc\.pdf" đã có chữ ký số không hợp lệ: .* Hãy lấy lại bản gốc/);
    expect(problem.errors).toEqual([expect.objectContaining({ pointer: '/body/attachmentFileIds/0', code })]);
  });

  it('F-03 a revision is held to the same', async () => {
    const draft = await office.draft();
    const body = await office.draftInput({ attachmentFileIds: [await upload(falsified(initialledPdf()))] });
    const ask = { as: officer, method: 'PUT', body, ifMatch: `"${draft.version}"` };
    expect(await office.refusal(`/outgoing-documents/${draft.documentId}`, ask)).toEqual([422, code]);
  });

  it('F-03 what is proven of a file’s own signatures is said, and so is what cannot be told', async () => {
    const stray = samplePdf({ comment: `/ByteRange ${newId()}`, plain: true });
    const attachmentFileIds = [await upload(initialledPdf()), await upload(stray)];
    const draft = await office.draft({ attachmentFileIds });
    expect(signaturesOf(draft)).toEqual(['none', 'intact', 'unknown']);
    expect(signaturesOf(await office.outgoing(draft.documentId))).toEqual(['none', 'intact', 'unknown']);
  });

  it('F-03 it is said of the signed files too, until the document is issued', async () => {
    const stray = samplePdf({ comment: `/ByteRange ${newId()}`, plain: true });
    const signed = await office.signed({ attachmentFileIds: [await upload(stray)] });
    expect(signaturesOf(signed)).toEqual(['none', 'unknown']);
  });
});

describe('F-09 SEC-C03 what has lost its bytes in the store', () => {
  const lost = 'storage.file-bytes-lost';
  const told = async (): Promise<number> => {
    const metrics = await (await fetch(`${office.test.service.url}/-/metrics`)).text();
    return Number(/^qlvb_storage_lost_files_total\{.*\} (\d+)$/m.exec(metrics)?.[1] ?? 0);
  };
  const csv = (): Promise<string> => {
    const sent = {
      as: officer,
      method: 'POST',
      bytes: Buffer.from(`a,b\n${newId()}\n`),
      headers: { 'content-type': 'text/csv' },
    };
    const path = '/files?name=so-lieu.csv';
    return office.test.json<{ fileId: string }>(path, { ...sent, status: 201 }).then(({ fileId }) => fileId);
  };

  it.each([
    ['altered', 'a PDF', () => upload(samplePdf({ comment: newId() }))],
    ['gone', 'a PDF', () => upload(samplePdf({ comment: newId() }))],
    ['altered', 'a table', csv],
    ['gone', 'a table', csv],
  ] as const)('F-09 %s, %s: is refused while drafting, named, and the operator is told', async (how, _, make) => {
    const [whole, harmed] = [await upload(samplePdf({ comment: newId() })), await make()];
    const body = await office.draftInput({ attachmentFileIds: [whole, harmed] });
    const before = await told();
    await office.harm(harmed, how);
    const [status, problem] = await refusal(body);
    expect([status, problem.code]).toEqual([409, lost]);
    expect(problem.errors).toEqual([expect.objectContaining({ pointer: '/body/attachmentFileIds/1', code: lost })]);
    expect(await told()).toBe(before + 1);
  });

  it('F-09 also when the row holds another digest than the bytes have', async () => {
    const [one, other] = [await upload(samplePdf({ comment: newId() })), await upload(samplePdf({ comment: newId() }))];
    await office.test.admin.query('UPDATE file SET sha256 = (SELECT sha256 FROM file WHERE id = $2) WHERE id = $1', [
      one,
      other,
    ]);
    const [status, problem] = await refusal(await office.draftInput({ attachmentFileIds: [one] }));
    expect([status, problem.code]).toEqual([409, lost]);
  });

  it('F-09 later: a check answers 409, and the draft goes on with the file uploaded anew', async () => {
    const bytes = samplePdf({ comment: newId() });
    const main = await upload(bytes, 'chinh.pdf');
    const { documentId, version } = await office.draft({ mainFileId: main });
    await office.harm(main, 'altered');
    const path = `/outgoing-documents/${documentId}`;
    const body = await office.draftInput({ mainFileId: await upload(samplePdf({ comment: newId() }), 'chinh.pdf') });
    await office.test.json(path, { as: officer, method: 'PUT', body, ifMatch: `"${version}"`, status: 200 });
    await office.act(documentId, 'submissions', officer);
    const { files } = await office.outgoing(documentId, officer);
    await office.harm(files[0]?.fileId ?? '', 'gone');
    const check = { as: unitHead, body: { outcome: 'passed' } };
    expect(await office.refusal(`${path}/content-checks`, check)).toEqual([409, lost]);
  });
});
