import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Business, Contact, Party } from '../package/model.ts';
import { as, attachmentOf, codesOf, documentWith, read, statusWith, written } from '../testing/documents.ts';
import { elementsOf, saidOtherwise, schemaElements, withTwin } from '../testing/twins.ts';
import type { Standing } from '../testing/twins.ts';
import { writeStatusPackage } from '../writing/write-status.ts';

const folder = join(import.meta.dirname, '../../testing/samples');
const SAMPLES = readdirSync(folder).map((name): [string, string] => [name, readFileSync(join(folder, name), 'utf8')]);

const party = (agencyCode: string): Party => ({
  agencyCode,
  name: 'Sở Thông tin và Truyền thông',
  parentAgency: 'UBND tỉnh Quảng Bình',
  address: 'Đồng Hới',
  email: 'vanthu@example.gov.vn',
  telephone: '(0232) 000 0000',
  fax: '(0232) 000 0001',
  website: 'https://example.gov.vn',
});
const contact: Contact = {
  department: 'Văn phòng',
  name: 'Trần Thị Thử',
  email: 'thu@example.gov.vn',
  mobile: '0900000000',
  departmentId: 'vp',
  staffId: '12',
};
const documentId = 'H46.11,2026/01/05,3/BC-STTTT';
const common = { reason: 'Có sai sót', isPaperSent: true, contact } as const;
const BUSINESSES: readonly Business[] = [
  { type: 'update', documentId, isDocumentChanged: true, receivers: [{ agencyCode: 'H46.12', change: 'added' }], ...common }, // prettier-ignore
  { type: 'replace', replaced: [{ documentId, agencyCodes: ['H46.12'] }], ...common },
];

/** Packages in which, together, every element of the standard stands. */
async function fullest(kind: 'document' | 'status'): Promise<string[]> {
  if (kind === 'status') return [writeStatusPackage(statusWith({ sender: party('H46.67'), contact }))];
  return Promise.all(
    BUSINESSES.map(async (business) => {
      const document = documentWith({
        sender: party('H46.11'),
        recipients: [party('H46.67')],
        placeOfIssue: 'Quảng Bình',
        documentType: { name: 'Quyết định', type: 1, detail: 0 },
        summary: 'Ban hành quy chế',
        signer: { competence: 'KT. GIÁM ĐỐC', position: 'Phó Giám đốc', fullName: 'Nguyễn Văn Mẫu' },
        dueOn: '2026-12-01',
        priority: 'urgent',
        circulation: 'Trong tỉnh',
        typist: 'NVM',
        copies: 3,
        pages: 2,
        isSteering: true,
        appendices: ['Phụ lục 1'],
        replyFors: '1/A',
        referenceCodes: '2/B',
        answers: [{ agencyCode: 'H46.12', documentCode: '3/SNV', issuedOn: '2026-01-02', documentId: 'H46.12,2026/01/02,3/SNV' }], // prettier-ignore
        steeringType: 1,
        taskCodes: ['NV1'],
        applicationType: 'MCDT_DT',
        printedRecipients: ['Như trên'],
        business,
      });
      const attachment = attachmentOf('a.pdf', '%PDF-1.7', { contentId: 'a1', description: 'Văn bản chính' });
      return (await written(document, [attachment])).toString();
    }),
  );
}

async function standing(kind: 'document' | 'status', path: string): Promise<[xml: string, element: Standing]> {
  for (const xml of await fullest(kind)) {
    const element = elementsOf(xml).find((each) => each.path === path);
    if (element) return [xml, element];
  }
  throw new Error(`no package has ${path}`);
}

/** The standard's schema is the writer's: it adds one trace, to which every hop adds another. */
const ADDED_TO = 'edXML/edXMLEnvelope/edXMLHeader/TraceHeaderList/TraceHeader';
const isRepeatable = ({ path, isRepeatable: may }: { path: string; isRepeatable: boolean }): boolean =>
  may || path === ADDED_TO;
/** There is no telling whether two contents are equal that have both gone on their way. */
const HOLD_CONTENT = /(AttachmentEncoded|ContentTransferEncoded)$/;
const PLACES = ['before', 'after'] as const;
const ambiguous = (codes: readonly string[]): boolean => codes.includes('element-ambiguous');

