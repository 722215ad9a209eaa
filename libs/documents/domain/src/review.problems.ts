import { defineProblem } from '@qlvb/shared-domain';

export const ContentNotChecked = defineProblem({
  code: 'documents.content-not-checked',
  kind: 'conflict',
  source: 'NĐ30-A12-1',
  title: { vi: 'Chưa kiểm tra nội dung', en: 'Content not checked' },
  detail: {
    vi: 'Phiên bản {version} chưa được người đứng đầu đơn vị soạn thảo kiểm tra nội dung.',
    en: 'The head of the drafting unit has not approved the content of version {version}.',
  },
});

export const LayoutNotChecked = defineProblem({
  code: 'documents.layout-not-checked',
  kind: 'conflict',
  source: 'NĐ30-A12-2',
  title: { vi: 'Chưa kiểm tra thể thức', en: 'Layout not checked' },
  detail: {
    vi: 'Phiên bản {version} chưa được kiểm tra thể thức và kỹ thuật trình bày.',
    en: 'The layout of version {version} has not been approved.',
  },
});
