import { defineProblem } from '@qlvb/shared-domain';

export const DocumentNotExchangeable = defineProblem({
  code: 'documents.not-exchangeable',
  kind: 'unprocessable',
  source: 'QĐ28-A10-1',
  title: { vi: 'Không gửi được qua trục liên thông', en: 'Cannot be sent over the exchange' },
  detail: {
    vi: 'Trục liên thông không nhận: {fields}. Chi tiết ở từng trường.',
    en: 'The exchange does not take: {fields}. See each field.',
  },
});
