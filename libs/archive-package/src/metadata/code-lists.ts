/**
 * Code lists of Thông tư 05/2025/TT-BNV. Codes travel in XML; the names are for people (MD-8).
 *
 * @source MD-8
 */
export const CODE_LISTS = {
  MAINT: {
    '01': 'Vĩnh viễn',
    '02': '70 năm',
    '03': '50 năm',
    '04': '30 năm',
    '05': '20 năm',
    '06': '10 năm',
    '07': 'Khác',
  },
  MODE: { '01': 'Công khai', '02': 'Có điều kiện', '03': 'Mật' },
  LANG: {
    '01': 'Tiếng Việt',
    '02': 'Tiếng Anh',
    '03': 'Tiếng Pháp',
    '04': 'Tiếng Nga',
    '05': 'Tiếng Trung',
    '06': 'Việt-Anh',
    '07': 'Việt-Nga',
    '08': 'Việt-Pháp',
    '09': 'Hán Nôm',
    '10': 'Việt-Trung',
    '11': 'Khác',
  },
  STATE: { '01': 'Tốt', '02': 'Bình thường', '03': 'Hỏng' },
  CONF: { '01': 'Gốc điện tử', '02': 'Số hóa', '03': 'Hỗn hợp' },
  RECOVERY: { '01': 'Đã dự phòng', '02': 'Chưa dự phòng' },
  TYPE: {
    '01': 'Nghị quyết',
    '02': 'Quyết định',
    '03': 'Chỉ thị',
    '04': 'Quy chế',
    '05': 'Quy định',
    '06': 'Thông cáo',
    '07': 'Thông báo',
    '08': 'Hướng dẫn',
    '09': 'Chương trình',
    '10': 'Kế hoạch',
    '11': 'Phương án',
    '12': 'Đề án',
    '13': 'Dự án',
    '14': 'Báo cáo',
    '15': 'Tờ trình',
    '16': 'Giấy ủy quyền',
    '17': 'Phiếu gửi',
    '18': 'Phiếu chuyển',
    '19': 'Phiếu báo',
    '20': 'Biên bản',
    '21': 'Hợp đồng',
    '22': 'Công văn',
    '23': 'Công điện',
    '24': 'Bản ghi nhớ',
    '25': 'Bản thỏa thuận',
    '26': 'Giấy mời',
    '27': 'Giấy giới thiệu',
    '28': 'Giấy nghỉ phép',
    '29': 'Thư công',
    '30': 'Bản đồ',
    '31': 'Bản vẽ kỹ thuật',
    '32': 'Khác',
  },
} as const satisfies Record<string, Record<string, string>>;

export type CodeListName = keyof typeof CODE_LISTS;

const folded = (text: string): string => text.normalize('NFC').trim().toLocaleLowerCase('vi');

/** The code itself, the code of a name, or undefined when the list knows neither. */
export function codeOf(list: CodeListName, codeOrName: string): string | undefined {
  const text = codeOrName.trim();
  if (text in CODE_LISTS[list]) return text;
  return Object.entries(CODE_LISTS[list]).find(([, name]) => folded(name) === folded(text))?.[0];
}

/**
 * TYPE code of a document kind, found by its Vietnamese name: the 29 kinds of NĐ 30/2020 stand in another order there, so
 * that a number never translates. A kind that the circular does not list becomes "Khác".
 *
 * @returns the code, and the true name for `keyword` when the code is "Khác"
 * @source MD-2
 */
export function documentTypeCode(kindName: string): { code: string; keyword?: string } {
  const code = codeOf('TYPE', kindName);
  return code !== undefined && !/^\d+$/.test(kindName.trim()) && code !== '32'
    ? { code }
    : { code: '32', keyword: kindName.normalize('NFC').trim() };
}

/** Retention as the law counts it: for ever, a number of years, or something that only an event ends. */
export type Retention =
  { kind: 'permanent' } | { kind: 'years'; years: number } | { kind: 'event'; description: string };

const MAINT_BY_YEARS: Readonly<Record<number, string>> = { 70: '02', 50: '03', 30: '04', 20: '05', 10: '06' };

/**
 * MAINT code of a retention period. A period that the list does not have becomes "Khác" with its exact words for
 * `description`; it is never rounded.
 *
 * @source MD-1
 */
export function maintenanceCode(retention: Retention): { code: string; description?: string } {
  if (retention.kind === 'permanent') return { code: '01' };
  if (retention.kind === 'event') return { code: '07', description: `Thời hạn lưu trữ: ${retention.description}` };
  const code = MAINT_BY_YEARS[retention.years];
  return code === undefined ? { code: '07', description: `Thời hạn lưu trữ: ${retention.years} năm` } : { code };
}
