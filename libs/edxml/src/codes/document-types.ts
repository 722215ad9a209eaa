import { foldText } from '@qlvb/vietnam';

/** A: legal normative documents (văn bản quy phạm pháp luật). B: administrative documents (văn bản hành chính). */
export type DocumentTypeList = 'A' | 'B';

export interface DocumentTypeRow {
  readonly list: DocumentTypeList;
  readonly number: number;
  readonly name: string;
  /** The number follows from the order of an older decree and was not read in the standard itself. */
  readonly isUncertain: boolean;
}

const NORMATIVE = [
  'Hiến pháp',
  'Luật',
  'Pháp lệnh',
  'Lệnh',
  'Nghị quyết',
  'Nghị quyết liên tịch',
  'Nghị định',
  'Quyết định',
  'Thông tư',
  'Thông tư liên tịch',
  'Chỉ thị (của Ủy ban nhân dân)',
  'Bộ luật',
  'Văn bản quy phạm pháp luật của chính quyền địa phương ở đơn vị hành chính – kinh tế đặc biệt',
];

const ADMINISTRATIVE = [
  'Nghị quyết (cá biệt)',
  'Quyết định (cá biệt)',
  'Chỉ thị, Chỉ thị (cá biệt)',
  'Quy chế',
  'Quy định',
  'Thông cáo',
  'Thông báo',
  'Hướng dẫn',
  'Chương trình',
  'Kế hoạch',
  'Phương án',
  'Đề án',
  'Dự án',
  'Báo cáo',
  'Biên bản',
  'Tờ trình',
  'Hợp đồng',
  'Công văn',
  'Công điện',
  'Bản ghi nhớ',
  'Bản cam kết',
  'Bản thỏa thuận',
  'Giấy chứng nhận',
  'Giấy ủy quyền',
  'Giấy mời',
  'Giấy giới thiệu',
  'Giấy nghỉ phép',
  'Giấy đi đường',
  'Giấy biên nhận hồ sơ',
  'Phiếu gửi',
  'Phiếu chuyển',
  'Thư công',
];
const uncertain = (list: DocumentTypeList, number: number): boolean =>
  list === 'B' && ((number >= 10 && number <= 17) || number >= 27);

/** Loại văn bản: the two lists of the standard, each numbered from 1. */
export const DOCUMENT_TYPES: readonly DocumentTypeRow[] = (['A', 'B'] as const).flatMap((list) =>
  (list === 'A' ? NORMATIVE : ADMINISTRATIVE).map((name, index) => ({
    list,
    number: index + 1,
    name,
    isUncertain: uncertain(list, index + 1),
  })),
);

/** The name without what stands in brackets, in one spelling. */
const plain = (name: string): string =>
  name
    .normalize('NFC')
    .replace(/\(.*?\)/g, '')
    .replace(/^.*,/, '')
    .toLowerCase()
    .replace('thoả', 'thỏa')
    .replace('uỷ', 'ủy')
    .replace(/\s+/g, ' ')
    .trim();

/**
 * Types that a received name means: by its letters, then without marks. Several when both lists have the name (Quyết định); the
 * numbers that came along order them and decide nothing, because most senders write the same numbers for every type.
 */
export function documentTypesNamed(name: string, hint: { type?: number; detail?: number } = {}): DocumentTypeRow[] {
  const wanted = plain(name);
  if (wanted === '') return [];
  const exact = DOCUMENT_TYPES.filter((row) => plain(row.name) === wanted);
  const found =
    exact.length > 0 ? exact : DOCUMENT_TYPES.filter((row) => foldText(plain(row.name)) === foldText(wanted));
  const isHinted = ({ list, number }: DocumentTypeRow): boolean =>
    hint.detail === number && hint.type === (list === 'A' ? 1 : 2);
  return found.toSorted((a, b) => Number(isHinted(b)) - Number(isHinted(a)) || b.list.localeCompare(a.list));
}
