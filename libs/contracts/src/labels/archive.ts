import type { Label } from './label.ts';

export const DOSSIER_STATE_LABELS = {
  open: { vi: 'Đang mở', en: 'Open' },
  closed: { vi: 'Đã kết thúc', en: 'Closed' },
  submitted: { vi: 'Đã nộp', en: 'Submitted' },
  checking: { vi: 'Đang kiểm tra', en: 'Being checked' },
  returned: { vi: 'Bị trả lại', en: 'Returned' },
  accepted: { vi: 'Đã tiếp nhận', en: 'Accepted' },
  preserved: { vi: 'Đã lưu trữ', en: 'Preserved' },
} as const satisfies Record<string, Label>;

export const DOSSIER_ACT_LABELS = {
  edit: { vi: 'Cập nhật hồ sơ', en: 'Edit the dossier' },
  close: { vi: 'Kết thúc hồ sơ', en: 'Close the dossier' },
  reopen: { vi: 'Mở lại hồ sơ', en: 'Reopen the dossier' },
  submit: { vi: 'Nộp lưu', en: 'Submit to the archive' },
  check: { vi: 'Kiểm tra hồ sơ nộp', en: 'Check the submission' },
  return: { vi: 'Trả lại', en: 'Return' },
  accept: { vi: 'Tiếp nhận', en: 'Accept' },
  preserve: { vi: 'Đưa vào lưu trữ', en: 'Preserve' },
  withdraw: { vi: 'Rút hồ sơ nộp', en: 'Withdraw' },
} as const satisfies Record<string, Label>;

export const SUBMISSION_STATE_LABELS = {
  packing: { vi: 'Đang đóng gói', en: 'Being packed' },
  packing_failed: { vi: 'Đóng gói không thành', en: 'Packing failed' },
  withdrawn: { vi: 'Đã rút', en: 'Withdrawn' },
  submitted: { vi: 'Đã nộp', en: 'Submitted' },
  checking: { vi: 'Đang kiểm tra', en: 'Being checked' },
  accepting: { vi: 'Đang tiếp nhận', en: 'Being accepted' },
  accepting_failed: { vi: 'Tiếp nhận không thành', en: 'Acceptance failed' },
  returned: { vi: 'Bị trả lại', en: 'Returned' },
  accepted: { vi: 'Đã tiếp nhận', en: 'Accepted' },
} as const satisfies Record<string, Label>;

export const SUBMISSION_ACT_LABELS = {
  pack: { vi: 'Đóng gói', en: 'Pack' },
  fail: { vi: 'Ghi nhận không thành', en: 'Record a failure' },
  retry: { vi: 'Đóng gói lại', en: 'Pack again' },
  withdraw: { vi: 'Rút hồ sơ nộp', en: 'Withdraw' },
  check: { vi: 'Kiểm tra hồ sơ nộp', en: 'Check the submission' },
  accept: { vi: 'Tiếp nhận', en: 'Accept' },
  take: { vi: 'Nhập kho lưu trữ', en: 'Take into the archive' },
  stop: { vi: 'Dừng tiếp nhận', en: 'Stop the acceptance' },
  return: { vi: 'Trả lại', en: 'Return' },
} as const satisfies Record<string, Label>;

/** Capacities of somebody on one dossier. */
export const DOSSIER_ROLE_LABELS = {
  maker: { vi: 'người lập hồ sơ', en: 'keeper of the dossier' },
  unit_head: { vi: 'người đứng đầu đơn vị', en: 'head of the unit' },
  archivist: { vi: 'người làm lưu trữ', en: 'archivist' },
  system: { vi: 'hệ thống', en: 'the system' },
} as const satisfies Record<string, Label>;

export const DOSSIER_LIST_STATE_LABELS = {
  draft: { vi: 'Dự thảo', en: 'Draft' },
  approved: { vi: 'Đã phê duyệt', en: 'Approved' },
} as const satisfies Record<string, Label>;

export const DOSSIER_CODE_PART_LABELS = {
  agencyCode: { vi: 'mã cơ quan', en: 'agency code' },
  year: { vi: 'năm hình thành', en: 'year' },
  notation: { vi: 'số và ký hiệu', en: 'number and symbol' },
} as const satisfies Record<string, Label>;

/** What stands in the way of closing a dossier. */
export const CLOSING_FAULT_LABELS = {
  'no-document': { vi: 'hồ sơ chưa có văn bản', en: 'the dossier holds no document' },
  'no-title': { vi: 'hồ sơ chưa có tiêu đề', en: 'the dossier has no title' },
  'no-retention': { vi: 'chưa xác định thời hạn lưu trữ', en: 'no retention period is set' },
  'retention-too-short': {
    vi: 'thời hạn lưu trữ ngắn hơn của văn bản',
    en: 'the period is shorter than a document needs',
  },
  'ends-before-start': { vi: 'ngày kết thúc trước ngày bắt đầu', en: 'it ends before it starts' },
  duplicate: { vi: 'văn bản trùng', en: 'a document comes twice' },
  'scrap-draft': { vi: 'bản thảo chưa loại ra', en: 'a draft is not removed' },
  'incomplete-document': { vi: 'thông tin văn bản chưa đủ', en: 'the data of a document are incomplete' },
} as const satisfies Record<string, Label>;

