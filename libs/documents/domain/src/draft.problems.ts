import { defineProblem } from '@qlvb/shared-domain';

export const DraftIncomplete = defineProblem({
  code: 'documents.draft-incomplete',
  kind: 'unprocessable',
  source: 'NĐ30-A10-2',
  title: { vi: 'Dự thảo chưa đủ thông tin', en: 'The draft is incomplete' },
  detail: { vi: 'Còn thiếu: {missing}.', en: 'Missing: {missing}.' },
});

export const ReturnNeedsComment = defineProblem({
  code: 'documents.return-needs-comment',
  kind: 'unprocessable',
  source: 'NĐ30-A10-4',
  title: { vi: 'Trả lại phải có ý kiến', en: 'A return needs a comment' },
  detail: { vi: 'Hãy ghi ý kiến về dự thảo khi trả lại.', en: 'Say what has to change when returning a draft.' },
});
