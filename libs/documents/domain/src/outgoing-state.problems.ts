import { defineProblem } from '@qlvb/shared-domain';

export const OutgoingActNotAllowed = defineProblem({
  code: 'documents.outgoing-act-not-allowed',
  kind: 'conflict',
  source: 'NĐ30-A14-1',
  title: { vi: 'Văn bản đi chưa tới hoặc đã qua bước này', en: 'The outgoing document is not at this step' },
  detail: {
    vi: 'Không thể thực hiện "{act}" khi văn bản ở trạng thái "{state}".',
    en: 'Act "{act}" is not possible in state "{state}".',
  },
});
