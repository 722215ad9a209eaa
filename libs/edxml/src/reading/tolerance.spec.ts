import { as, attachmentOf, codesOf, documentWith, NOW, read, statusWith, written } from '../testing/documents.ts';
import { writeStatusPackage } from '../writing/write-status.ts';

const PDF = Buffer.from('%PDF-1.7 nội dung');
const NS = 'http://www.mic.gov.vn/TBT/QCVN_102_2016';

/** A well-made package, changed as text. */
const changed = async (...changes: [from: string | RegExp, to: string][]): Promise<string> => {
  const attachment = attachmentOf('quyết định.pdf', PDF, { contentId: 'a1' });
  const content = (await written(documentWith(), [attachment])).toString();
  return changes.reduce((text, [from, to]) => {
    const next = text.replaceAll(from, to);
    if (next === text) throw new Error(`nothing to change: ${from}`);
    return next;
  }, content);
};
const changedStatus = (...changes: [from: string | RegExp, to: string][]): string =>
  changes.reduce((text, [from, to]) => text.replaceAll(from, to), writeStatusPackage(statusWith()));

/** What every tolerated change must leave as it is. */
const FACTS = {
  codeNumber: '15',
  codeNotation: 'QĐ-STTTT',
  issuedOn: '2026-11-20',
  documentId: 'H46.11,2026/11/20,15/QĐ-STTTT',
  subject: 'Về việc ban hành quy chế vận hành hệ thống quản lý văn bản',
};
const readSame = async (content: string | Buffer): Promise<ReturnType<typeof as<'edoc'>>> => {
  const result = as('edoc', await read(content));
  expect(result.package).toMatchObject(FACTS);
  expect(result.attachments.map((each) => each.state === 'delivered' && each.delivered.toString())).toEqual([
    PDF.toString(),
  ]);
  return result;
};

