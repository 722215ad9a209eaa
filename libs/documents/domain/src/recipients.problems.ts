import { defineProblem } from '@qlvb/shared-domain';

export const RecipientsInvalid = defineProblem({
  code: 'documents.recipients-invalid',
  kind: 'unprocessable',
  source: 'NĐ30-PL1-II.9c',
  title: { vi: 'Nơi nhận không hợp lệ', en: 'Invalid recipients' },
  detail: { vi: 'Nơi nhận không hợp lệ: {reason}.', en: 'The recipients are not acceptable: {reason}.' },
});
