import { INCOMING_STATE_LABELS, OUTGOING_STATE_LABELS } from './documents.ts';
import type { Label } from './label.ts';

/** Steps of the processes, as the work somebody finds on the list. */
export const TASK_STEP_LABELS = {
  check_arrival: { vi: 'Kiểm tra, tiếp nhận và đăng ký', en: 'Check, accept and register' },
  present: { vi: 'Trình người có thẩm quyền', en: 'Present to the competent leader' },
  instruct: { vi: 'Cho ý kiến chỉ đạo', en: 'Direct the handling' },
  handle: { vi: 'Chủ trì giải quyết', en: 'Lead the handling' },
  co_handle: { vi: 'Phối hợp giải quyết', en: 'Take part in the handling' },
  draft: { vi: 'Soạn thảo văn bản', en: 'Draft the document' },
  pass_on: { vi: 'Chuyển lại người soạn thảo', en: 'Pass back to the drafter' },
  check_content: { vi: 'Kiểm tra nội dung', en: 'Check the content' },
  check_layout: { vi: 'Kiểm tra thể thức', en: 'Check the layout' },
  sign: { vi: 'Duyệt và ký văn bản', en: 'Approve and sign' },
  number: { vi: 'Cấp số, ngày và vào sổ', en: 'Give number and date, enter in the register' },
  agency_sign: { vi: 'Ký số của cơ quan', en: 'Apply the agency signature' },
  issue: { vi: 'Phát hành văn bản', en: 'Issue the document' },
} as const satisfies Record<string, Label>;

export const TASK_STATE_LABELS = {
  open: { vi: 'Chưa bắt đầu', en: 'Open' },
  in_progress: { vi: 'Đang xử lý', en: 'In progress' },
  completed: { vi: 'Đã hoàn thành', en: 'Completed' },
  closed: { vi: 'Đã khép lại', en: 'Closed' },
} as const satisfies Record<string, Label>;

export const TASK_ACT_LABELS = {
  start: { vi: 'Bắt đầu xử lý', en: 'Start' },
  complete: { vi: 'Hoàn thành', en: 'Complete' },
  close: { vi: 'Khép lại', en: 'Close' },
  remind: { vi: 'Đôn đốc', en: 'Remind' },
} as const satisfies Record<string, Label>;

/** Who acts on a task. */
export const TASK_ACTOR_LABELS = {
  assignee: { vi: 'người được giao', en: 'the assignee' },
  process: { vi: 'hệ thống', en: 'the system' },
  follow_up: { vi: 'người giao việc hoặc theo dõi', en: 'whoever gave the work or follows it' },
} as const satisfies Record<string, Label>;

export const TASK_VIEW_LABELS = {
  mine: { vi: 'Việc của tôi', en: 'My tasks' },
  followed: { vi: 'Việc tôi theo dõi', en: 'Tasks that I follow' },
} as const satisfies Record<string, Label>;

export const NOTIFICATION_SEVERITY_LABELS = {
  info: { vi: 'Để biết', en: 'Information' },
  warning: { vi: 'Cần chú ý', en: 'Warning' },
  critical: { vi: 'Cần xử lý ngay', en: 'Critical' },
} as const satisfies Record<string, Label>;

export const PROCESS_LABELS = {
  'outgoing-document': { vi: 'Soạn thảo, ký, ban hành văn bản đi', en: 'Drafting, signing and issuing a document' },
  'incoming-document': { vi: 'Tiếp nhận và giải quyết văn bản đến', en: 'Receiving and handling a document' },
} as const satisfies Record<string, Label>;

/** States of both processes: those of the documents, and one that only the process knows. */
export const PROCESS_STATE_LABELS = {
  ...INCOMING_STATE_LABELS,
  ...OUTGOING_STATE_LABELS,
  returned: { vi: 'Bị trả lại', en: 'Returned' },
} as const satisfies Record<string, Label>;

/** Who has the task of a step: a person whom the document names, or whoever holds the role. */
export const PROCESS_ROLE_LABELS = {
  drafter: { vi: 'Người soạn thảo', en: 'Drafter' },
  unit_head: { vi: 'Người đứng đầu đơn vị', en: 'Head of unit' },
  layout_checker: { vi: 'Người kiểm tra thể thức', en: 'Layout checker' },
  signer: { vi: 'Người ký', en: 'Signer' },
  clerk: { vi: 'Văn thư', en: 'Clerk' },
  leader: { vi: 'Lãnh đạo cơ quan', en: 'Leader' },
} as const satisfies Record<string, Label>;

/** What moves a process from one state to the next. */
export const PROCESS_TRIGGER_LABELS = {
  accepted: { vi: 'Đã tiếp nhận', en: 'Accepted' },
  rejected: { vi: 'Đã từ chối', en: 'Refused' },
  presented: { vi: 'Đã trình', en: 'Presented' },
  instructed: { vi: 'Đã có ý kiến chỉ đạo', en: 'Directed' },
  handling_started: { vi: 'Đã bắt đầu giải quyết', en: 'Handling began' },
  handling_completed: { vi: 'Đã giải quyết xong', en: 'Handling finished' },
  draft_revised: { vi: 'Đã sửa dự thảo', en: 'Draft changed' },
  draft_submitted: { vi: 'Đã trình dự thảo', en: 'Draft handed in' },
  content_approved: { vi: 'Đã duyệt nội dung', en: 'Content approved' },
  layout_approved: { vi: 'Đã duyệt thể thức', en: 'Layout approved' },
  draft_returned: { vi: 'Đã trả lại dự thảo', en: 'Draft returned' },
  passed_to_drafter: { vi: 'Đã chuyển lại người soạn thảo', en: 'Passed back to the drafter' },
  personally_signed: { vi: 'Người ký đã ký', en: 'Signed by the signer' },
  registered: { vi: 'Đã cấp số', en: 'Numbered' },
  reopened: { vi: 'Đã mở lại để sửa văn bản đã cấp số', en: 'Opened again to correct what was numbered' },
  agency_signed: { vi: 'Đã ký số của cơ quan', en: 'Signed by the agency' },
  issued: { vi: 'Đã phát hành', en: 'Issued' },
  cancelled: { vi: 'Đã hủy', en: 'Cancelled' },
} as const satisfies Record<string, Label>;

/** By which rule a task is due. */
export const DUE_RULE_LABELS = {
  'working-days': { vi: 'Sau một số ngày làm việc', en: 'After a number of working days' },
  issue: { vi: 'Theo hạn phát hành', en: 'When the document has to be issued' },
  presentation: { vi: 'Theo hạn trình', en: 'When the document has to be presented' },
} as const satisfies Record<string, Label>;

/** What a notification is about. */
export const NOTIFICATION_SUBJECT_LABELS = {
  task: { vi: 'Công việc', en: 'Task' },
  document: { vi: 'Văn bản', en: 'Document' },
  submission: { vi: 'Hồ sơ nộp lưu', en: 'Submission to the archive' },
  'received-package': { vi: 'Gói tin đến', en: 'Received package' },
  agency: { vi: 'Cơ quan', en: 'Agency' },
  'agency-proposal': { vi: 'Đề nghị về cơ quan', en: 'Proposal about an agency' },
  'account-proposal': { vi: 'Đề nghị về tài khoản', en: 'Account proposal' },
  other: { vi: 'Nội dung khác', en: 'Something else' },
} as const satisfies Record<string, Label>;
