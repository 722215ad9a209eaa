import type { Label } from './label.ts';

export const MISSING_LABEL: Label = { vi: 'Thiếu {part}.', en: 'Missing: {part}.' };
/** A part of something and what is wrong with it. */
export const PART_FAULT_LABEL: Label = { vi: '{part} {fault}', en: '{part} {fault}' };

/** Why a text cannot stand in a package of the exchange. */
export const EXCHANGE_TEXT_REASONS = {
  missing: { vi: 'chưa có nội dung', en: 'is empty' },
  'says-nothing': { vi: 'chỉ là từ thay cho "không có"', en: 'is only a word for "nothing"' },
  'too-long': { vi: 'dài quá {limit} ký tự', en: 'is longer than {limit} characters' },
  'state-secret': { vi: 'có dấu hiệu ghi độ mật', en: 'looks like a mark of state secret' },
  'not-unicode': { vi: 'không phải Unicode hợp lệ', en: 'is not well-formed Unicode' },
  'control-character': { vi: 'có ký tự điều khiển', en: 'holds a control character' },
  'line-break': { vi: 'có dấu xuống dòng hoặc dấu tab', en: 'holds a line break or a tab' },
  'direction-mark': { vi: 'có ký tự ẩn đổi chiều viết', en: 'holds a mark that changes the direction of writing' },
  'not-a-character': { vi: 'có mã không phải ký tự', en: 'holds a code that is no character' },
  'too-many-marks': { vi: 'có quá nhiều dấu chồng nhau', en: 'holds too many combining marks' },
} as const satisfies Record<string, Label>;

export const NUMBERING_PLAN_REASONS = {
  'kind-twice': { vi: 'tên loại "{kind}" nằm trong hai hệ thống số', en: 'the kind "{kind}" is in two sequences' },
  'other-kinds-twice': {
    vi: 'hai hệ thống số cùng nhận mọi tên loại còn lại',
    en: 'two sequences take all other kinds',
  },
  'no-sequence': { vi: 'chưa có hệ thống số nào', en: 'there is no sequence' },
  'name-twice': { vi: 'hai hệ thống số trùng tên', en: 'two sequences have one name' },
  'year-begun': { vi: 'chỉ được thay đổi từ ngày 01 tháng 01', en: 'it changes on 1 January alone' },
} as const satisfies Record<string, Label>;

export const RECIPIENT_REASONS = {
  none: { vi: 'chưa có nơi nhận', en: 'there are none' },
  'without-name': { vi: 'nơi nhận không có tên', en: 'one has no name' },
  'without-code': { vi: '"{name}" không có mã định danh', en: '"{name}" has no agency code' },
  'own-agency': { vi: 'không gửi cho chính cơ quan ban hành', en: 'the issuing agency does not send to itself' },
  'code-ended': { vi: 'mã định danh {code} không còn hiệu lực', en: 'the agency code {code} is no longer in force' },
  twice: { vi: '"{name}" bị trùng', en: '"{name}" comes twice' },
} as const satisfies Record<string, Label>;

export const REFUSAL_FAULTS = {
  'ground-unknown': { vi: 'lý do không có trong danh mục', en: 'the ground is not in the catalogue' },
  'nobody-refused': { vi: 'không rõ người từ chối', en: 'nobody answers for it' },
  'explanation-short': {
    vi: 'phải giải thích ít nhất {characters} ký tự',
    en: 'it needs an explanation of at least {characters} characters',
  },
} as const satisfies Record<string, Label>;

export const SIGNING_GRANT_REASONS = {
  'ends-before-start': { vi: 'thời hạn ngược', en: 'it ends before it begins' },
  'starts-before-today': { vi: 'ngày bắt đầu đã qua', en: 'it begins before today' },
  'authority-not-written': { vi: 'thừa ủy quyền phải bằng văn bản', en: 'authority is given in writing' },
  'authority-without-end': { vi: 'thừa ủy quyền phải giới hạn thời gian', en: 'authority is limited in time' },
  'authority-without-scope': { vi: 'thừa ủy quyền phải giới hạn nội dung', en: 'authority is limited in scope' },
  'authority-passed-on': {
    vi: 'người được ủy quyền không được ủy quyền lại',
    en: 'authority that was received is not passed on',
  },
  'order-not-in-rules': {
    vi: 'thừa lệnh phải có trong quy chế làm việc',
    en: 'orders to sign stand in the working regulation',
  },
  'order-without-kinds': { vi: 'thừa lệnh phải nêu loại văn bản', en: 'an order to sign names the kinds of documents' },
} as const satisfies Record<string, Label>;

export const DEADLINE_REASONS = {
  missing: { vi: 'chưa có thời hạn', en: 'there is none' },
  past: { vi: 'thời hạn đã qua', en: 'it has passed' },
  'days-out-of-range': {
    vi: 'số ngày làm việc phải từ 0 đến 366',
    en: 'the working days have to be between 0 and 366',
  },
} as const satisfies Record<string, Label>;

export const HANDLING_PART_LABELS = {
  summary: { vi: 'kết quả giải quyết', en: 'the result of the handling' },
  reply: { vi: 'văn bản trả lời', en: 'the reply' },
} as const satisfies Record<string, Label>;

