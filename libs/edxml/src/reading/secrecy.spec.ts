import { as, documentWith, read, statusWith, written } from '../testing/documents.ts';
import type { Finding } from '../package/findings.ts';
import { SecretRefused } from '../edxml.problems.ts';
import { writeDocumentPackage } from '../writing/write-package.ts';
import { writeStatusPackage } from '../writing/write-status.ts';
import { attachmentOf, Memory } from '../testing/documents.ts';
import { statedSecrecyMarks } from './secrecy.ts';

const marksOf = (result: { readonly findings: readonly Finding[] }): (string | undefined)[] =>
  result.findings.filter(({ code }) => code === 'secrecy-mark').map(({ path }) => path);

describe('F-60 marks of state secret', () => {
  const header = '</edXML:MessageHeader>';
  it.each([
    [header, '<edXML:OtherInfo><edXML:Secret>Mật</edXML:Secret></edXML:OtherInfo>', 'MessageHeader.OtherInfo.Secret'],
    [
      header,
      '<edXML:OtherInfo><edXML:Secret>[TỐI MẬT]</edXML:Secret></edXML:OtherInfo>',
      'MessageHeader.OtherInfo.Secret',
    ],
    [
      header,
      '<edXML:OtherInfo><edXML:Appendixes><edXML:Appendix>Phụ lục 2 (Mật)</edXML:Appendix></edXML:Appendixes></edXML:OtherInfo>',
      'MessageHeader.OtherInfo.Appendixes.Appendix',
    ],
    [
      header,
      '<edXML:ToPlaces><edXML:Place>Độ mật: Tuyệt mật</edXML:Place></edXML:ToPlaces>',
      'MessageHeader.ToPlaces.Place',
    ],
    [header, '<edXML:Unheard><edXML:Of>TỐI MẬT</edXML:Of></edXML:Unheard>', 'MessageHeader.Unheard.Of'],
    [header, '<edXML:Unheard level="Mật"/>', 'MessageHeader.Unheard'],
    ['<edXML:BussinessDocReason>', 'MẬT - ', 'TraceHeaderList.Bussiness.BussinessDocReason'],
    ['<AttachmentName>', '(Tối mật) ', 'AttachmentEncoded.Attachment.AttachmentName'],
  ])('F-60 EX-SEC-1 before %s: %s', async (before, mark, path) => {
    const text = (await written(documentWith(), [attachmentOf('a.pdf', '%PDF-1.7')])).toString();
    const changed = before.startsWith('</')
      ? text.replace(before, `${mark}${before}`)
      : text.replace(before, `${before}${mark}`);
    expect(marksOf(as('edoc', await read(changed)))).toEqual([path]);
  });

  it('F-60 EX-SEC-1 a reason in a status, and a mark in what broke off', async () => {
    const status = writeStatusPackage(statusWith()).replace('Đã vào sổ', '(MẬT) Đã vào sổ');
    expect(marksOf(as('status', await read(status)))).toEqual(['MessageHeader.Description']);
    const cut = (await written(documentWith()))
      .toString()
      .replace('Về việc', '(Mật) Về việc')
      .split('</edXML:Subject>')[0];
    expect(marksOf(as('unreadable', await read(`${cut}</edXML:Subject><edXML:Content>`)))).toEqual([
      'MessageHeader.Subject',
    ]);
  });

  it('F-60 EX-SEC-1 a mark in what follows the package', async () => {
    const text = (await written(documentWith())).toString();
    const after = '<?xml version="1.0"?>\n<edXML><Subject>(MẬT) Kế hoạch</Subject></edXML>';
    for (const [trailing, marks] of [
      [after, ['edXML']],
      ['--ranh-gioi\r\nĐộ mật: Tối mật', ['edXML']],
      ['<a>bảo</a><b>mật khẩu</b>', []],
    ] as const) {
      // prettier-ignore
      for (const chunkBytes of [1, 65_536]) {
        expect(marksOf(as('edoc', await read(text + trailing, {}, chunkBytes)))).toEqual(marks);
      }
    }
  });

  it('F-60 F-08 a mark is told however many other findings there are', async () => {
    const noise = Array.from({ length: 2000 }, (_, index) => `<p${index}:e/>`).join('');
    const text = (await written(documentWith()))
      .toString()
      .replace(header, `${noise}<edXML:e>TUYỆT MẬT</edXML:e>${header}`);
    const result = as('edoc', await read(text));
    expect(marksOf(result)).toEqual(['MessageHeader.e']);
    expect(result.findings.length).toBeLessThan(100);
    expect(result.findings.at(-1)).toMatchObject({ code: 'findings-omitted', value: 'undeclared-prefix: 1950' });
  });

  it('F-60 EX-SEC-1 are found in every value of a package, without the value', () => {
    const document = documentWith({ appendices: ['Phụ lục', 'Phụ lục (Mật)'], signer: { position: 'TỐI MẬT' } });
    expect(statedSecrecyMarks(document)).toEqual([
      { pointer: '/appendices/1', secrecy: 'confidential' },
      { pointer: '/signer/position', secrecy: 'secret' },
    ]);
    expect(statedSecrecyMarks(documentWith())).toEqual([]);
  });

  it('F-60 F-20 EX-SEC-1 are written into nothing', async () => {
    const recipient = { agencyCode: 'H46.67', name: '(MẬT) UBND huyện' };
    const write = writeDocumentPackage(documentWith({ recipients: [recipient] }), [], new Memory());
    await expect(write).rejects.toMatchObject({ code: 'edxml.secret-refused' });
    expect(() => writeStatusPackage(statusWith({ contact: { name: 'Độ mật: Mật' } }))).toThrow(SecretRefused().message);
  });
});
