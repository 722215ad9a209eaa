import { describeDocument, describeDossier } from './description.ts';
import type { KnownOfDocument } from './description.ts';

const issued: KnownOfDocument = {
  subject: 'Về việc nghỉ Tết',
  direction: 'outgoing',
  signature: 'passed',
  access: 'conditional',
  pageCount: 3,
};

describe('F-32 what a package says of a document', () => {
  it('F-32 PKG-14 is what is known: nothing is public that nobody opened, pages are counted, an original is what was signed here', () => {
    expect(describeDocument(issued)).toEqual({
      mode: '02',
      language: '01',
      confidenceLevel: '01',
      numberOfPage: '3',
    });
  });

  it.each<[string, Partial<KnownOfDocument>, object]>([
    ['came from elsewhere', { direction: 'incoming' }, { mode: '02', language: '01', numberOfPage: '3' }],
    ['has no judged signature', { signature: undefined }, { mode: '02', language: '01', numberOfPage: '3' }],
    ['has a signature that nobody could judge', { signature: 'indeterminate' }, { mode: '02', language: '01', numberOfPage: '3' }],
    ['has pages that cannot be counted', { pageCount: null }, { mode: '02', language: '01', confidenceLevel: '01', numberOfPage: '0', description: 'Số trang không xác định được từ tệp (ghi 0).' }],
    ['may be of another language', { subject: 'Annual report' }, { mode: '02', language: '11', confidenceLevel: '01', numberOfPage: '3', description: 'Ngôn ngữ không xác định được.' }],
    ['was opened to everybody', { access: 'public' }, { mode: '01', language: '01', confidenceLevel: '01', numberOfPage: '3' }],
  ])('F-32 says what is not known of one that %s', (_, change, expected) => {
    expect(describeDocument({ ...issued, ...change })).toEqual(expected);
  }); // prettier-ignore

  it('F-32 USE-1 of a dossier is the narrowest access, and no more known than of each of its documents', () => {
    expect(describeDossier([issued, { ...issued, access: 'public' }])).toEqual({
      mode: '02',
      language: '01',
      confidenceLevel: '01',
      numberOfPaper: '0',
    });
    expect(describeDossier([{ ...issued, access: 'public' }]).mode).toBe('01');
    expect(describeDossier([issued, { ...issued, direction: 'incoming', pageCount: null, subject: 'x' }])).toEqual({
      mode: '02',
      language: '01;11',
      numberOfPaper: '0',
      description:
        'Số trang không xác định được từ tệp (ghi 0). Ngôn ngữ không xác định được. Số tờ không xác định được (ghi 0).',
    });
    expect(() => describeDossier([{ ...issued, access: 'secret' }])).toThrow();
  });
});
