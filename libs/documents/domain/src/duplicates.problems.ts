import { defineProblem } from '@qlvb/shared-domain';

export const DuplicateNotConfirmed = defineProblem({
  code: 'documents.duplicate-not-confirmed',
  kind: 'conflict',
  source: 'NĐ30-PL6-F1h',
  title: { vi: 'Văn bản có thể bị trùng', en: 'Possible duplicate' },
  detail: {
    vi: 'Văn bản trùng với văn bản đến số {arrivalNumber}; văn thư phải xác nhận hoặc từ chối.',
    en: 'It equals arrival number {arrivalNumber}; the clerk confirms it or refuses it.',
  },
});
