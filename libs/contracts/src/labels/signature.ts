import type { Label } from './label.ts';

export const CERTIFICATE_HOLDER_LABELS = {
  person: { vi: 'Cá nhân', en: 'Person' },
  agency: { vi: 'Cơ quan', en: 'Agency' },
} as const satisfies Record<string, Label>;

export const CERTIFICATE_STATE_LABELS = {
  not_yet_valid: { vi: 'Chưa có hiệu lực', en: 'Not valid yet' },
  in_use: { vi: 'Đang sử dụng', en: 'In use' },
  renewal_due: { vi: 'Sắp hết hạn', en: 'To be renewed' },
  expired: { vi: 'Hết hạn', en: 'Expired' },
} as const satisfies Record<string, Label>;

export const CERTIFICATE_WARNING_LABELS = {
  holder_unknown: { vi: 'Không rõ người sở hữu', en: 'Holder unknown' },
  name_differs: { vi: 'Họ tên khác danh bạ', en: 'The name differs' },
  organization_differs: { vi: 'Tên cơ quan khác danh bạ', en: 'The organisation differs' },
  other_agency: { vi: 'Thuộc cơ quan khác', en: 'Of another agency' },
  number_differs: { vi: 'Số căn cước công dân của người khác', en: 'The citizen number is of another person' },
  number_not_named: { vi: 'Chứng thư không ghi số căn cước công dân', en: 'It bears no citizen number' },
  number_not_told: { vi: 'Chưa đối chiếu được số căn cước công dân', en: 'The citizen number is not compared yet' },
} as const satisfies Record<string, Label>;

export const SIGNATURE_KIND_LABELS = {
  personal: { vi: 'Chữ ký của người có thẩm quyền', en: 'Signature of the competent person' },
  agency: { vi: 'Chữ ký của cơ quan', en: 'Signature of the agency' },
} as const satisfies Record<string, Label>;

export const SIGNATURE_LEVEL_LABELS = {
  'B-B': { vi: 'Chữ ký cơ bản', en: 'Basic signature' },
  'B-T': { vi: 'Chữ ký có dấu thời gian', en: 'Signature with time stamp' },
} as const satisfies Record<string, Label>;

export const SIGNING_SESSION_STATE_LABELS = {
  open: { vi: 'Đang chờ ký', en: 'Open' },
  expired: { vi: 'Hết hạn', en: 'Expired' },
  completed: { vi: 'Đã hoàn thành', en: 'Completed' },
  replaced: { vi: 'Bị thay thế', en: 'Replaced' },
} as const satisfies Record<string, Label>;

/** Which of the two signatures of an original a file bears. */
export const LEGAL_EFFECT_LABELS = {
  complete: { vi: 'Đủ chữ ký của người có thẩm quyền và cơ quan', en: 'Signed by person and agency' },
  person_only: { vi: 'Chỉ có chữ ký cá nhân', en: 'Signed by a person alone' },
  agency_only: { vi: 'Chỉ có chữ ký của cơ quan', en: 'Signed by an agency alone' },
  none: { vi: 'Không có chữ ký được công nhận', en: 'No recognised signature' },
} as const satisfies Record<string, Label>;

/** What a check of a signature comes to (VN-47). */
export const SIGNATURE_VERDICT_LABELS = {
  valid: { vi: 'Hợp lệ', en: 'Valid' },
  invalid: { vi: 'Không hợp lệ', en: 'Not valid' },
  indeterminate: { vi: 'Chưa đủ căn cứ', en: 'Not to be told' },
} as const satisfies Record<string, Label>;

/** Main indications of ETSI EN 319 102-1. */
export const SIGNATURE_INDICATION_LABELS = {
  PASSED: { vi: 'Đạt mọi phép kiểm tra', en: 'All checks passed' },
  INDETERMINATE: { vi: 'Thiếu căn cứ để kết luận', en: 'Evidence is missing' },
  FAILED: { vi: 'Có phép kiểm tra không đạt', en: 'A check failed' },
} as const satisfies Record<string, Label>;

