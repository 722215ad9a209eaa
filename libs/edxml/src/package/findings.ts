/** `note`: worth keeping. `warning`: a person should look. `fault`: this part cannot be used. None of them stops the reading. */
export type Severity = 'note' | 'warning' | 'fault';

/**
 * Everything that reading a package may report. Codes are stable: they are stored with the package and shown to clerks.
 *
 * @source R13 every note is kept
 */
export const FINDINGS = {
  'leading-bytes-cut': ['note', 'Có ký tự lạ trước nội dung XML', 'stray characters before the markup were cut'],
  'byte-order-mark': ['note', 'Tệp có dấu BOM', 'a byte-order mark was dropped'],
  'trailing-content-ignored': ['note', 'Có nội dung sau phần tử gốc', 'what follows the root element was ignored'],
  'encoding-differs': ['note', 'Khai báo mã ký tự khác UTF-8', 'the declaration names another encoding than UTF-8'],
  'markup-repaired': ['warning', 'Thẻ XML đóng, mở không khớp', 'start and end tags do not match and were repaired'],
  'undeclared-prefix': ['note', 'Tiền tố XML chưa khai báo', 'a namespace prefix is not declared'],
  'foreign-namespace': ['note', 'Không gian tên XML khác quy chuẩn', 'the header is in another namespace'],
  'unusual-root': ['note', 'Phần tử gốc khác quy chuẩn', 'the root element has another name'],
  'foreign-payload': ['warning', 'Thân gói tin chứa dữ liệu khác', 'the body carries something else than a manifest'],
  'alias-name': ['note', 'Tên phần tử khác quy chuẩn', 'an element has another name than the standard gives it'],
  'element-repeated': [
    'note',
    'Một phần chỉ được ghi một lần được ghi lặp lại',
    'an element that may stand once is repeated with the same content',
  ],
  'element-ambiguous': [
    'warning',
    'Một phần chỉ được ghi một lần có nhiều nội dung khác nhau',
    'an element that may stand once comes with different contents',
  ],
  'kind-differs': ['note', 'Loại gói tin khác khai báo', 'the content is of another kind than announced'],
  'value-missing': ['warning', 'Thiếu thông tin bắt buộc', 'a required value is missing'],
  'value-too-long': ['note', 'Thông tin dài quá quy định', 'a value is longer than the standard allows'],
  'value-not-allowed': ['warning', 'Giá trị ngoài danh mục', 'a value is not in its code list'],
  'value-malformed': ['warning', 'Giá trị sai định dạng', 'a value cannot be read'],
  'text-recomposed': ['note', 'Chữ tổ hợp được chuyển về dựng sẵn', 'decomposed letters were composed'],
  'recipient-repeated': [
    'note',
    'Một đơn vị nhận được ghi nhiều lần',
    'one agency is listed as recipient more than once',
  ],
  'sender-among-recipients': ['note', 'Đơn vị gửi có trong nơi nhận', 'the sender is among the recipients'],
  'hub-code': [
    'note',
    'Mã trục liên thông đứng ở vị trí đơn vị',
    'the code of a hub stands where an agency is expected',
  ],
  'document-id-unusual': ['note', 'Mã định danh văn bản khác mẫu', 'the document identifier has another form'],
  'document-id-date-differs': [
    'note',
    'Ngày trong mã định danh khác ngày ban hành',
    'identifier and issue date differ',
  ],
  'code-number-unusual': ['note', 'Số văn bản chứa ký tự khác', 'the number holds more than digits'],
  'business-type-missing': [
    'note',
    'Không có loại nghiệp vụ, coi là văn bản mới',
    'no business type: taken as a new document',
  ],
  'business-type-unknown': ['warning', 'Loại nghiệp vụ không xác định', 'the business type is unknown'],
  'target-missing': ['warning', 'Không rõ văn bản bị tác động', 'nothing names the document that is acted upon'],
  'status-padded': ['note', 'Mã trạng thái thiếu chữ số', 'the status code was padded to two digits'],
  'status-unknown': ['warning', 'Mã trạng thái không xác định', 'the status code is unknown'],
  'status-sender-unclear': [
    'warning',
    'Không rõ đơn vị phản hồi',
    'the reporting agency cannot be told from the package',
  ],
  'secrecy-mark': ['fault', 'Gói tin ghi độ mật', 'the package says that it is a state secret'],
  'signature-placeholder': ['note', 'Chữ ký gói tin không có giá trị', 'the package signature is a placeholder'],
  'signature-repeated': ['warning', 'Gói tin có nhiều chữ ký', 'there is more than one package signature'],
  'attachment-missing': ['fault', 'Thiếu tệp đính kèm đã khai báo', 'a listed attachment is not in the package'],
  'attachment-unlisted': ['note', 'Tệp đính kèm không được khai báo', 'an attachment is not listed in the manifest'],
  'attachment-name-differs': [
    'note',
    'Tên tệp đính kèm khác tên đã khai báo',
    'an attachment has another name than the manifest gives it',
  ],
  'attachment-unnamed': ['warning', 'Tệp đính kèm không có tên', 'an attachment has no name'],
  'attachment-content-id-repeated': ['note', 'Mã nội dung bị lặp', 'two attachments share a content id'],
  'attachment-empty': ['fault', 'Tệp đính kèm rỗng', 'an attachment has no content'],
  'attachment-not-base64': [
    'fault',
    'Nội dung tệp đính kèm không phải base64',
    'the content of an attachment is not base64',
  ],
  'attachment-too-large': ['fault', 'Tệp đính kèm vượt giới hạn', 'an attachment exceeds the limit'],
  'attachment-too-many': ['fault', 'Quá nhiều tệp đính kèm', 'there are more attachments than allowed'],
  'attachment-zip-broken': ['fault', 'Tệp nén bị hỏng', 'the zip around an attachment is broken'],
  'attachment-zip-bomb': ['fault', 'Tệp nén nở quá giới hạn', 'the zip around an attachment unpacks beyond the limit'],
  'attachment-zip-encrypted': ['fault', 'Tệp nén có mật khẩu', 'the zip around an attachment is encrypted'],
  'attachment-zip-kept': [
    'note',
    'Tệp nén nhiều thành phần được giữ nguyên',
    'a zip of several entries was kept as it is',
  ],
  'attachment-unwrapped': ['note', 'Tệp đính kèm được lấy ra từ tệp nén', 'an attachment was taken out of its zip'],
  'findings-omitted': ['note', 'Còn nhiều ghi nhận cùng loại', 'there are more findings of the same kind'],
  'attachment-type-differs': [
    'note',
    'Kiểu nội dung khai báo khác thực tế',
    'the declared content type is not the real one',
  ],
} as const satisfies Readonly<Record<string, readonly [Severity, vi: string, en: string]>>;

export type FindingCode = keyof typeof FINDINGS;

export interface Finding {
  readonly code: FindingCode;
  readonly severity: Severity;
  /** Elements from the header down, `MessageHeader.OtherInfo.Priority`, or `Attachment[0]` for the first attachment. */
  readonly path?: string;
  /** The value or name concerned, cut to 200 characters; the code and the number of the others for `findings-omitted`. */
  readonly value?: string;
}

const MAX_VALUE_CHARACTERS = 200;

/** The first characters of a text; half a surrogate pair is no text that can be stored. */
export const shortened = (text: string, most: number = MAX_VALUE_CHARACTERS): string => {
  const cut = text.slice(0, most);
  return cut.isWellFormed() ? cut : cut.slice(0, -1);
};

export const finding = (code: FindingCode, path?: string, value?: string): Finding => ({
  code,
  severity: FINDINGS[code][0],
  ...(path === undefined ? {} : { path }),
  ...(value === undefined ? {} : { value: shortened(value) }),
});