describe('what real senders do to the standard', () => {
  it('D21 line ends, tabs, comments and blanks vary', async () => {
    await readSame(
      await changed(['\n', '\r\n'], ['  ', '\t'], ['<edXML:Subject>', '<!-- x --><edXML:Subject> <!-- y -->\r\n']),
    );
  });

  it('D4 R1 stray characters and a byte-order mark before the declaration are cut', async () => {
    const content = await changed();
    expect(codesOf(await readSame(`\ufeff${content}`))).toEqual(['byte-order-mark']);
    expect(codesOf(await readSame(`\r\n?? ${content}`))).toEqual(['leading-bytes-cut']);
    expect(codesOf(await readSame(content.replace('UTF-8', 'utf-16')))).toEqual(['encoding-differs']);
    expect(codesOf(await readSame(content.replace(/^<\?.*\?>\n/, '')))).toEqual([]);
    expect(codesOf(await readSame(`${content}\0\0`))).toEqual(['trailing-content-ignored']);
  });

  it.each<[string, string | RegExp, string]>([
    ['unclosed', '</edXML:From>', ''],
    ['doubled at the start', '<edXML:From>', '<edXML:From><edXML:From>'],
    ['doubled at the end', '</edXML:From>', '</edXML:From></edXML:From>'],
    ['wrapped in itself', /<edXML:From>([^]*?)<\/edXML:From>/g, '<edXML:From><edXML:From>$1</edXML:From></edXML:From>'],
  ])('D4 a From that is %s', async (_case, from, to) => {
    const result = await readSame(await changed([from, to]));
    expect(codesOf(result)).toContain('markup-repaired');
    expect(result.package.sender?.agencyCode).toBe('H46.11');
    expect(result.package.recipients.map(({ agencyCode }) => agencyCode)).toEqual(['H46.67']);
  });

  it('D2 children in another order are read all the same', async () => {
    const document = /(<edXML:DocumentId>.*?<\/edXML:DocumentId>)([^]*?)(\s*<\/edXML:MessageHeader>)/g;
    await readSame(await changed([document, '$2$1$3']));
    const business = /(<edXML:TraceHeader>[^]*?<\/edXML:TraceHeader>)([^]*?)(\s*<\/edXML:TraceHeaderList>)/g;
    expect((await readSame(await changed([business, '$2$1$3']))).package.business.code).toBe('0');
  });

  it.each(['http://www.e-doc.vn/Schema/', 'http://www.go.vn/eDoc', 'http://schemas.xmlsoap.org/soap/envelope/'])(
    'D5 the namespace %s is noted',
    async (namespace) => {
      expect(codesOf(await readSame(await changed([NS, namespace])))).toEqual(['foreign-namespace']);
    },
  );

  it('D3 R2 names without their prefix, with another one or an undeclared one', async () => {
    await readSame(await changed(['edXML:', '']));
    await readSame(await changed(['edXML:', 'ns2:']));
    expect(codesOf(await readSame(await changed([/ xmlns(:edXML)?="[^"]*"/g, ''])))).toEqual(['undeclared-prefix']);
  });

  it('D6 other roots and a SOAP wrapper', async () => {
    const bare = await changed([/<(\/?)edXML( [^>]*)?>/g, '<$1EdXML$2>']);
    expect(codesOf(await readSame(bare))).toEqual(['unusual-root']);
    const soap = await changed(
      [/<(\/?)edXML( [^>]*)?>/g, '<$1S:Envelope xmlns:S="http://schemas.xmlsoap.org/soap/envelope/">'],
      ['</S:Envelope xmlns:S="http://schemas.xmlsoap.org/soap/envelope/">', '</S:Envelope>'],
      ['edXML:edXMLEnvelope', 'S:X'],
      ['edXML:edXMLHeader', 'S:Header'],
      ['edXML:edXMLBody', 'S:Body'],
      ['edXML:edXMLManifest', 'edXML:Manifest'],
    );
    expect((await readSame(soap)).kind).toBe('edoc');
  });

  it('R2 names in any letter case', async () => {
    await readSame(
      await changed(
        ['MessageHeader', 'messageheader'],
        ['CodeNumber', 'CODENUMBER'],
        ['AttachmentName', 'attachmentName'],
      ),
    );
  });

  it.each<[string, [string | RegExp, string][]]>([
    ['Business', [['Bussiness', 'Business']]],
    ['Promulgator and Date', [['edXML:PromulgationDate', 'edXML:Date']]],
    [
      'DocumentType as text',
      [[/<edXML:DocumentType>[^]*?<\/edXML:DocumentType>/g, '<edXML:DocumentType>Quyết định</edXML:DocumentType>']],
    ],
    ['DocumentType with value', [['edXML:TypeName', 'edXML:Value']]],
    ['Status for MessageHeader', [['MessageHeader', 'Status']]],
  ])('D7 %s', async (_name, changes) => {
    const { package: received } = await readSame(await changed(...changes));
    expect(received.documentType?.name).toBe('Quyết định');
    expect(received.business.type).toBe('new');
  });

  it('D7 Author, Function, Signer, Promulgator, a business block inside the trace and an empty DigitalSignature', async () => {
    const document = documentWith({
      signer: { position: 'Giám đốc', fullName: 'Nguyễn Văn Mẫu' },
      placeOfIssue: 'Quảng Bình',
    });
    const text = (await written(document)).toString();
    const [business = ''] = /<edXML:Bussiness>[^]*<\/edXML:Bussiness>/.exec(text) ?? [];
    const other = text
      .replaceAll('SignerInfo', 'Author')
      .replaceAll('Position', 'Function')
      .replaceAll('FullName', 'Signer')
      .replaceAll('edXML:Place>', 'edXML:Promulgator>')
      .replace(business, '')
      .replace(
        '</edXML:TraceHeader>',
        `${business.replaceAll('Bussiness', 'Business').replace('>0<', '>3<')}</edXML:TraceHeader>`,
      )
      .replace('</edXML:edXMLHeader>', '<edXML:DigitalSignature/></edXML:edXMLHeader>');
    const result = as('edoc', await read(other));
    expect(result.package).toMatchObject({
      signer: { position: 'Giám đốc', fullName: 'Nguyễn Văn Mẫu' },
      placeOfIssue: 'Quảng Bình',
      business: { type: 'replace' },
    });
    expect(result.signature).toBe('absent');
    expect(result.findings.filter(({ code }) => code === 'alias-name').map(({ value }) => value)).toContain(
      'edXML:Author',
    );
  });

  it('D8 attachments inside the envelope, in the manifest, or all with the prefix', async () => {
    const list = /<AttachmentEncoded>[^]*<\/AttachmentEncoded>/g;
    const base64 = PDF.toString('base64');
    const inEnvelope = `<edXML:edXMLAttachments><edXML:Attachment><edXML:AttachmentData>${base64}</edXML:AttachmentData><edXML:AttachmentName>quyết định.pdf</edXML:AttachmentName><edXML:AttachmentType>application/pdf</edXML:AttachmentType><edXML:AttachmentSize>19</edXML:AttachmentSize></edXML:Attachment></edXML:edXMLAttachments>`;
    await readSame(await changed([list, ''], ['</edXML:edXMLBody>', `${inEnvelope}</edXML:edXMLBody>`]));
    const inManifest = `<edXML:Attachment><edXML:Content>${base64}</edXML:Content><edXML:FileName>quyết định.pdf</edXML:FileName><edXML:FileType>pdf</edXML:FileType></edXML:Attachment>`;
    const body = /<edXML:edXMLManifest[^]*<\/edXML:edXMLManifest>/g;
    const manifest = `<edXML:Manifest>${inManifest}</edXML:Manifest>`;
    const { attachments } = await readSame(await changed([list, ''], [body, manifest]));
    expect(attachments).toMatchObject([{ name: 'quyết định.pdf', mediaType: 'application/pdf', isListed: false }]);
    await readSame(await changed([/<(\/?)(AttachmentEncoded|Attachment|ContentId|ContentType)>/g, '<$1edXML:$2>']));
  });

  it('D10 D11 content types that disagree and content ids with any number of cid:', async () => {
    const result = await readSame(
      await changed(
        ['<edXML:ContentId>cid:a1', '<edXML:ContentId>a1'],
        ['<ContentId>cid:', '<ContentId>cid:cid:'],
        ['<ContentType>application/pdf', '<ContentType>application/docx'],
      ),
    );
    expect(result.attachments[0]).toMatchObject({ isListed: true, contentId: 'a1', mediaType: 'application/pdf' });
    expect(codesOf(result)).toEqual(['attachment-type-differs', 'attachment-type-differs']);
  });

  it('D9 a zip is recognised by its bytes under any name and type', async () => {
    const content = await written(documentWith(), [attachmentOf('ghi chú.txt', 'xin chào', { contentId: 'a1' })]);
    for (const type of ['application/pdf', 'text/plain', 'application/xslx', 'x']) {
      const text = content.toString().replaceAll('application/zip', type);
      const [attachment] = as('edoc', await read(text)).attachments;
      expect(attachment).toMatchObject({
        mediaType: 'text/plain',
        isUnwrapped: true,
        delivered: Buffer.from('xin chào'),
      });
    }
  });

  it('R7 a name that stands after the content, or only in the manifest, is found', async () => {
    const first = await changed([
      /(<ContentId>[^]*?<\/ContentType>\s*)(<edXML:ContentTransferEncoded[^]*?<\/edXML:ContentTransferEncoded>)/g,
      '$2$1',
    ]);
    expect((await readSame(first)).attachments[0]?.name).toBe('quyết định.pdf');
    const listed = await changed([/ {6}<AttachmentName>.*\n/g, '']);
    expect((await readSame(listed)).attachments[0]?.name).toBe('quyết định.pdf');
    const unnamed = await changed([/ *<(edXML:)?AttachmentName>.*\n/g, '']);
    expect(codesOf(await readSame(unnamed))).toContain('attachment-unnamed');
  });

  it('D13 identifiers of other forms and with another date are kept and noted', async () => {
    const id = /<edXML:DocumentId>.*?</g;
    const read1 = as('edoc', await read(await changed([id, '<edXML:DocumentId>H46.11-2026-15<'])));
    expect([read1.package.documentId, codesOf(read1)]).toEqual(['H46.11-2026-15', ['document-id-unusual']]);
    const read2 = as('edoc', await read(await changed([id, '<edXML:DocumentId>H46.11,2026/11/19,15/QĐ-STTTT<'])));
    expect(codesOf(read2)).toEqual(['document-id-date-differs']);
  });

  it('D16 numbers that hold the notation, and codes with a slash at the end', async () => {
    const result = as(
      'edoc',
      await read(
        await changed(['>15<', '>15/QĐ-STTTT<'], ['>0</edXML:BussinessDocType', '>1</edXML:BussinessDocType']),
      ),
    );
    expect(codesOf(result)).toContain('code-number-unusual');
    expect(result.package.targets.at(-1)).toMatchObject({ by: 'code', documentCode: '15/QĐ-STTTT' });
    const status = as('status', await read(changedStatus(['15/QĐ-STTTT<', '15/QĐ-STTTT/<'])));
    expect(status.package.about.documentCode).toBe('15/QĐ-STTTT');
  });

  it('D20 another payload in the body is noted', async () => {
    const result = as(
      'edoc',
      await read(await changed([/<edXML:edXMLManifest[^]*<\/edXML:edXMLManifest>/g, '<edXML:AVReport/>'])),
    );
    expect(codesOf(result)).toContain('foreign-payload');
  });

  it('R14 unknown elements are passed over', async () => {
    const result = await readSame(
      await changed(['<edXML:Subject>', '<edXML:New><edXML:Subject>khác</edXML:Subject></edXML:New><edXML:Subject>']),
    );
    expect(result.findings).toEqual([]);
  });

  it.each([
    ['9', undefined, 'business-type-unknown'],
    ['mới', undefined, 'business-type-unknown'],
    ['', 'new', 'business-type-missing'],
  ])('R8 business type %j is %s with %s', async (text, type, code) => {
    const content = await changed(['>0</edXML:BussinessDocType', `>${text}</edXML:BussinessDocType`]);
    const result = as('edoc', await read(content));
    expect([result.package.business.type, result.package.business.code]).toEqual([type, text || undefined]);
    expect(codesOf(result)).toEqual([code]);
  });

  it('R9 a recall that names nothing at all is shown', async () => {
    const content = await changed(
      ['>0</edXML:BussinessDocType', '>1</edXML:BussinessDocType'],
      [/<edXML:(DocumentId|CodeNumber)>.*?<\/edXML:\1>/g, ''],
    );
    expect(codesOf(await read(content))).toContain('target-missing');
  });

  it('R6 a date that cannot be read is absent and never today', async () => {
    const result = as('edoc', await read(await changed(['Date>2026/11/20<', 'Date>hôm nay<'])));
    expect(result.package.issuedOn).toBeUndefined();
    expect(codesOf(result)).toContain('value-malformed');
  });

  it('R5 too long, missing and foreign values are findings with the path of the element', async () => {
    const content = await changed(
      [/<edXML:Subject>.*?<\/edXML:Subject>/g, `<edXML:Subject>${'trích yếu '.repeat(60)}</edXML:Subject>`],
      ['Priority>0<', 'Priority>5<'],
      [/<edXML:TypeName>.*?<\/edXML:TypeName>/g, ''],
      ['OrganId>H46.67<', 'OrganId>H46 67<'],
    );
    const { findings } = as('edoc', await read(content));
    expect(findings.map(({ code, path }) => `${code} ${path}`).toSorted()).toEqual([
      'value-malformed MessageHeader.To.OrganId',
      'value-missing MessageHeader.DocumentType.TypeName',
      'value-not-allowed MessageHeader.OtherInfo.Priority',
      'value-too-long MessageHeader.Subject',
    ]);
  });

  it('EX-SEC-1 the field of the form of 2013 that says a secrecy', async () => {
    const content = await changed(['</edXML:OtherInfo>', '<edXML:Secret>Tối mật</edXML:Secret></edXML:OtherInfo>']);
    expect((await read(content)).findings).toMatchObject([{ code: 'secrecy-mark', severity: 'fault' }]);
  });

  it('D15 hub codes are noted where an agency is expected', async () => {
    expect(codesOf(await read(await changed(['>H46.11</edXML:OrganId', '>02.29.W00</edXML:OrganId'])))).toContain(
      'hub-code',
    );
  });
});

describe('status packages', () => {
  it('R4 D17 content decides what a package is, not what the axis calls it', async () => {
    const status = await read(changedStatus(), { announcedKind: 'edoc' });
    expect([status.kind, codesOf(status)]).toEqual(['status', ['kind-differs']]);
    const document = await read(await changed(), { announcedKind: 'status' });
    expect([document.kind, codesOf(document)]).toEqual(['edoc', ['kind-differs']]);
    expect(codesOf(await read(changedStatus(), { announcedKind: 'status' }))).toEqual([]);
  });

  it.each([
    ['5', '05', 'status-padded'],
    ['999', '999', 'status-unknown'],
    ['07', '07', 'status-unknown'],
  ])('R11 D17 the code %s is read as %s with %s', async (text, status, code) => {
    const result = as('status', await read(changedStatus(['>03<', `>${text}<`])));
    expect([result.package.status, codesOf(result)]).toEqual([status, [code]]);
  });

  it('R11 D17 a status that names the document’s sender twice does not tell who answered', async () => {
    const result = as('status', await read(changedStatus(['H46.67', 'H46.11'])));
    expect(codesOf(result)).toEqual(['status-sender-unclear']);
  });

  it('D7 the block may be called Status', async () => {
    const result = as('status', await read(changedStatus(['MessageHeader', 'Status'])));
    expect(result.package).toMatchObject({ status: '03', at: statusWith().at });
  });

  it('R11 without identifier and code nothing names the document', async () => {
    const content = changedStatus(
      [/<edXML:DocumentId>.*?<\/edXML:DocumentId>/g, ''],
      [/<edXML:Code>.*?<\/edXML:Code>/g, ''],
    );
    expect(codesOf(await read(content))).toEqual(['target-missing']);
  });

  it('dates are bounded by the clock of the reader', async () => {
    const result = as(
      'status',
      await read(changedStatus(['2026/11/20 11:00:00', '2040/11/20 11:00:00']), { now: NOW }),
    );
    expect(codesOf(result)).toEqual(['value-malformed']);
  });
});
