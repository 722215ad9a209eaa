import { defineProblem } from '@qlvb/shared-domain';

export const NotForSubmission = defineProblem({
  code: 'archive.not-for-submission',
  kind: 'unprocessable',
  source: 'NĐ30-A31-2',
  title: { vi: 'Hồ sơ không thuộc diện nộp lưu', en: 'The dossier is not to be submitted' },
  detail: {
    vi: 'Chỉ nộp lưu hồ sơ có thời hạn lưu trữ từ 5 năm trở lên.',
    en: 'Only dossiers kept for five years or more are submitted.',
  },
});
