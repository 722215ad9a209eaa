import { defineProblem } from '@qlvb/shared-domain';

/** There is no element in the file at all. */
export const NotXml = defineProblem({
  code: 'edxml.not-xml',
  kind: 'unprocessable',
  source: 'R1',
  title: { vi: 'Không phải gói tin edXML', en: 'Not an edXML package' },
  detail: { vi: 'Tệp không chứa nội dung XML.', en: 'The file holds no XML.' },
});

export const NotUtf8 = defineProblem({
  code: 'edxml.not-utf8',
  kind: 'unprocessable',
  source: 'R1',
  title: { vi: 'Mã ký tự không phải UTF-8', en: 'Not UTF-8' },
  detail: { vi: 'Gói tin không được mã hóa bằng UTF-8.', en: 'The package is not encoded in UTF-8.' },
});

export const DoctypeRefused = defineProblem({
  code: 'edxml.doctype-refused',
  kind: 'unprocessable',
  source: 'R2',
  title: { vi: 'Gói tin có khai báo DOCTYPE', en: 'DOCTYPE refused' },
  detail: {
    vi: 'Gói tin chứa khai báo DOCTYPE hoặc thực thể; không được chấp nhận.',
    en: 'The package declares a DOCTYPE or entities, which is not accepted.',
  },
});

export const NotWellFormed = defineProblem({
  code: 'edxml.not-well-formed',
  kind: 'unprocessable',
  source: 'R2',
  title: { vi: 'XML không đúng cú pháp', en: 'XML is not well-formed' },
  detail: { vi: 'Gói tin không đúng cú pháp XML.', en: 'The package is not well-formed XML: {fault}.' },
});

export const Truncated = defineProblem({
  code: 'edxml.truncated',
  kind: 'unprocessable',
  source: 'R2',
  title: { vi: 'Gói tin bị cắt cụt', en: 'Package is cut off' },
  detail: {
    vi: 'Gói tin kết thúc giữa chừng.',
    en: 'The package ends while element {element} is still open.',
  },
});

export const LimitExceeded = defineProblem({
  code: 'edxml.limit-exceeded',
  kind: 'too-large',
  source: 'R2',
  title: { vi: 'Gói tin vượt giới hạn', en: 'Package exceeds a limit' },
  detail: { vi: 'Gói tin vượt giới hạn xử lý.', en: 'The package exceeds the limit {limit} = {value}.' },
});

export const HeaderMissing = defineProblem({
  code: 'edxml.header-missing',
  kind: 'unprocessable',
  source: 'R3',
  title: { vi: 'Không có phần tiêu đề', en: 'No message header' },
  detail: {
    vi: 'Không tìm thấy MessageHeader hoặc Status trong gói tin.',
    en: 'The package has neither a MessageHeader nor a Status.',
  },
});

/** An attachment that must not be used; the stream given to the sink fails with this. */
export const AttachmentBroken = defineProblem({
  code: 'edxml.attachment-broken',
  kind: 'unprocessable',
  source: 'R7',
  title: { vi: 'Tệp đính kèm hỏng', en: 'Broken attachment' },
  detail: { vi: 'Tệp đính kèm không đọc được.', en: 'The attachment cannot be read.' },
});

/** The writer was given something that the standard does not allow; `faults` lists all of it. */
export const PackageInvalid = defineProblem({
  code: 'edxml.package-invalid',
  kind: 'invalid',
  title: { vi: 'Dữ liệu gói tin chưa hợp lệ', en: 'Package data not valid' },
  detail: {
    vi: 'Dữ liệu gói tin có {count} lỗi theo QCVN 102:2016/BTTTT.',
    en: 'The package data has faults ({count}) against QCVN 102:2016/BTTTT.',
  },
});

/** Documents with a secrecy mark have no place on this channel. */
export const SecretRefused = defineProblem({
  code: 'edxml.secret-refused',
  kind: 'forbidden',
  source: 'EX-SEC-1',
  title: { vi: 'Không gửi văn bản mật', en: 'State secrets are not sent' },
  detail: {
    vi: 'Nội dung ghi độ mật nên không được gửi qua trục liên thông.',
    en: 'The content carries a secrecy mark and may not be sent over the exchange.',
  },
});

/** An attachment grew beyond what the caller allowed while it was written. */
export const AttachmentTooLarge = defineProblem({
  code: 'edxml.attachment-too-large',
  kind: 'too-large',
  title: { vi: 'Tệp đính kèm quá lớn', en: 'Attachment too large' },
  detail: {
    vi: 'Tệp đính kèm {name} lớn hơn {limitBytes} byte.',
    en: 'The attachment {name} is larger than {limitBytes} bytes.',
  },
});
