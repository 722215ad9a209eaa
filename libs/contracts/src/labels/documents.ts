import type { Label } from './label.ts';

export const OUTGOING_STATE_LABELS = {
  drafting: { vi: 'Đang soạn thảo', en: 'Drafting' },
  unit_review: { vi: 'Chờ kiểm tra nội dung', en: 'Content check' },
  layout_check: { vi: 'Chờ kiểm tra thể thức', en: 'Layout check' },
  awaiting_signature: { vi: 'Chờ ký', en: 'Awaiting signature' },
  signed: { vi: 'Đã ký, chờ cấp số', en: 'Signed' },
  numbered: { vi: 'Đã cấp số, chờ ký số của cơ quan', en: 'Numbered' },
  agency_signed: { vi: 'Chờ phát hành', en: 'Signed by the agency' },
  issued: { vi: 'Đã phát hành', en: 'Issued' },
  cancelled: { vi: 'Đã hủy', en: 'Cancelled' },
} as const satisfies Record<string, Label>;

export const OUTGOING_ACT_LABELS = {
  revise: { vi: 'Sửa dự thảo', en: 'Revise the draft' },
  submit: { vi: 'Trình dự thảo', en: 'Submit the draft' },
  approve_content: { vi: 'Kiểm tra nội dung', en: 'Approve the content' },
  approve_layout: { vi: 'Kiểm tra thể thức', en: 'Approve the layout' },
  return: { vi: 'Trả lại', en: 'Return' },
  sign: { vi: 'Ký', en: 'Sign' },
  number: { vi: 'Cấp số', en: 'Number' },
  propose_replacement: { vi: 'Đề nghị thay tệp đính kèm', en: 'Propose another attachment' },
  decide_replacement: { vi: 'Quyết định thay tệp đính kèm', en: 'Decide on another attachment' },
  propose_correction: { vi: 'Đề nghị sửa lại tệp văn bản, giữ số', en: 'Propose to correct the main file' },
  approve_correction: { vi: 'Đồng ý sửa lại tệp văn bản', en: 'Approve the correction' },
  refuse_correction: { vi: 'Không đồng ý sửa lại tệp văn bản', en: 'Refuse the correction' },
  cancel_number: { vi: 'Hủy số', en: 'Cancel the number' },
  agency_sign: { vi: 'Ký số của cơ quan', en: 'Apply the agency signature' },
  issue: { vi: 'Phát hành', en: 'Issue' },
  cancel: { vi: 'Hủy dự thảo', en: 'Cancel the draft' },
} as const satisfies Record<string, Label>;

/** Capacities of a person on one outgoing document. */
export const OUTGOING_ROLE_LABELS = {
  drafter: { vi: 'người soạn thảo', en: 'drafter' },
  unit_head: { vi: 'người đứng đầu đơn vị', en: 'head of the unit' },
  layout_checker: { vi: 'người kiểm tra thể thức', en: 'layout checker' },
  signer: { vi: 'người ký', en: 'signer' },
  clerk: { vi: 'văn thư', en: 'clerk' },
} as const satisfies Record<string, Label>;

export const INCOMING_STATE_LABELS = {
  arrived: { vi: 'Mới đến', en: 'Arrived' },
  rejected: { vi: 'Đã trả lại', en: 'Refused' },
  accepted: { vi: 'Đã tiếp nhận', en: 'Accepted' },
  presented: { vi: 'Đã trình', en: 'Presented' },
  assigned: { vi: 'Đã phân công', en: 'Assigned' },
  in_progress: { vi: 'Đang giải quyết', en: 'In progress' },
  completed: { vi: 'Đã hoàn thành', en: 'Completed' },
} as const satisfies Record<string, Label>;

export const INCOMING_ACT_LABELS = {
  accept: { vi: 'Tiếp nhận', en: 'Accept' },
  reject: { vi: 'Từ chối tiếp nhận', en: 'Refuse' },
  present: { vi: 'Trình', en: 'Present' },
  assign: { vi: 'Phân công', en: 'Assign' },
  start: { vi: 'Bắt đầu giải quyết', en: 'Begin the handling' },
  complete: { vi: 'Hoàn thành', en: 'Complete' },
} as const satisfies Record<string, Label>;