export const INSTRUCTION_PART_LABELS = {
  assignees: { vi: 'đơn vị, cá nhân nhận', en: 'who is to handle it' },
  direction: { vi: 'ý kiến chỉ đạo', en: 'the direction' },
  handlingStatus: { vi: 'trạng thái xử lý', en: 'the status of handling' },
  dueAt: { vi: 'thời hạn giải quyết', en: 'the deadline' },
} as const satisfies Record<string, Label>;

export const CERTIFICATE_REASONS = {
  'not-for-documents': { vi: 'không được dùng để ký văn bản', en: 'it is not meant for signing documents' },
  'not-of-a-person': { vi: 'không phải của cá nhân', en: 'it is not of a person' },
  'not-of-an-agency': { vi: 'không phải của cơ quan', en: 'it is not of an agency' },
  'not-valid-now': { vi: 'hết hạn hoặc chưa có hiệu lực', en: 'it has expired or is not valid yet' },
  'not-trusted': {
    vi: 'không do tổ chức chứng thực được tin cậy cấp',
    en: 'no trusted authority issued it',
  },
  revoked: { vi: 'đã bị thu hồi', en: 'it was revoked' },
  'not-in-pem': { vi: 'không có chứng thư trong dữ liệu gửi lên', en: 'the data holds no certificate' },
  'not-x509': { vi: 'dữ liệu không phải chứng thư X.509', en: 'the data is no X.509 certificate' },
  'of-somebody-else': { vi: 'đã đăng ký cho người khác', en: 'it is registered for somebody else' },
} as const satisfies Record<string, Label>;

export const PERSONAL_SIGNATURE_REASONS = {
  'no-main-file': { vi: 'không có tệp văn bản chính', en: 'there is no main file' },
  'not-signed': { vi: 'tệp chưa được ký', en: 'the file is not signed' },
  'not-valid': { vi: 'chữ ký không hợp lệ', en: 'the signature is not valid' },
  'certificate-of-another': {
    vi: 'chứng thư không phải của người ký',
    en: 'the certificate is not the one of the signer',
  },
} as const satisfies Record<string, Label>;

export const PASSWORD_REASONS = {
  'too-short': { vi: 'Mật khẩu cần ít nhất {length} ký tự', en: 'The password needs at least {length} characters' },
  'too-long': { vi: 'Mật khẩu dài tối đa {length} ký tự', en: 'The password has at most {length} characters' },
  'too-plain': {
    vi: 'Mật khẩu cần ít nhất ba trong bốn loại: chữ hoa, chữ thường, chữ số, ký hiệu',
    en: 'The password needs three of four: capital letters, small letters, digits, symbols',
  },
  'reveals-number': {
    vi: 'Mật khẩu không được chứa 6 chữ số liền nhau của số định danh',
    en: 'The password holds no 6 digits in a row of the identity number',
  },
  'holds-word': { vi: 'Mật khẩu không được chứa "{word}"', en: 'The password may not hold "{word}"' },
} as const satisfies Record<string, Label>;

/** What is unusual about a citizen number. */
export const CITIZEN_NUMBER_DOUBTS = {
  CCCD_FORMAT: { vi: 'không đủ 12 chữ số', en: 'it does not have 12 digits' },
  CCCD_IMPLAUSIBLE_YEAR: { vi: 'năm sinh khó xảy ra', en: 'the year of birth is implausible' },
  CCCD_MISMATCH: {
    vi: 'không khớp năm sinh hoặc giới tính đã khai',
    en: 'it does not agree with the year of birth or the sex stated',
  },
  CCCD_TEST_PREFIX: { vi: 'là số dùng để thử nghiệm', en: 'it is a number for tests' },
  CCCD_UNKNOWN_PREFIX: { vi: 'không có mã tỉnh, thành phố này', en: 'there is no such province code' },
} as const satisfies Record<string, Label>;

export const CALENDAR_REASONS = {
  'outside-the-year': { vi: 'Ngày {date} không thuộc năm này', en: '{date} is not of this year' },
  twice: { vi: 'Ngày {date} ghi hai lần', en: '{date} comes twice' },
  'make-up-day-not-a-saturday': {
    vi: 'Ngày {date}: ngày làm bù phải là thứ Bảy',
    en: '{date}: a make-up day is a Saturday',
  },
  'day-off-on-a-weekend': {
    vi: 'Ngày {date}: ngày nghỉ bù, nghỉ hoán đổi không thể là thứ Bảy hoặc Chủ nhật',
    en: '{date}: a day off in exchange is no Saturday or Sunday',
  },
  'holiday-not-compensated': {
    vi: 'Ngày {date}: ngày lễ trùng ngày nghỉ hằng tuần chưa có ngày nghỉ bù',
    en: '{date}: a holiday on a weekend has no day off in exchange',
  },
  'fixed-holiday-missing': {
    vi: 'Thiếu ngày lễ {date} theo Bộ luật Lao động',
    en: 'The holiday {date} of the Labour Code is missing',
  },
} as const satisfies Record<string, Label>;

export const FILE_NAME_REASONS = {
  FILE_NAME_LENGTH: { vi: 'trống hoặc quá dài', en: 'it is empty or too long' },
  FILE_NAME_NOT_NFC: { vi: 'không ở dạng Unicode dựng sẵn', en: 'its letters are not composed' },
  FILE_NAME_CHARACTER: { vi: 'có ký tự không được phép', en: 'it holds a character that is not allowed' },
} as const satisfies Record<string, Label>;
