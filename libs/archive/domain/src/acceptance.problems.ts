import { defineProblem } from '@qlvb/shared-domain';

export const ChecksNotPassed = defineProblem({
  code: 'archive.checks-not-passed',
  kind: 'unprocessable',
  source: 'SUB-13',
  title: { vi: 'Hồ sơ không đạt kiểm tra', en: 'The dossier did not pass its checks' },
  detail: { vi: 'Không đạt: {reasons}.', en: 'Failed: {reasons}.' },
});

export const ChecksMissing = defineProblem({
  code: 'archive.checks-missing',
  kind: 'conflict',
  source: 'SUB-20',
  title: { vi: 'Chưa kiểm tra đủ', en: 'Checks are missing' },
  detail: { vi: 'Chưa có kết quả: {checks}.', en: 'No result yet for: {checks}.' },
});
