import type { Label } from './label.ts';

/** Why work that was done in the background was given up. */
export const JOB_FAILURE_LABELS = {
  'object-corrupt': {
    vi: 'nội dung một tệp trong kho không khớp mã băm',
    en: 'the bytes of a stored file do not match their digest',
  },
  'object-missing': { vi: 'một tệp không còn trong kho', en: 'a file is no longer in the store' },
  'store-unavailable': { vi: 'kho tệp không dùng được', en: 'the object store cannot be used' },
  'scanner-unavailable': { vi: 'phần mềm quét mã độc không trả lời', en: 'the virus scanner does not answer' },
  'file-unreadable': { vi: 'không đọc được tệp', en: 'the file cannot be read' },
  'process-died': { vi: 'tiến trình bị dừng nhiều lần', en: 'the process died several times' },
  unexpected: { vi: 'lỗi hệ thống', en: 'a fault of the system' },
} as const satisfies Record<string, Label>;

export type JobFailureReason = keyof typeof JOB_FAILURE_LABELS;

export const JOB_STATE_LABELS = {
  waiting: { vi: 'Đang chờ', en: 'Waiting' },
  running: { vi: 'Đang chạy', en: 'Running' },
  done: { vi: 'Đã xong', en: 'Done' },
  failed: { vi: 'Không thành công', en: 'Failed' },
  cancelled: { vi: 'Đã hủy', en: 'Cancelled' },
} as const satisfies Record<string, Label>;

export const JOB_UNIT_LABELS = {
  bytes: { vi: 'byte', en: 'bytes' },
  files: { vi: 'tệp', en: 'files' },
  pages: { vi: 'trang', en: 'pages' },
  agencies: { vi: 'cơ quan', en: 'agencies' },
  steps: { vi: 'bước', en: 'steps' },
} as const satisfies Record<string, Label>;
