import { defineProblem } from '@qlvb/shared-domain';

export const HandlingResultMissing = defineProblem({
  code: 'workflow.handling-result-missing',
  kind: 'unprocessable',
  source: 'NĐ30-A24-2',
  title: { vi: 'Chưa có kết quả giải quyết', en: 'No result of handling' },
  detail: { vi: 'Còn thiếu: {missing}.', en: 'Missing: {missing}.' },
});
