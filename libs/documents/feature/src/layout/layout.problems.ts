import { defineProblem } from '@qlvb/shared-domain';

export const LayoutReportNotFound = defineProblem({
  code: 'documents.layout-report-missing',
  kind: 'not-found',
  title: { vi: 'Không có kết quả kiểm tra này', en: 'No such layout report' },
  detail: {
    vi: 'Không có kết quả kiểm tra thể thức này của văn bản.',
    en: 'The document has no such layout report.',
  },
});
