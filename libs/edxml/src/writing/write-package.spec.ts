import { PassThrough, Readable, Writable } from 'node:stream';
import { DomainError } from '@qlvb/shared-domain';
import type { Business, DocumentPackage, Party, StatusPackage } from '../package/model.ts';
import { as, attachmentOf, documentWith, Memory, NOW, read, statusWith, written } from '../testing/documents.ts';
import { writeDocumentPackage } from './write-package.ts';
import type { OutgoingAttachment } from './write-package.ts';
import { writeStatusPackage } from './write-status.ts';

const faultsOf = async (step: () => unknown): Promise<string[]> => {
  try {
    await step();
  } catch (error) {
    if (error instanceof DomainError) return error.faults.map(({ code, pointer }) => `${code} at ${pointer}`);
    throw error;
  }
  return [];
};
const party = (change: Partial<Party>): Party => ({ agencyCode: 'H46.67', name: 'UBND huyện', ...change });
const update = (change: object): Business => ({ type: 'update', documentId: 'x', isDocumentChanged: false, ...change });

describe('the standard is kept when writing', () => {
  it('writes the element order of the axis’ library, with its prefixes, one trace and a business block', async () => {
    const text = (
      await written(
        documentWith({
          answers: [{ agencyCode: 'H46.12', documentCode: '3/SNV', documentId: 'H46.12,2026/01/02,3/SNV' }],
          printedRecipients: ['Như trên', 'Lưu: VT'],
          signer: { fullName: 'Nguyễn Văn Mẫu' },
          dueOn: '2026-12-01',
          summary: 'Tóm tắt',
        }),
        [attachmentOf('a.pdf', '%PDF-1.7', { contentId: 'a1', description: 'Văn bản chính' })],
      )
    ).toString();
    const order = [...text.matchAll(/<((?:edXML:)?\w+)[ >]/g)].map((match) => match[1]?.replace('edXML:', '+'));
    expect(order.join(' ')).toBe(
      'edXML +edXMLEnvelope +edXMLHeader +MessageHeader +From +OrganId +OrganName +To +OrganId +OrganName +DocumentId ' +
        '+Code +CodeNumber +CodeNotation +PromulgationInfo +PromulgationDate +DocumentType +Type +TypeDetail +TypeName ' +
        '+Subject +Content +SignerInfo +FullName +DueDate +OtherInfo +Priority +Direction +ResponseFor +OrganId +Code ' +
        '+DocumentId +SteeringType +ToPlaces +Place +Place +TraceHeaderList +TraceHeader +OrganId +Timestamp +Bussiness ' +
        '+BussinessDocType +BussinessDocReason +Paper +edXMLBody +edXMLManifest +Reference +ContentId +ContentType ' +
        '+Description +AttachmentName AttachmentEncoded Attachment ContentId AttachmentName Description ContentType ' +
        '+ContentTransferEncoded',
    );
    expect(text).toContain('<edXML:Timestamp>2026/11/20 10:12:45</edXML:Timestamp>');
    expect(text).toContain('<edXML:BussinessDocReason>Văn bản điện tử mới</edXML:BussinessDocReason>');
  });

  it('writes composed text and no empty element', async () => {
    const document = documentWith({ subject: 'Tuâ\u0301n  tra ', summary: '  ', signer: {}, appendices: [] });
    const text = (await written(document)).toString();
    expect(text).toContain('<edXML:Subject>Tuấn  tra</edXML:Subject>');
    expect(text).not.toMatch(/<[^>]+><\/|\/>/);
  });

  it.each<[string, Partial<DocumentPackage>]>([
    ['N.MessageHeader.To at /package/recipients', { recipients: [] }],
    ['N.MessageHeader.From.OrganId at /package/sender/agencyCode', { sender: party({ agencyCode: ' ' }) }],
    ['T.MessageHeader.From.OrganId at /package/sender/agencyCode', { sender: party({ agencyCode: 'H46/11' }) }],
    [
      'M.MessageHeader.To.OrganId at /package/recipients/0/agencyCode',
      { recipients: [party({ agencyCode: '02.29.W00' })] },
    ],
    ['N.MessageHeader.To.OrganName at /package/recipients/0/name', { recipients: [party({ name: '' })] }],
    [
      'R.MessageHeader.To.Telephone at /package/recipients/0/telephone',
      { recipients: [party({ telephone: '0'.repeat(21) })] },
    ],
    [
      'M.MessageHeader.To.OrganId at /package/recipients/1/agencyCode',
      { recipients: [party({}), party({ agencyCode: '000.00.67.H46' })] },
    ],
    ['N.MessageHeader.Subject at /package/subject', { subject: '' }],
    ['R.MessageHeader.Subject at /package/subject', { subject: 'a'.repeat(501) }],
    ['T.MessageHeader.Subject at /package/subject', { subject: 'a\u0000b' }],
    ['T.MessageHeader.Subject at /package/subject', { subject: 'a\ud800b' }],
    ['N.MessageHeader.DocumentType.TypeName at /package/documentType/name', { documentType: { name: '' } }],
    ['T.MessageHeader.DocumentType.Type at /package/documentType/type', { documentType: { name: 'x', type: -1 } }],
    [
      'R.MessageHeader.Code.CodeNotation at /package/codeNotation',
      { codeNotation: 'x'.repeat(31), documentId: `a,2026/11/20,15/${'x'.repeat(31)}` },
    ],
    ['T.MessageHeader.DocumentId at /package/documentId', { documentId: 'H46.11,2026/11/19,15/QĐ-STTTT' }],
    ['T.MessageHeader.DocumentId at /package/documentId', { documentId: '4f1c' }],
    [
      'M.MessageHeader.PromulgationInfo.PromulgationDate at /package/issuedOn',
      { issuedOn: '2026-11-21', documentId: 'H46.11,2026/11/21,15/QĐ-STTTT' },
    ],
    ['T.MessageHeader.DueDate at /package/dueOn', { dueOn: '2026-02-30' }],
    ['T.MessageHeader.OtherInfo.PageAmount at /package/pages', { pages: 65_536 }],
    ['T.MessageHeader.SteeringType at /package/steeringType', { steeringType: 4 }],
    ['R.MessageHeader.SignerInfo.FullName at /package/signer/fullName', { signer: { fullName: 'a'.repeat(51) } }],
    ['N.MessageHeader.ToPlaces.Place at /package/printedRecipients/1', { printedRecipients: ['Như trên', ''] }],
    [
      'N.MessageHeader.ResponseFor.DocumentId at /package/answers/0/documentId',
      { answers: [{ agencyCode: 'H46', documentCode: '1/A', documentId: '' }] },
    ],
    [
      'N.TraceHeaderList.Bussiness.BussinessDocReason at /package/business/reason',
      { business: { type: 'recall', documentId: 'x', reason: ' ' } },
    ],
    [
      'N.TraceHeaderList.Bussiness.DocumentId at /package/business/documentId',
      { business: { type: 'recall', documentId: '', reason: 'Gửi nhầm' } },
    ],
    ['N.TraceHeaderList.Bussiness.BussinessDocumentInfo at /package/business/receivers', { business: update({}) }],
    [
      'M.TraceHeaderList.Bussiness.BussinessDocumentInfo.ReceiverList.Receiver.OrganId at /package/business/receivers/1/agencyCode',
      {
        business: update({
          receivers: [
            { agencyCode: 'H46', change: 'added' },
            { agencyCode: '000.00.00.H46', change: 'removed' },
          ],
        }),
      },
    ],
    [
      'N.TraceHeaderList.Bussiness.ReplacementInfoList.ReplacementInfo at /package/business/replaced',
      { business: { type: 'replace', replaced: [] } },
    ],
    [
      'R.TraceHeaderList.Bussiness.StaffInfo.Mobile at /package/business/contact/mobile',
      { business: { type: 'new', contact: { mobile: '0'.repeat(31) } } },
    ],
    ['T.TraceHeaderList.TraceHeader.Timestamp at /package/sentAt', { sentAt: new Date(Number.NaN) }],
  ])('refuses with %s', async (fault, change) => {
    const sink = new Memory();
    const faults = await faultsOf(() => writeDocumentPackage(documentWith(change), [], sink, { now: NOW }));
    expect(faults).toEqual([fault]);
    expect([sink.bytes.length, sink.destroyed]).toEqual([0, true]);
  });

  it('tells all faults at once', async () => {
    const faults = await faultsOf(() => written(documentWith({ subject: '', recipients: [], dueOn: 'mai' })));
    expect(faults).toHaveLength(3);
  });

  it.each<[string, Partial<OutgoingAttachment>]>([
    ['N.AttachmentEncoded.Attachment.AttachmentName at /package/attachments/0/name', { name: ' ' }],
    ['T.AttachmentEncoded.Attachment.AttachmentName at /package/attachments/0/name', { name: '../a.pdf' }],
    ['T.AttachmentEncoded.Attachment.ContentId at /package/attachments/0/contentId', { contentId: 'cid:1' }],
    ['N.AttachmentEncoded.Attachment.ContentTransferEncoded at /package/attachments', { content: Readable.from([]) }],
  ])('refuses an attachment with %s', async (fault, change) => {
    const attachment = { ...attachmentOf('a.pdf', '%PDF'), ...change };
    expect(await faultsOf(() => written(documentWith(), [attachment]))).toEqual([fault]);
  });

  it('refuses a content id that comes twice', async () => {
    const attachment = (): OutgoingAttachment => attachmentOf('a.pdf', '%PDF', { contentId: 'a1' });
    expect(await faultsOf(() => written(documentWith(), [attachment(), attachment()]))).toEqual([
      'M.AttachmentEncoded.Attachment.ContentId at /package/attachments/1/contentId',
    ]);
  });

  it.each<Partial<DocumentPackage>>([
    { subject: 'Báo cáo (TỐI MẬT)' },
    { summary: 'Độ mật: Mật' },
    { appendices: ['Phụ lục – TUYỆT MẬT'] },
  ])('EX-SEC-1 sends no state secret: %j', async (change) => {
    await expect(written(documentWith(change))).rejects.toMatchObject({ code: 'edxml.secret-refused' });
  });

  it('EX-SEC-1 nor a status that speaks of one', () => {
    expect(() => writeStatusPackage(statusWith({ description: '[Mật] đã nhận' }))).toThrow('edxml.secret-refused');
  });

  it.each<[string, Partial<StatusPackage>]>([
    ['M.MessageHeader.StatusCode at /package/status', { status: '07' }],
    ['N.MessageHeader.Description at /package/description', { status: '02', description: ' ' }],
    ['N.MessageHeader.Description at /package/description', { status: '13', description: '' }],
    ['R.MessageHeader.Description at /package/description', { description: 'a'.repeat(501) }],
    ['T.MessageHeader.Timestamp at /package/at', { at: new Date(Number.NaN) }],
    [
      'N.MessageHeader.ResponseFor.Code at /package/about/documentCode',
      { about: { ...statusWith().about, documentCode: '' } },
    ],
    [
      'T.MessageHeader.ResponseFor.PromulgationDate at /package/about/issuedOn',
      { about: { ...statusWith().about, issuedOn: '20/11/2026' } },
    ],
    ['N.MessageHeader.From.OrganName at /package/sender/name', { sender: party({ name: '' }) }],
  ])('refuses a status with %s', async (fault, change) => {
    expect(await faultsOf(() => writeStatusPackage(statusWith(change)))).toEqual([fault]);
  });
});

