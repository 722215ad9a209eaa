/** The 29 kinds of administrative documents and the 3 kinds of copies, in the order of the decree. */
export type DocumentKindCode =
  | 'resolution'
  | 'decision'
  | 'directive'
  | 'regulation'
  | 'rules'
  | 'communique'
  | 'notice'
  | 'guidance'
  | 'programme'
  | 'plan'
  | 'scheme_option'
  | 'scheme'
  | 'project'
  | 'report'
  | 'minutes'
  | 'submission'
  | 'contract'
  | 'official_letter'
  | 'telegram'
  | 'memorandum'
  | 'agreement'
  | 'authorisation'
  | 'invitation'
  | 'introduction'
  | 'leave_permit'
  | 'dispatch_slip'
  | 'transfer_slip'
  | 'notification_slip'
  | 'official_note';
export type CopyKindCode = 'copy_full' | 'copy_extract' | 'copy_of_copy';

export interface DocumentKind<Code extends string = DocumentKindCode | CopyKindCode> {
  code: Code;
  /** Place in the list: 1 to 29; copies 1 to 3. Exchange packages number kinds in the same order. */
  ordinal: number;
  name: string;
  /** Abbreviation in the symbol, letter case as in the annex; null for the two kinds that have none. */
  abbreviation: string | null;
}

const table = <Code extends string>(...rows: [Code, string, string | null][]): readonly DocumentKind<Code>[] =>
  rows.map(([code, name, abbreviation], index) => ({ code, ordinal: index + 1, name, abbreviation }));

/**
 * Tên loại văn bản hành chính.
 *
 * @source NĐ30-A7
 * @source NĐ30-PL3-I
 * @source EX-NUM-1
 */
export const DOCUMENT_KINDS: readonly DocumentKind<DocumentKindCode>[] = table(
  ['resolution', 'Nghị quyết', 'NQ'],
  ['decision', 'Quyết định', 'QĐ'],
  ['directive', 'Chỉ thị', 'CT'],
  ['regulation', 'Quy chế', 'QC'],
  ['rules', 'Quy định', 'QyĐ'],
  ['communique', 'Thông cáo', 'TC'],
  ['notice', 'Thông báo', 'TB'],
  ['guidance', 'Hướng dẫn', 'HD'],
  ['programme', 'Chương trình', 'CTr'],
  ['plan', 'Kế hoạch', 'KH'],
  ['scheme_option', 'Phương án', 'PA'],
  ['scheme', 'Đề án', 'ĐA'],
  ['project', 'Dự án', 'DA'],
  ['report', 'Báo cáo', 'BC'],
  ['minutes', 'Biên bản', 'BB'],
  ['submission', 'Tờ trình', 'TTr'],
  ['contract', 'Hợp đồng', 'HĐ'],
  ['official_letter', 'Công văn', null],
  ['telegram', 'Công điện', 'CĐ'],
  ['memorandum', 'Bản ghi nhớ', 'BGN'],
  ['agreement', 'Bản thỏa thuận', 'BTT'],
  ['authorisation', 'Giấy ủy quyền', 'GUQ'],
  ['invitation', 'Giấy mời', 'GM'],
  ['introduction', 'Giấy giới thiệu', 'GGT'],
  ['leave_permit', 'Giấy nghỉ phép', 'GNP'],
  ['dispatch_slip', 'Phiếu gửi', 'PG'],
  ['transfer_slip', 'Phiếu chuyển', 'PC'],
  ['notification_slip', 'Phiếu báo', 'PB'],
  ['official_note', 'Thư công', null],
);

/** Bản sao. */
export const COPY_KINDS: readonly DocumentKind<CopyKindCode>[] = table(
  ['copy_full', 'Bản sao y', 'SY'],
  ['copy_extract', 'Bản trích sao', 'TrS'],
  ['copy_of_copy', 'Bản sao lục', 'SL'],
);

/** Kinds that exist as legal normative documents, whose numbers carry the year. */
export const NORMATIVE_KINDS: ReadonlySet<DocumentKindCode> = new Set(['resolution', 'decision', 'directive']);

const all: readonly DocumentKind[] = [...DOCUMENT_KINDS, ...COPY_KINDS];

export function documentKind(code: DocumentKindCode | CopyKindCode): DocumentKind {
  const kind = all.find((candidate) => candidate.code === code);
  if (!kind) throw new RangeError(`no such document kind: ${code}`);
  return kind;
}

/** No kind's name is longer, brackets included. */
const LONGEST_NAME = 200;

/** The kind with a name, however it is written: `QUYẾT ĐỊNH`, `Quyết định (cá biệt)`. Undefined for kinds of other lists. */
export function documentKindByName(name: string): DocumentKind | undefined {
  // names come from packages, and looking for brackets takes time with the square of their number
  if (name.length > LONGEST_NAME) return undefined;
  const key = name
    .normalize('NFC')
    .replace(/\(.*\)/, '')
    .replace(/\s+/g, ' ')
    .trim()
    .toLowerCase();
  // two spellings of the same syllable are in use: thỏa and thoả
  return all.find((kind) => kind.name.toLowerCase() === key.replace('thoả', 'thỏa').replace('uỷ', 'ủy'));
}

/**
 * The kind with an abbreviation. Letter case decides: `QĐ` is a decision, `QyĐ` rules, and `TTR` is none.
 *
 * @source EX-NUM-1
 */
export function documentKindByAbbreviation(abbreviation: string): DocumentKind | undefined {
  return all.find((kind) => kind.abbreviation === abbreviation.normalize('NFC'));
}