/** Capacities of a person on one incoming document. */
export const INCOMING_ROLE_LABELS = {
  clerk: { vi: 'văn thư', en: 'clerk' },
  leader: { vi: 'lãnh đạo', en: 'leader' },
  handler: { vi: 'người giải quyết', en: 'handler' },
} as const satisfies Record<string, Label>;

/** How a signature is made on behalf of whom, as a draft names it. */
export const COMPETENCE_LABELS = {
  none: { vi: 'Người đứng đầu tự ký', en: 'The head signs' },
  TM: { vi: 'TM. (thay mặt tập thể)', en: 'On behalf of the body' },
  Q: { vi: 'Q. (quyền cấp trưởng)', en: 'Acting head' },
  KT: { vi: 'KT. (ký thay cấp trưởng)', en: 'For the head' },
  TL: { vi: 'TL. (thừa lệnh)', en: 'By order' },
  TUQ: { vi: 'TUQ. (thừa ủy quyền)', en: 'By authority' },
} as const satisfies Record<string, Label>;

export const SIGNING_CAPACITY_LABELS = {
  own: { vi: 'Ký với tư cách người đứng đầu', en: 'As the head' },
  acting: { vi: 'Quyền người đứng đầu', en: 'As acting head' },
  for_head: { vi: 'Ký thay', en: 'For the head' },
  by_order: { vi: 'Thừa lệnh', en: 'By order' },
  by_authority: { vi: 'Thừa ủy quyền', en: 'By authority' },
} as const satisfies Record<string, Label>;

export const REVIEW_ASPECT_LABELS = {
  content: { vi: 'Kiểm tra nội dung', en: 'Content check' },
  layout: { vi: 'Kiểm tra thể thức', en: 'Layout check' },
} as const satisfies Record<string, Label>;

export const REVIEW_OUTCOME_LABELS = {
  passed: { vi: 'Đạt', en: 'Passed' },
  returned: { vi: 'Trả lại', en: 'Returned' },
} as const satisfies Record<string, Label>;

export const URGENCY_LABELS = {
  normal: { vi: 'Thường', en: 'Normal' },
  urgent: { vi: 'Khẩn', en: 'Urgent' },
  veryUrgent: { vi: 'Thượng khẩn', en: 'Very urgent' },
  flash: { vi: 'Hỏa tốc', en: 'Flash' },
} as const satisfies Record<string, Label>;

/** Grounds on which a document is turned away, as its sender is told. */
export const REFUSAL_GROUND_LABELS = {
  WRONG_RECIPIENT: { vi: 'Gửi sai nơi nhận hoặc không thuộc thẩm quyền', en: 'Wrong recipient or not competent' },
  NOT_AUTHENTIC: { vi: 'Không xác thực được chữ ký số', en: 'Signature not authentic' },
  NOT_INTACT: { vi: 'Văn bản không toàn vẹn', en: 'Document not intact' },
  INCOMPLETE: { vi: 'Thiếu tệp, trang hoặc dữ liệu', en: 'Files, pages or data are missing' },
  BAD_FORMAT: { vi: 'Sai định dạng hoặc thể thức', en: 'Wrong format or layout' },
  DUPLICATE: { vi: 'Văn bản đã nhận', en: 'Document received before' },
  STATE_SECRET: { vi: 'Nội dung bí mật nhà nước', en: 'State secret' },
  MALWARE: { vi: 'Có nguy cơ mất an toàn thông tin', en: 'Danger to information security' },
  OTHER: { vi: 'Lý do khác', en: 'Other reason' },
} as const satisfies Record<string, Label>;

