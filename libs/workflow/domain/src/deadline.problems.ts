import { defineProblem } from '@qlvb/shared-domain';

export const DeadlineNotAcceptable = defineProblem({
  code: 'workflow.deadline-not-acceptable',
  kind: 'unprocessable',
  source: 'NĐ30-A23-3',
  title: { vi: 'Thời hạn không hợp lệ', en: 'Deadline not acceptable' },
  detail: { vi: 'Thời hạn không hợp lệ: {reason}.', en: 'The deadline is not acceptable: {reason}.' },
});
