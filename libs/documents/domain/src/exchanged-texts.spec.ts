import { Readable, Writable } from 'node:stream';
import { exchangeTextFault, FIELD_LIMITS, readPackage, writeDocumentPackage, writeStatusPackage } from '@qlvb/edxml';
import { LIMITS, fileNameFault } from '@qlvb/records';
import { DomainError } from '@qlvb/shared-domain';
import { normaliseText, textFault } from '@qlvb/vietnam';
import { assertExchangeable, assertExchangeableReason } from './exchangeable.ts';

const NOW = new Date('2026-11-20T05:00:00Z');
const ROUNDS = 400;

/** Repeatable numbers below a limit. */
function chanceOf(seed: number): (limit: number) => number {
  let state = seed;
  return (limit) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * limit);
  };
}
type Chance = ReturnType<typeof chanceOf>;

const VIETNAMESE = [
  ...'aăâbcdđeêghiklmnoôơpqrstuưvxyàảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵĐƯ 0123456789',
];
const SIGNS = [...'&<>"\'/\\.,;:-–—()[]{}“”…%#@!?*+=|~`^$ \t\n\u00a0\u200b\u200d\ufeff\u00ad'];
const ODD = [
  '\0',
  '\u001b',
  '\u0085',
  '\u2028',
  '\u2029',
  '\u202e',
  '\u2066',
  '\u2068',
  '\u2069',
  '\u200e',
  '\ufffe',
  '\uffff',
  '\ufdd0',
  '\ud800',
  '\udc00',
  '\u0301',
  '\u0323',
  ']]>',
  '<!--',
  '&amp;',
  '&#0;',
  '\r\n',
  '\r',
  '𡨸',
  '👩‍👩‍👧',
  'e\u0302\u0301',
];
const WHOLE = [
  'null',
  'N/A',
  'undefined',
  '(MẬT)',
  'Độ mật: Mật',
  'Tối mật',
  ' ',
  '\u00a0',
  '\ufeff',
  '__proto__',
  'cid:cid:',
];

function someText(below: Chance, most: number): string {
  if (below(12) === 0) return WHOLE[below(WHOLE.length)] ?? '';
  const length = [1, 2, 10, most - 1, most, most + 1][below(6)] ?? 1;
  const oddity = below(3);
  const one = (): string => {
    if (below(25) === 0) return SIGNS[below(SIGNS.length)] ?? '';
    if (oddity === 0 && below(60) === 0) return ODD[below(ODD.length)] ?? '';
    if (oddity === 1 && below(8) === 0) return String.fromCodePoint(below(0x110000));
    return VIETNAMESE[below(VIETNAMESE.length)] ?? '';
  };
  return Array.from({ length: Math.max(length, 1) }, one).join('');
}

/** A text as it comes through a request; undefined when it is refused there. */
const received = (text: string): string | undefined => {
  if (textFault(text) !== undefined) return undefined;
  const stored = normaliseText(text).trim();
  return stored === '' ? undefined : stored;
};

class Memory extends Writable {
  readonly chunks: Buffer[] = [];

  override _write(chunk: Buffer, _encoding: string, done: () => void): void {
    this.chunks.push(chunk);
    done();
  }
}

const accepts = (check: () => void): boolean => {
  try {
    check();
    return true;
  } catch (error) {
    if (error instanceof DomainError) return false;
    throw error;
  }
};

