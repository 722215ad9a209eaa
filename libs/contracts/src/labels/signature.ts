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
