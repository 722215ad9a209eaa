import { defineProblem } from '@qlvb/shared-domain';

export const LayoutNotReported = defineProblem({
  code: 'documents.layout-not-reported',
  kind: 'conflict',
  source: 'NĐ30-A12-2',
  title: { vi: 'Chưa có kết quả kiểm tra thể thức', en: 'No layout report' },
  detail: {
    vi: 'Phiên bản {version} chưa có kết quả kiểm tra thể thức bằng máy (hiện nay: {state}). Hãy yêu cầu kiểm tra và xem kết quả trước khi duyệt, hoặc trả lại dự thảo.',
    en: 'There is no report on the layout of version {version} (now: {state}). Ask for one and look at it before you approve, or return the draft.',
  },
});

export const LayoutFindingsUnanswered = defineProblem({
  code: 'documents.layout-findings-unanswered',
  kind: 'unprocessable',
  source: 'NĐ30-A12-2',
  title: { vi: 'Chưa nêu lý do duyệt', en: 'No reason given' },
  detail: {
    vi: 'Kết quả kiểm tra thể thức bằng máy có {count} nhận xét. Hãy ghi lý do vẫn duyệt, hoặc trả lại dự thảo.',
    en: 'The layout report has {count} findings. Say why the layout is approved all the same, or return the draft.',
  },
});