describe('attachments of a written package', () => {
  it.each([
    ['a.pdf', '%PDF-1.7', 'application/pdf', false],
    ['a.DOC', '\u00d0\u00cf', 'application/msword', false],
    ['a.docx', 'PK\u0003\u0004', 'application/vnd.openxmlformats-officedocument.wordprocessingml.document', false],
    ['a.zip', 'PK\u0003\u0004', 'application/zip', false],
    ['a.xlsx', 'PK\u0003\u0004', 'application/zip', true],
    ['a.txt', 'xin chào', 'application/zip', true],
    ['không đuôi', 'xin chào', 'application/zip', true],
    ['giả.pdf', 'PK\u0003\u0004', 'application/zip', true],
  ])('R7 %s beginning with %j goes as %s, zipped: %s', async (name, content, type, isZipped) => {
    const sink = new Memory();
    const attachment = attachmentOf(name, Buffer.from(content, 'latin1'), { contentId: 'a1' });
    const outcome = await writeDocumentPackage(documentWith(), [attachment], sink, { now: NOW });
    expect(outcome.attachments[0]?.isZipped).toBe(isZipped);
    expect(sink.bytes.toString()).toContain(`<ContentType>${type}</ContentType>`);
    const [received] = as('edoc', await read(sink.bytes)).attachments;
    expect(received?.state === 'delivered' && received.delivered).toEqual(Buffer.from(content, 'latin1'));
  });

  it('the same content ids give the same bytes', async () => {
    const make = (): Promise<Buffer> =>
      written(documentWith(), [attachmentOf('a.txt', 'xin chào', { contentId: 'a1' })]);
    expect(await make()).toEqual(await make());
  });

  it('refuses an attachment beyond its limit and leaves nothing that looks whole', async () => {
    const sink = new Memory();
    const attachment = attachmentOf('a.pdf', Buffer.alloc(2000));
    await expect(
      writeDocumentPackage(documentWith(), [attachment], sink, { now: NOW, attachmentBytes: 1000 }),
    ).rejects.toMatchObject({ code: 'edxml.attachment-too-large' });
    expect([sink.destroyed, sink.writableFinished]).toEqual([true, false]);
  });

  it('passes on what a content or the sink fails with', async () => {
    async function* failing(): AsyncGenerator<Buffer> {
      yield Buffer.from('%PDF-1.7');
      throw new Error('tệp hỏng');
    }
    const write = (sink: Writable, content: OutgoingAttachment['content']): Promise<unknown> =>
      writeDocumentPackage(documentWith(), [{ name: 'a.pdf', content }], sink, { now: NOW });
    await expect(write(new Memory(), failing())).rejects.toThrow('tệp hỏng');
    const full = new Writable({ write: (_chunk, _encoding, done) => done(new Error('đĩa đầy')) });
    await expect(write(full, Readable.from([Buffer.alloc(1000)]))).rejects.toThrow('đĩa đầy');
    const closed = new PassThrough();
    closed.destroy();
    await expect(write(closed, Readable.from([Buffer.alloc(1000)]))).rejects.toThrow('closed');
    const slow = new PassThrough({ highWaterMark: 10 });
    setTimeout(() => slow.destroy(), 20);
    await expect(write(slow, Readable.from([Buffer.alloc(1000)]))).rejects.toThrow('closed');
  });
});
