import { defineProblem } from '@qlvb/shared-domain';

export const IncomingActNotAllowed = defineProblem({
  code: 'documents.incoming-act-not-allowed',
  kind: 'conflict',
  source: 'NĐ30-A22-1',
  title: { vi: 'Văn bản đến chưa tới hoặc đã qua bước này', en: 'The incoming document is not at this step' },
  detail: {
    vi: 'Không thể thực hiện "{act}" khi văn bản ở trạng thái "{state}".',
    en: 'Act "{act}" is not possible in state "{state}".',
  },
});
