import type { Bilingual } from '@qlvb/shared-domain';

/** What a finding may be about, beside the whole page. */
export const PARTS = {
  'left-margin': { vi: 'Lề trái', en: 'Left margin' },
  'right-margin': { vi: 'Lề phải', en: 'Right margin' },
  'top-margin': { vi: 'Lề trên', en: 'Top margin' },
  'bottom-margin': { vi: 'Lề dưới', en: 'Bottom margin' },
  'national-title': { vi: 'Quốc hiệu', en: 'National title' },
  motto: { vi: 'Tiêu ngữ', en: 'Motto' },
  'parent-agency': { vi: 'Tên cơ quan chủ quản', en: 'Name of the parent agency' },
  'issuing-agency': { vi: 'Tên cơ quan ban hành', en: 'Name of the issuing agency' },
  'number-line': { vi: 'Dòng "Số:"', en: 'Line of the number' },
  'number-and-symbol': { vi: 'Số, ký hiệu', en: 'Number and symbol' },
  'number-slot': { vi: 'Chỗ ghi số và ký hiệu', en: 'Space for number and symbol' },
  'place-and-date': { vi: 'Địa danh và thời gian ban hành', en: 'Place and date of issue' },
  'date-slot': { vi: 'Chỗ ghi ngày, tháng, năm', en: 'Space for day, month and year' },
  'kind-name': { vi: 'Tên loại văn bản', en: 'Name of the kind of document' },
  subject: { vi: 'Trích yếu nội dung', en: 'Subject' },
  addressee: { vi: '"Kính gửi:"', en: 'Line of the addressees' },
  body: { vi: 'Nội dung', en: 'Text' },
  'end-mark': { vi: 'Dấu "./." kết thúc nội dung', en: 'Mark "./." at the end of the text' },
  authority: { vi: 'Quyền hạn, chức vụ', en: 'Authority and post' },
  signer: { vi: 'Họ và tên người ký', en: 'Name of the signer' },
  'recipients-heading': { vi: '"Nơi nhận:"', en: 'Heading of the recipients' },
  recipients: { vi: 'Nơi nhận', en: 'Recipients' },
  'file-copy': { vi: 'Dòng "- Lưu: VT, …" ở cuối nơi nhận', en: 'Line of the file copy at the end of the recipients' },
  'urgency-stamp': { vi: 'Dấu chỉ mức độ khẩn', en: 'Stamp of urgency' },
} as const satisfies Readonly<Record<string, Bilingual>>;

export type LayoutPart = keyof typeof PARTS;

/**
 * Everything that a check of the layout may report. Codes are stable: they are stored with the report. `{part}` is the part
 * concerned; other places are filled with what was found and what is wanted.
 *
 * @source NĐ30-A12-2
 */
