import { defineProblem } from '@qlvb/shared-domain';

export const BadRetention = defineProblem({
  code: 'archive.bad-retention',
  kind: 'invalid',
  source: 'LAW-7',
  title: { vi: 'Thời hạn lưu trữ không hợp lệ', en: 'The retention period is not valid' },
  detail: {
    vi: 'Thời hạn lưu trữ là vĩnh viễn hoặc từ 1 đến 70 năm.',
    en: 'A retention period is permanent or 1 to 70 years.',
  },
});

export const RetentionTooShort = defineProblem({
  code: 'archive.retention-too-short',
  kind: 'unprocessable',
  source: 'LAW-6',
  title: { vi: 'Thời hạn lưu trữ quá ngắn', en: 'The retention period is too short' },
  detail: {
    vi: 'Thời hạn {chosen} ngắn hơn thời hạn bắt buộc {least}.',
    en: 'The period {chosen} is shorter than the required {least}.',
  },
});