/** Sub-indications of ETSI EN 319 102-1: of which kind the deciding reason is. */
export const SIGNATURE_SUB_INDICATION_LABELS = {
  FORMAT_FAILURE: { vi: 'Cấu trúc chữ ký hoặc tệp', en: 'Structure of the signature or the file' },
  HASH_FAILURE: { vi: 'Giá trị băm không khớp', en: 'The digest differs' },
  SIG_CRYPTO_FAILURE: { vi: 'Giá trị chữ ký không đúng', en: 'The signature value is wrong' },
  NO_SIGNING_CERTIFICATE_FOUND: { vi: 'Không có chứng thư người ký', en: 'No certificate of the signer' },
  NO_CERTIFICATE_CHAIN_FOUND: { vi: 'Không dẫn tới gốc tin cậy', en: 'No path to a trusted authority' },
  CHAIN_CONSTRAINTS_FAILURE: { vi: 'Chứng thư không đúng phạm vi, quy tắc', en: 'A certificate breaks a rule' },
  CRYPTO_CONSTRAINTS_FAILURE: { vi: 'Thuật toán', en: 'Algorithm' },
  REVOKED: { vi: 'Chứng thư đã bị thu hồi', en: 'Certificate revoked' },
  NOT_YET_VALID: { vi: 'Chứng thư chưa có hiệu lực', en: 'Certificate not yet valid' },
  SIG_CONSTRAINTS_FAILURE: { vi: 'Chữ ký không đúng quy tắc', en: 'The signature breaks a rule' },
  OUT_OF_BOUNDS_NO_POE: {
    vi: 'Chứng thư hết hạn, chưa chứng minh được thời điểm ký',
    en: 'Certificate expired, and nothing proves an earlier signature',
  },
  NO_POE: { vi: 'Chưa chứng minh được thời điểm', en: 'Nothing proves the time' },
  TRY_LATER: { vi: 'Chưa hỏi được tình trạng chứng thư', en: 'The status is not known yet' },
  SIGNED_DATA_NOT_FOUND: { vi: 'Không tìm thấy dữ liệu được ký', en: 'The signed data is not there' },
  GENERIC: { vi: 'Không đọc hoặc không kiểm tra được', en: 'It could not be read or checked' },
} as const satisfies Record<string, Label>;

/** Whose certificate signed. */
export const SIGNER_KIND_LABELS = {
  person: { vi: 'Cá nhân', en: 'Person' },
  agency: { vi: 'Cơ quan, tổ chức', en: 'Agency' },
  server: { vi: 'Máy chủ hoặc dịch vụ dấu thời gian', en: 'Server or time-stamping service' },
  unknown: { vi: 'Không rõ', en: 'Unknown' },
} as const satisfies Record<string, Label>;

/** Whether the signer of an arrived document is the one of the sending agency, by citizen number (VN-05). */
export const SIGNER_IDENTITY_LABELS = {
  confirmed: { vi: 'Đúng người của cơ quan gửi', en: 'The person of the sending agency' },
  another: { vi: 'Người khác cùng họ tên', en: 'Somebody else of the same name' },
  unproven: { vi: 'Chưa xác định được', en: 'Not to be told' },
  not_kept: { vi: 'Cơ quan gửi không có tài khoản trên hệ thống', en: 'The sender keeps no accounts here' },
} as const satisfies Record<string, Label>;

/** What was shown of the bytes of a file. */
export const FILE_INTEGRITY_LABELS = {
  proven: { vi: 'Nguyên vẹn như khi ký', en: 'As it was signed' },
  broken: { vi: 'Đã bị thay đổi', en: 'Changed' },
  unknown: { vi: 'Chưa xác minh được', en: 'Not to be told' },
  unsigned: { vi: 'Không ký số', en: 'Not signed' },
  unreadable: { vi: 'Không đọc được', en: 'Cannot be read' },
} as const satisfies Record<string, Label>;