/** Why a document is not authentic, or cannot be shown to be whole. */
export const VERIFICATION_REASON_LABELS = {
  signature_missing: { vi: 'Thiếu chữ ký số', en: 'A signature is missing' },
  signature_invalid: { vi: 'Chữ ký số không hợp lệ', en: 'A signature is not valid' },
  signature_unproven: { vi: 'Chưa xác minh được chữ ký số', en: 'A signature cannot be proved' },
  seal_of_another_agency: { vi: 'Chữ ký số của cơ quan khác', en: 'The seal is of another agency' },
  seal_not_over_signature: {
    vi: 'Chữ ký số của cơ quan không xác nhận chữ ký của người ký',
    en: 'The seal does not stand over a signature of the agency’s own person',
  },
  signer_differs: { vi: 'Người ký khác người được nêu tên', en: 'Somebody else signed than the one named' },
  signer_unproven: {
    vi: 'Chưa xác định được người ký có đúng là người của cơ quan gửi',
    en: 'It is not known whether the signer is of the sending agency',
  },
  integrity_broken: { vi: 'Nội dung đã bị thay đổi', en: 'The content was changed' },
  file_unreadable: { vi: 'Không đọc được tệp', en: 'A file cannot be read' },
  integrity_unproven: { vi: 'Chưa xác minh được tính toàn vẹn', en: 'Integrity cannot be proved' },
} as const satisfies Record<string, Label>;

export const LEGAL_VALUE_LABELS = {
  binding: { vi: 'Có giá trị như bản gốc giấy', en: 'Replaces the paper original' },
  reference: { vi: 'Để tham khảo', en: 'For information only' },
} as const satisfies Record<string, Label>;

export const FILE_ROLE_LABELS = {
  main: { vi: 'Văn bản chính', en: 'Main file' },
  attachment: { vi: 'Tệp đính kèm', en: 'Attachment' },
} as const satisfies Record<string, Label>;

/** What became of a proposal to replace an attachment of a numbered document. */
/** What the register says of a numbered document beside its number. */
export const NUMBERED_PART_LABELS = {
  documentType: { vi: 'tên loại', en: 'the kind of document' },
  isNormative: { vi: 'tính chất quy phạm pháp luật', en: 'whether it is normative' },
  subject: { vi: 'trích yếu', en: 'the subject' },
  leadUnitId: { vi: 'đơn vị chủ trì soạn thảo', en: 'the lead unit' },
  signerPostId: { vi: 'người ký', en: 'the signer' },
  competence: { vi: 'thẩm quyền ký', en: 'the capacity of the signer' },
  field: { vi: 'lĩnh vực', en: 'the field of work' },
  signerTitle: { vi: 'chức vụ in trên văn bản', en: 'the title printed' },
} as const satisfies Record<string, Label>;

export const REPLACEMENT_OUTCOME_LABELS = {
  open: { vi: 'Chờ người ký quyết định', en: 'Waits for the signer' },
  approved: { vi: 'Đồng ý', en: 'Approved' },
  refused: { vi: 'Không đồng ý', en: 'Refused' },
  lapsed: { vi: 'Không còn hiệu lực', en: 'Lapsed' },
} as const satisfies Record<string, Label>;

export const EARLIER_SIGNATURES_LABELS = {
  none: { vi: 'Tệp không có chữ ký số sẵn', en: 'The file brings no signature' },
  intact: { vi: 'Nội dung đã ký còn nguyên vẹn', en: 'What was signed is unchanged' },
  unknown: {
    vi: 'Chưa xác định được nội dung đã ký có còn nguyên vẹn hay không',
    en: 'Whether what was signed is unchanged cannot be told',
  },
} as const satisfies Record<string, Label>;

export const VIRUS_SCAN_LABELS = {
  clean: { vi: 'Không có mã độc', en: 'Clean' },
  not_scanned: { vi: 'Chưa quét mã độc', en: 'Not scanned' },
} as const satisfies Record<string, Label>;

