import { defineProblem } from '@qlvb/shared-domain';

export const AttachmentNotFound = defineProblem({
  code: 'documents.attachment-missing',
  kind: 'not-found',
  title: { vi: 'Không có tệp đính kèm này', en: 'No such attachment' },
  detail: { vi: 'Văn bản không có tệp đính kèm này.', en: 'The document has no such attachment.' },
});

export const FileAttachedAlready = defineProblem({
  code: 'documents.file-attached-already',
  kind: 'conflict',
  title: { vi: 'Tệp đã có trong văn bản', en: 'File already in the document' },
  detail: { vi: 'Tệp thay thế đã có trong văn bản.', en: 'The file is part of the document already.' },
});

export const ReplacementNotOpen = defineProblem({
  code: 'documents.replacement-not-open',
  kind: 'conflict',
  title: { vi: 'Không có đề nghị thay tệp', en: 'Nothing to decide' },
  detail: {
    vi: 'Không có đề nghị thay tệp đính kèm nào chờ quyết định.',
    en: 'No proposal to replace an attachment waits for a decision.',
  },
});