describe.each(['document', 'status'] as const)('F-36 what the standard has once in a %s package', (kind) => {
  const schema = schemaElements(kind).filter(({ path }) => path !== 'edXML');
  const once = schema.filter((one) => !isRepeatable(one));
  const inPackage = (path: string): boolean =>
    kind === 'document' || !/(TraceHeaderList|edXMLBody|AttachmentEncoded)/.test(path);

  it.each(once.filter(({ path }) => inPackage(path)))(
    'F-36 R13 $path that says two things is ambiguous; the same twice is noted',
    async ({ path }) => {
      const [xml, element] = await standing(kind, path);
      const plain = as(kind === 'document' ? 'edoc' : 'status', await read(xml));
      expect(codesOf(plain).filter((code) => code.startsWith('element-'))).toEqual([]);
      for (const place of PLACES) {
        const twice = await read(withTwin(xml, element, place, saidOtherwise));
        expect([place, ambiguous(codesOf(twice))]).toEqual([place, true]);
        const same = as(plain.kind, await read(withTwin(xml, element, place, (markup) => markup)));
        const code = HOLD_CONTENT.test(path) ? 'element-ambiguous' : 'element-repeated';
        expect(codesOf(same).filter((each) => each.startsWith('element-'))).toContain(code);
        expect(ambiguous(codesOf(same))).toBe(code === 'element-ambiguous');
        expect(same.package).toEqual(plain.package);
      }
    },
  );

  it('F-36 is more than a few elements', () => {
    expect(once.filter(({ path }) => inPackage(path))).toHaveLength(kind === 'document' ? 92 : 27);
  });
});

describe('F-36 what may say several things', () => {
  const repeatable = schemaElements('document').filter(isRepeatable);

  it.each(repeatable)('F-36 R14 $path', async ({ path }) => {
    const [xml, element] = await standing('document', path);
    for (const place of PLACES) {
      expect(ambiguous(codesOf(await read(withTwin(xml, element, place, saidOtherwise))))).toBe(false);
    }
  });

  it('F-36 is what the standard repeats, and the trace', () => {
    expect(repeatable.map(({ path }) => path.split('/').at(-1)).toSorted()).toEqual(
      'Appendix Attachment OrganId Place Receiver Reference ReplacementInfo ResponseFor TaskCode To TraceHeader'.split(
        ' ',
      ),
    );
  });
});

describe('F-36 packages of the real exchange', () => {
  const known = new Map(
    (['document', 'status'] as const).map((kind) => [
      kind,
      new Map(schemaElements(kind).map((one) => [one.path.toLowerCase(), one])),
    ]),
  );
  const beside = new Set<string>();
  const says = (xml: string, { start, end }: Standing): boolean =>
    />\s*(?!null\s*<)[^<\s]/.test(xml.slice(start, end)) &&
    saidOtherwise(xml.slice(start, end)) !== xml.slice(start, end);

  it.each(SAMPLES)('F-36 %s is read in one way', async (_name, xml) => {
    expect(codesOf(await read(xml)).filter((code) => code.startsWith('element-'))).toEqual([]);
  });

  it.each(SAMPLES)('F-36 %s with any of its elements once more, saying something else, is not', async (_name, xml) => {
    const kind = (await read(xml)).kind === 'status' ? 'status' : 'document';
    let count = 0;
    for (const element of elementsOf(xml)) {
      const path = element.path.toLowerCase();
      const rule = known.get(kind)?.get(path);
      if (!rule) beside.add(element.path.replace(/(\/(?:Signature|DigitalSignature))\/.*/, '$1'));
      if (!rule || isRepeatable(rule) || path === 'edxml' || !says(xml, element)) continue;
      for (const place of PLACES) {
        const codes = codesOf(await read(withTwin(xml, element, place, saidOtherwise)));
        expect([element.path, place, ambiguous(codes)]).toEqual([element.path, place, true]);
      }
      count += 1;
    }
    expect(count).toBeGreaterThan(kind === 'status' ? 8 : 30);
  });

  it('F-36 R14 D19 hold nothing that is left out here but what the standard does not know, and its signature', () => {
    expect([...beside]).toEqual(['edXML/edXMLEnvelope/edXMLHeader/Signature']);
  });
});