/** The 29 kinds of administrative documents (NĐ30-A7). */
export const DOCUMENT_KIND_LABELS = {
  resolution: { vi: 'Nghị quyết', en: 'Resolution' },
  decision: { vi: 'Quyết định', en: 'Decision' },
  directive: { vi: 'Chỉ thị', en: 'Directive' },
  regulation: { vi: 'Quy chế', en: 'Regulation' },
  rules: { vi: 'Quy định', en: 'Rules' },
  communique: { vi: 'Thông cáo', en: 'Communiqué' },
  notice: { vi: 'Thông báo', en: 'Notice' },
  guidance: { vi: 'Hướng dẫn', en: 'Guidance' },
  programme: { vi: 'Chương trình', en: 'Programme' },
  plan: { vi: 'Kế hoạch', en: 'Plan' },
  scheme_option: { vi: 'Phương án', en: 'Option' },
  scheme: { vi: 'Đề án', en: 'Scheme' },
  project: { vi: 'Dự án', en: 'Project' },
  report: { vi: 'Báo cáo', en: 'Report' },
  minutes: { vi: 'Biên bản', en: 'Minutes' },
  submission: { vi: 'Tờ trình', en: 'Submission' },
  contract: { vi: 'Hợp đồng', en: 'Contract' },
  official_letter: { vi: 'Công văn', en: 'Official letter' },
  telegram: { vi: 'Công điện', en: 'Telegram' },
  memorandum: { vi: 'Bản ghi nhớ', en: 'Memorandum' },
  agreement: { vi: 'Bản thỏa thuận', en: 'Agreement' },
  authorisation: { vi: 'Giấy ủy quyền', en: 'Authorisation' },
  invitation: { vi: 'Giấy mời', en: 'Invitation' },
  introduction: { vi: 'Giấy giới thiệu', en: 'Letter of introduction' },
  leave_permit: { vi: 'Giấy nghỉ phép', en: 'Leave permit' },
  dispatch_slip: { vi: 'Phiếu gửi', en: 'Dispatch slip' },
  transfer_slip: { vi: 'Phiếu chuyển', en: 'Transfer slip' },
  notification_slip: { vi: 'Phiếu báo', en: 'Notification slip' },
  official_note: { vi: 'Thư công', en: 'Official note' },
} as const satisfies Record<string, Label>;

/** What an outgoing document says of itself, as far as somebody has to fill it in. */
export const DRAFT_PART_LABELS = {
  assignedBy: { vi: 'người giao soạn thảo', en: 'who ordered the draft' },
  leadUnitId: { vi: 'đơn vị chủ trì soạn thảo', en: 'the lead unit' },
  drafterId: { vi: 'người soạn thảo', en: 'the drafter' },
  kind: { vi: 'tên loại', en: 'the kind of document' },
  subject: { vi: 'trích yếu', en: 'the subject' },
  urgency: { vi: 'độ khẩn', en: 'the urgency' },
  notSecret: { vi: 'xác nhận không thuộc bí mật nhà nước', en: 'the statement that it is no state secret' },
  signerId: { vi: 'người ký', en: 'the signer' },
  mainFile: { vi: 'tệp văn bản chính', en: 'the main file' },
  agencyName: { vi: 'tên cơ quan ban hành', en: 'the name of the issuing agency' },
  placeOfIssue: { vi: 'địa danh', en: 'the place of issue' },
  signerName: { vi: 'họ tên người ký', en: 'the name of the signer' },
  signerPosition: { vi: 'chức vụ người ký', en: 'the post of the signer' },
  codeNotation: { vi: 'ký hiệu văn bản', en: 'the symbol' },
  fileName: { vi: 'tên tệp', en: 'the name of a file' },
  recipientName: { vi: 'tên nơi nhận', en: 'the name of a recipient' },
  explanation: { vi: 'lời giải thích', en: 'the explanation' },
} as const satisfies Record<string, Label>;

export const DIRECTION_LABELS = {
  outgoing: { vi: 'Văn bản đi', en: 'Outgoing' },
  incoming: { vi: 'Văn bản đến', en: 'Incoming' },
} as const satisfies Record<string, Label>;

export const LIST_ORDER_LABELS = {
  newest: { vi: 'Mới nhất trước', en: 'Newest first' },
  oldest: { vi: 'Cũ nhất trước', en: 'Oldest first' },
  due: { vi: 'Đến hạn trước', en: 'Due first' },
} as const satisfies Record<string, Label>;

export const LAYOUT_SEVERITY_LABELS = {
  error: { vi: 'Lỗi', en: 'Error' },
  warning: { vi: 'Cảnh báo', en: 'Warning' },
} as const satisfies Record<string, Label>;
