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
