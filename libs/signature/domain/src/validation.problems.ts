import { defineProblem } from '@qlvb/shared-domain';

export const ValidationNotFound = defineProblem({
  code: 'signature.validation-missing',
  kind: 'not-found',
  title: { vi: 'Không có báo cáo này', en: 'No such report' },
  detail: { vi: 'Không có báo cáo kiểm tra này.', en: 'There is no such validation report.' },
});