export const FINDINGS = {
  'page-unread': {
    vi: 'Chương trình không đọc được nội dung trang này; hãy tự kiểm tra.',
    en: 'The program cannot read this page; check it yourself.',
  },
  'page-not-a4': { vi: 'Khổ giấy phải là A4 (210 mm x 297 mm).', en: 'The paper has to be A4 (210 mm x 297 mm).' },
  'page-landscape': {
    vi: 'Trang ngang chỉ dùng khi bảng, biểu không làm thành phụ lục riêng.',
    en: 'A landscape page is only for tables that are no appendix of their own.',
  },
  'margin-differs': {
    vi: '{part} {found} mm, phải từ {least} mm đến {most} mm.',
    en: '{part} {found} mm; it has to be from {least} mm to {most} mm.',
  },
  'font-not-times': {
    vi: 'Phông chữ "{font}" không phải Times New Roman.',
    en: 'The font "{font}" is not Times New Roman.',
  },
  'font-not-embedded': {
    vi: 'Phông chữ "{font}" chưa được nhúng vào tệp.',
    en: 'The font "{font}" is not embedded in the file.',
  },
  'text-not-black': { vi: 'Chữ trên văn bản phải màu đen.', en: 'The text has to be black.' },
  'first-page-numbered': { vi: 'Không đánh số ở trang thứ nhất.', en: 'The first page bears no number.' },
  'page-number-missing': {
    vi: 'Thiếu số trang {wanted} ở giữa lề trên.',
    en: 'The page number {wanted} is missing in the middle of the top margin.',
  },
  'page-number-differs': {
    vi: 'Số trang là {found}, phải là {wanted}.',
    en: 'The page number is {found}; it has to be {wanted}.',
  },
  'page-number-off-centre': {
    vi: 'Số trang phải ở giữa theo chiều ngang.',
    en: 'The page number has to stand in the middle of the line.',
  },
  'page-number-style': {
    vi: 'Số trang phải là chữ đứng, cỡ 13-14.',
    en: 'The page number has to be upright, of size 13 to 14.',
  },
  'part-missing': { vi: '{part}: không tìm thấy.', en: '{part}: not found.' },
  'text-missing': { vi: '{part} "{text}": không tìm thấy.', en: '{part} "{text}": not found.' },
  'issuing-agency-missing': {
    vi: '{part} "{text}": không tìm thấy ở bên trái trang đầu.',
    en: '{part} "{text}": not found on the left of the first page.',
  },
  'authority-missing': {
    vi: '{part} "{text}": không tìm thấy ở bên phải, cuối văn bản.',
    en: '{part} "{text}": not found on the right at the end of the document.',
  },
  'letter-subject-missing': {
    vi: '{part}: không tìm thấy dòng bắt đầu bằng "V/v" dưới số và ký hiệu.',
    en: '{part}: no line that begins with "V/v" was found below number and symbol.',
  },
  'not-bold': { vi: '{part}: phải in đậm.', en: '{part}: has to be bold.' },
  bold: { vi: '{part}: không in đậm.', en: '{part}: must not be bold.' },
  'not-italic': { vi: '{part}: phải in nghiêng.', en: '{part}: has to be in italics.' },
  italic: { vi: '{part}: phải in đứng.', en: '{part}: has to be upright.' },
  'size-differs': {
    vi: '{part}: cỡ chữ {found}, phải là {wanted}.',
    en: '{part}: of size {found}; it has to be {wanted}.',
  },
  'not-capitals': { vi: '{part}: phải viết bằng chữ in hoa.', en: '{part}: has to be in capitals.' },
  capitals: { vi: '{part}: viết bằng chữ in thường.', en: '{part}: has to be in small letters.' },
  'off-centre': { vi: '{part}: phải đặt canh giữa.', en: '{part}: has to be centred.' },
  'no-short-rule': {
    vi: '{part}: phía dưới có đường kẻ ngang dài từ 1/3 đến 1/2 dòng chữ, đặt cân đối.',
    en: '{part}: needs a rule below it, a third to half as long as the line and balanced.',
  },
  'no-full-rule': {
    vi: '{part}: phía dưới có đường kẻ ngang dài bằng dòng chữ.',
    en: '{part}: needs a rule below it, as long as the line.',
  },
  'not-right': {
    vi: '{part}: phải ở phía trên, bên phải trang đầu.',
    en: '{part}: belongs at the top right of the first page.',
  },
  'title-sizes-differ': {
    vi: 'Cỡ chữ Quốc hiệu và Tiêu ngữ phải cùng tăng hoặc giảm: 12 và 13, hoặc 13 và 14.',
    en: 'The sizes of national title and motto go together: 12 and 13, or 13 and 14.',
  },
  'number-without-zero': {
    vi: 'Số nhỏ hơn 10 phải ghi thêm số 0 phía trước.',
    en: 'A number below 10 needs a zero before it.',
  },
  'symbol-spaced': {
    vi: 'Giữa các nhóm chữ trong ký hiệu không cách chữ.',
    en: 'There are no blanks between the groups of a symbol.',
  },
  'date-zeros': {
    vi: 'Ngày nhỏ hơn 10 và tháng 1, 2 phải ghi thêm số 0 phía trước.',
    en: 'Days below 10 and the months 1 and 2 need a zero before them, other months none.',
  },
  'letter-subject-misplaced': {
    vi: 'Trích yếu công văn phải ở bên trái, dưới số và ký hiệu.',
    en: 'The subject of a letter belongs on the left, below number and symbol.',
  },
  'legal-base-not-italic': { vi: 'Căn cứ ban hành phải in nghiêng.', en: 'A legal base has to be in italics.' },
  'legal-base-unended': { vi: 'Sau mỗi căn cứ có dấu chấm phẩy.', en: 'A legal base ends with a semicolon.' },
  'last-legal-base-unended': {
    vi: 'Căn cứ cuối cùng kết thúc bằng dấu chấm.',
    en: 'The last legal base ends with a full stop.',
  },
  'addressee-style': {
    vi: '"Kính gửi:" phải là chữ in thường, cỡ 13-14, kiểu chữ đứng.',
    en: 'The line of the addressees has to be in small letters, upright, of size 13 to 14.',
  },
  'signer-honours': {
    vi: 'Không ghi học hàm, học vị, danh hiệu trước họ tên người ký.',
    en: 'No academic title or honour stands before the name of the signer.',
  },
  'recipients-style': {
    vi: 'Nơi nhận: phải là chữ in thường, kiểu chữ đứng.',
    en: 'The recipients have to be upright and not bold.',
  },
  'recipient-unended': {
    vi: 'Cuối mỗi dòng nơi nhận có dấu chấm phẩy.',
    en: 'Each line of the recipients ends with a semicolon.',
  },
  'file-copy-unended': {
    vi: 'Dòng "Lưu" kết thúc bằng dấu chấm.',
    en: 'The line of the file copy ends with a full stop.',
  },
  'first-recipient-differs': {
    vi: 'Dòng đầu của nơi nhận phải là "- Như trên;".',
    en: 'The first line of the recipients has to refer to the addressees above.',
  },
  'stamp-unexpected': {
    vi: 'Văn bản có dấu "{text}" nhưng độ khẩn là thường.',
    en: 'The document bears the stamp "{text}" but its urgency is normal.',
  },
  'stamp-not-red': { vi: 'Dấu chỉ mức độ khẩn phải màu đỏ tươi.', en: 'The stamp of urgency has to be bright red.' },
} as const satisfies Readonly<Record<string, Bilingual>>;

export type LayoutFindingCode = keyof typeof FINDINGS;
export const FINDING_CODES = Object.keys(FINDINGS) as [LayoutFindingCode, ...LayoutFindingCode[]];

/** What a finding says, in both languages. */
export function findingText(finding: {
  readonly code: LayoutFindingCode;
  readonly part?: LayoutPart | undefined;
  readonly values?: Readonly<Record<string, string>> | undefined;
}): Bilingual {
  const { vi, en } = FINDINGS[finding.code];
  const part = finding.part && PARTS[finding.part];
  const fill = (text: string, language: keyof Bilingual): string =>
    text.replace(/\{(\w+)\}/g, (place, name: string) =>
      name === 'part' ? (part?.[language] ?? place) : (finding.values?.[name] ?? place),
    );
  return { vi: fill(vi, 'vi'), en: fill(en, 'en') };
}
