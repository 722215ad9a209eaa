import { defineProblem } from '@qlvb/shared-domain';

export const RefusalInvalid = defineProblem({
  code: 'documents.refusal-invalid',
  kind: 'unprocessable',
  source: 'QĐ28-A5-4',
  title: { vi: 'Lý do từ chối không hợp lệ', en: 'Invalid refusal' },
  detail: { vi: 'Lý do từ chối không hợp lệ: {reason}.', en: 'The refusal is not acceptable: {reason}.' },
});