describe('F-36 two readings that are not two children of one parent', () => {
  const PDF = '%PDF-1.7 quyết định';
  const base = async (): Promise<string> =>
    (await written(documentWith(), [attachmentOf('a.pdf', PDF, { contentId: 'a1' })])).toString();
  const found = async (content: string): Promise<(string | undefined)[][]> =>
    (await read(content)).findings
      .filter(({ code }) => code.startsWith('element-'))
      .map(({ code, path, value }) => [code, path, value]);
  const [NS, OTHER] = ['http://www.mic.gov.vn/TBT/QCVN_102_2016', 'http://example.vn/khac'];

  it.each<[string, string | RegExp, string, path: string]>([
    [
      'a header inside a foreign element before the real one',
      '<edXML:MessageHeader>',
      `<x:Any xmlns:x="${OTHER}"><x:MessageHeader><x:Subject>Khác</x:Subject></x:MessageHeader></x:Any>$&`,
      'MessageHeader',
    ],
    [
      'a header inside the header',
      '</edXML:MessageHeader>',
      '<edXML:MessageHeader><edXML:Subject>Khác</edXML:Subject></edXML:MessageHeader>$&',
      'MessageHeader',
    ],
    [
      'a block called Status beside the header',
      '</edXML:edXMLHeader>',
      '<Status><From><OrganId>H46.99</OrganId></From><StatusCode>03</StatusCode></Status>$&',
      'MessageHeader',
    ],
    [
      'a header in the body',
      '</edXML:edXMLBody>',
      '<MessageHeader><Subject>Khác</Subject></MessageHeader>$&',
      'MessageHeader',
    ],
    [
      'a document that is a status, too',
      '</edXML:MessageHeader>',
      '<edXML:StatusCode>03</edXML:StatusCode>$&',
      'MessageHeader',
    ],
    [
      'an element of another namespace',
      '</edXML:MessageHeader>',
      `<x:Subject xmlns:x="${OTHER}">Khác</x:Subject>$&`,
      'MessageHeader.Subject',
    ],
    [
      'an element without prefix',
      '</edXML:MessageHeader>',
      '<DocumentId>H46.99,2026/01/01,1/X</DocumentId>$&',
      'MessageHeader.DocumentId',
    ],
    [
      'an element in other letters',
      '</edXML:MessageHeader>',
      '<edXML:SUBJECT>Khác</edXML:SUBJECT>$&',
      'MessageHeader.Subject',
    ],
    [
      'an older name beside the one of the standard',
      '</edXML:PromulgationInfo>',
      '<edXML:Date>2026/11/19</edXML:Date>$&',
      'MessageHeader.PromulgationInfo.PromulgationDate',
    ],
    [
      'a business block inside the trace, another beside it',
      '</edXML:TraceHeader>',
      '<Business><BussinessDocType>1</BussinessDocType></Business>$&',
      'TraceHeaderList.Bussiness',
    ],
    [
      'a sender within the sender',
      '<edXML:From>',
      '<edXML:From><edXML:OrganId>H46.99</edXML:OrganId>$&',
      'MessageHeader.From',
    ],
    [
      'a number inside a recipient',
      '</edXML:To>',
      '<edXML:Code><edXML:CodeNumber>16</edXML:CodeNumber></edXML:Code>$&',
      'MessageHeader.Code',
    ],
    [
      'one attribute under two prefixes',
      '<edXML:MessageHeader>',
      `<edXML:MessageHeader xmlns:x="${NS}" edXML:id="1" x:id="2">`,
      'MessageHeader@id',
    ],
    [
      'a reference that points elsewhere by attribute',
      '<edXML:Reference>',
      '<edXML:Reference xlink:href="cid:a2">',
      'edXMLManifest.Reference.ContentId',
    ],
    [
      'two references to one attachment',
      '</edXML:edXMLManifest>',
      '<Reference><ContentId>a1</ContentId><AttachmentName>b.pdf</AttachmentName></Reference>$&',
      'edXMLManifest.Reference',
    ],
    [
      'two attachments of one content id',
      '</AttachmentEncoded>',
      '<Attachment><ContentId>a1</ContentId><AttachmentName>a.pdf</AttachmentName><ContentTransferEncoded>JVBERi0=</ContentTransferEncoded></Attachment>$&',
      'Attachment[1].ContentId',
    ],
    [
      'two contents of one attachment',
      '</Attachment>',
      '<ContentTransferEncoded>JVBERi0=</ContentTransferEncoded>$&',
      'Attachment[0].ContentTransferEncoded',
    ],
    [
      'attachments in the body and after it',
      '</edXML:edXMLBody>',
      '<edXMLAttachments><Attachment><AttachmentName>b.pdf</AttachmentName><AttachmentData>JVBERi0=</AttachmentData></Attachment></edXMLAttachments>$&',
      'AttachmentEncoded',
    ],
    ['a second package after the first', /$/, '<?xml version="1.0"?><edXML:edXML><a/></edXML:edXML>', 'edXML'],
    [
      'a second part of a MIME message',
      /$/,
      '--ranh-gioi\r\nContent-Type: text/xml\r\nContent-ID: <a1@axis>\r\n\r\n<?xml version="1.0"?><edXML>',
      'edXML',
    ],
  ])('F-36 %s', async (_name, from, to, path) => {
    // prettier-ignore
    const text = await base();
    const changed = text.replace(from, to);
    expect(changed).not.toBe(text);
    for (const chunkBytes of [5, 65_536]) {
      const { findings } = await read(changed, {}, chunkBytes);
      expect(findings.filter(({ code }) => code === 'element-ambiguous').map((one) => one.path)).toEqual([path]);
    }
  });

  it.each<[string, string | RegExp, string, (string | undefined)[][]]>([
    [
      'an empty element, the word null',
      '</edXML:MessageHeader>',
      '<edXML:Subject/><edXML:DocumentId> null </edXML:DocumentId>$&',
      [],
    ],
    ['an unknown element, twice', '</edXML:MessageHeader>', '<edXML:New>1</edXML:New><edXML:New>2</edXML:New>$&', []],
    [
      'another payload with a status and a business of its own',
      '</edXML:edXMLBody>',
      '<AVReport><Status><Code>0</Code></Status><Business>y</Business></AVReport>$&',
      [],
    ],
    [
      'attributes of two namespaces',
      '<edXML:MessageHeader>',
      `<edXML:MessageHeader xmlns:x="${OTHER}" edXML:id="1" x:id="2" id="3">`,
      [],
    ],
    [
      'a MIME part that is an attachment',
      /$/,
      '--ranh-gioi\r\nContent-ID: <a1@axis>\r\n\r\nJVBERi0=\r\n--ranh-gioi--',
      [],
    ],
    [
      'a reference that says the same by attribute',
      '<edXML:Reference>',
      '<edXML:Reference xlink:href="cid:cid:a1">',
      [],
    ],
    [
      'a type of the sender’s own beside the standard’s',
      '<ContentType>',
      '<MimeType>application/x-pdf</MimeType><FileType>pdf</FileType>$&',
      [],
    ],
    [
      'a description beside the name of a kind',
      '</edXML:DocumentType>',
      '<edXML:Description>Cá biệt</edXML:Description>$&',
      [],
    ],
    [
      'the same reference twice',
      /<edXML:Reference>[^]*<\/edXML:Reference>/,
      '$&$&',
      [['element-repeated', 'edXMLManifest.Reference', 'a1']],
    ],
    ['an empty list of attachments before the real one', '<edXML:edXMLManifest', '<edXML:edXMLManifest/>$&', []],
  ])('F-36 R14 %s is none of it', async (_name, from, to, expected) => {
    // prettier-ignore
    const text = await base();
    const changed = text.replace(from, to);
    expect(changed).not.toBe(text);
    expect(await found(changed)).toEqual(expected);
    const result = as('edoc', await read(changed));
    expect(result.package).toEqual(as('edoc', await read(text)).package);
    expect(result.attachments).toMatchObject([{ state: 'delivered', isListed: true, delivered: Buffer.from(PDF) }]);
  });

  it('F-36 the first content of an attachment is the one that is read, and nothing is put together', async () => {
    const second = `<ContentTransferEncoded>${Buffer.from('khác').toString('base64')}</ContentTransferEncoded>`;
    const text = await base();
    for (const content of [
      text.replace('</Attachment>', `${second}$&`),
      text.replace('<ContentType>', '<ContentTransferEncoded/>$&'),
    ]) {
      expect((await read(content)).attachments).toMatchObject([{ state: 'delivered', delivered: Buffer.from(PDF) }]);
    }
  });

  it('F-36 both readings are shown, each as far as a finding goes', async () => {
    const text = (await base()).replace('</edXML:MessageHeader>', `<Subject>${'𠀀'.repeat(300)}</Subject>$&`);
    const [[, , value = ''] = []] = await found(text);
    expect(value).toMatch(/^Về việc ban hành .* ≠ 𠀀{44,45}$/u);
    expect(value.isWellFormed()).toBe(true);
  });
});

describe('F-30 a sender whose end tag is missing takes nothing of the header with it', () => {
  it.each(['document', 'status'] as const)('F-30 D4 in a %s package', async (kind) => {
    const [xml = ''] = await fullest(kind);
    const plain = as(kind === 'document' ? 'edoc' : 'status', await read(xml));
    for (const [from, to] of [
      ['</edXML:From>', ''],
      ['<edXML:From>', '<edXML:From>$&'],
    ] as const) {
      const repaired = as(plain.kind, await read(xml.replace(from, to)));
      expect(repaired.package).toEqual(plain.package);
      expect(ambiguous(codesOf(repaired))).toBe(false);
    }
  });
});