describe('F-20 texts that documents accept go out and come in', () => {
  it('F-20 QĐ28-A10-1 CHR-02 every accepted header is written, and read as it was', async () => {
    let went = 0;
    for (let seed = 1; seed <= ROUNDS; seed += 1) {
      const below = chanceOf(seed);
      const texts = {
        subject: 'Về việc báo cáo kết quả',
        agencyName: 'Sở Nội vụ',
        placeOfIssue: 'Quảng Bình',
        fullName: 'Nguyễn Văn An',
        position: 'Giám đốc',
        recipient: 'Sở Tài chính',
        paper: 'Lưu: VT',
        fileName: 'quyết định.pdf',
      };
      const most = {
        subject: LIMITS.text.subject,
        agencyName: LIMITS.text.agencyName,
        placeOfIssue: LIMITS.text.placeOfIssue,
        fullName: LIMITS.text.signerName,
        position: LIMITS.text.signerPosition,
        recipient: LIMITS.text.recipientName,
        paper: LIMITS.text.recipientName,
        fileName: LIMITS.file.nameCharacters,
      };
      // one text at a time is odd, now and then all of them
      const odd = Object.keys(texts).filter(
        (_, index) => below(10) === 0 || index === seed % 8,
      ) as (keyof typeof texts)[];
      for (const key of odd) texts[key] = received(someText(below, most[key])) ?? texts[key];
      if (fileNameFault(texts.fileName)) texts.fileName = 'quyết định.pdf';
      const recipients = [{ name: texts.recipient, agencyCode: 'H46.03' }, { name: texts.paper }];
      const signer = { fullName: texts.fullName, position: texts.position };
      const { subject, agencyName, placeOfIssue, fileName } = texts;
      const isAccepted = accepts(() => {
        assertExchangeable({ subject, agencyName, placeOfIssue, signer, recipients, fileNames: [fileName] }, 'draft');
      });
      if (!isAccepted) continue;
      went += 1;
      const sink = new Memory();
      await writeDocumentPackage(
        {
          sender: { agencyCode: 'H46.05', name: agencyName },
          recipients: [{ agencyCode: 'H46.03', name: texts.recipient }],
          documentId: 'H46.05,2026/11/20,15/QĐ-SNV',
          codeNumber: '15',
          codeNotation: 'QĐ-SNV',
          placeOfIssue,
          issuedOn: '2026-11-20',
          documentType: { name: 'Quyết định' },
          subject,
          signer,
          printedRecipients: recipients.map(({ name }) => name),
          sentAt: NOW,
          business: { type: 'new' },
        },
        [{ name: fileName, content: Readable.from([Buffer.from('%PDF-1.7')]) }],
        sink,
        { now: NOW },
      );
      const result = await readPackage(Readable.from(sink.chunks), { now: NOW });
      expect(result).toMatchObject({
        kind: 'edoc',
        package: {
          sender: { name: agencyName },
          recipients: [{ name: texts.recipient }],
          placeOfIssue,
          subject,
          signer,
          printedRecipients: [texts.recipient, texts.paper],
        },
        attachments: [{ name: fileName, state: 'delivered' }],
      });
      expect(result.findings.filter(({ severity }) => severity !== 'note')).toEqual([]);
    }
    expect([went > ROUNDS / 4, went < ROUNDS]).toEqual([true, true]);
  });

  it('F-20 QĐ28-A5-4 every accepted reason, and the name of who refuses, reach the sender as they were', async () => {
    let went = 0;
    for (let seed = 1; seed <= ROUNDS; seed += 1) {
      const below = chanceOf(seed);
      const reason = received(someText(below, FIELD_LIMITS.Description - 'OTHER: '.length));
      const name = received(someText(below, LIMITS.text.personName));
      if (reason === undefined || !accepts(() => assertExchangeableReason('OTHER', reason))) continue;
      const by = name !== undefined && exchangeTextFault(name, 'StaffInfo.Staff') === undefined ? name : 'Nguyễn An';
      went += 1;
      const text = writeStatusPackage({
        sender: { agencyCode: 'H46.03', name: 'Sở Tài chính' },
        about: { agencyCode: 'H46.05', documentCode: '15/QĐ-SNV', documentId: 'H46.05,2026/11/20,15/QĐ-SNV' },
        contact: { name: by },
        status: '02',
        description: `OTHER: ${reason}`,
        at: NOW,
      });
      expect(await readPackage(Readable.from([Buffer.from(text)]), { now: NOW })).toMatchObject({
        kind: 'status',
        package: { description: `OTHER: ${reason}`, contact: { name: by } },
        findings: [],
      });
    }
    expect([went > ROUNDS / 4, went < ROUNDS]).toEqual([true, true]);
  });
});