/** A fault together with the ordinals of the documents that it concerns. */
export const CLOSING_FAULT_AT_LABEL: Label = { vi: '{fault} (số {ordinals})', en: '{fault} (number {ordinals})' };

/** The checks on receipt of a submission. */
export const ACCEPTANCE_CHECK_LABELS = {
  virus: { vi: 'quét mã độc', en: 'virus scan' },
  archive: { vi: 'an toàn tệp nén', en: 'safety of archives' },
  duplicates: { vi: 'trùng lặp', en: 'duplicates' },
  structure: { vi: 'cấu trúc gói tin', en: 'structure of the package' },
  metadata: { vi: 'siêu dữ liệu', en: 'metadata' },
  formats: { vi: 'định dạng tệp', en: 'file formats' },
  signatures: { vi: 'chữ ký số', en: 'signatures' },
  accessibility: { vi: 'khả năng đọc tệp', en: 'files can be opened' },
  'retention-and-list': { vi: 'thời hạn lưu trữ và danh mục', en: 'retention and list' },
} as const satisfies Record<string, Label>;

export const ACCEPTANCE_REASON_LABELS = {
  VIRUS: { vi: 'có mã độc', en: 'malware was found' },
  NOT_SCANNED: { vi: 'chưa quét mã độc', en: 'not scanned for malware' },
  ARCHIVE: { vi: 'tệp nén không an toàn', en: 'an archive file is not safe' },
  DUPLICATE_IN_BATCH: { vi: 'trùng trong lần nộp', en: 'a duplicate in the batch' },
  DUPLICATE_EXISTING: { vi: 'đã có trong kho lưu trữ', en: 'in the archive already' },
  STRUCTURE: { vi: 'gói tin sai cấu trúc', en: 'the structure of the package is wrong' },
  MISSING_FILE: { vi: 'thiếu tệp', en: 'a file is missing' },
  EXTRA_FILE: { vi: 'thừa tệp', en: 'there is a file too many' },
  CHECKSUM: { vi: 'tệp không khớp mã băm', en: 'a file differs from its digest' },
  METADATA: { vi: 'siêu dữ liệu chưa đúng', en: 'the metadata are wrong' },
  FORMAT: { vi: 'định dạng không được phép', en: 'a format is not allowed' },
  SIGNATURE_INVALID: { vi: 'chữ ký số không hợp lệ', en: 'a signature is not valid' },
  SIGNATURE_INDETERMINATE: { vi: 'chưa xác minh được chữ ký số', en: 'a signature cannot be proved' },
  NOT_ACCESSIBLE: { vi: 'không mở được tệp', en: 'a file cannot be opened' },
  RETENTION: { vi: 'thời hạn lưu trữ chưa đúng', en: 'the retention period is wrong' },
  NOT_IN_LIST: { vi: 'hồ sơ không có trong danh mục', en: 'the dossier is not in the list' },
  INCOMPLETE: { vi: 'hồ sơ chưa đủ', en: 'the dossier is incomplete' },
} as const satisfies Record<string, Label>;

export const ARCHIVE_PACKAGE_KIND_LABELS = {
  sip: { vi: 'Gói tin nộp lưu (SIP)', en: 'Submission package (SIP)' },
  aip: { vi: 'Gói tin lưu trữ (AIP)', en: 'Archival package (AIP)' },
} as const satisfies Record<string, Label>;

/** The code of a stored reason; after a colon stands the field that it is about. */
export function acceptanceReason(reason: string): keyof typeof ACCEPTANCE_REASON_LABELS {
  const code = reason.split(':')[0] ?? '';
  return Object.hasOwn(ACCEPTANCE_REASON_LABELS, code) ? (code as keyof typeof ACCEPTANCE_REASON_LABELS) : 'INCOMPLETE';
}

export const acceptanceReasonLabel = (reason: string): Label => ACCEPTANCE_REASON_LABELS[acceptanceReason(reason)];

/** What one check of a submission came to. */
export const CHECK_OUTCOME_LABELS = {
  success: { vi: 'Đạt', en: 'Passed' },
  warning: { vi: 'Cần người xem xét', en: 'A person has to look at it' },
  fail: { vi: 'Không đạt', en: 'Failed' },
} as const satisfies Record<string, Label>;

export const RETENTION_KIND_LABELS = {
  permanent: { vi: 'Vĩnh viễn', en: 'For ever' },
  years: { vi: 'Có thời hạn', en: 'A number of years' },
} as const satisfies Record<string, Label>;
