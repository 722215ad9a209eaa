import { defineProblem } from '@qlvb/shared-domain';

export const CorrectionNotOpen = defineProblem({
  code: 'documents.correction-not-open',
  kind: 'conflict',
  title: { vi: 'Không có đề nghị sửa lại văn bản', en: 'Nothing to decide' },
  detail: {
    vi: 'Không có đề nghị sửa lại tệp văn bản chính nào chờ quyết định.',
    en: 'No proposal to correct the main file waits for a decision.',
  },
});

export const NumberBindsDraft = defineProblem({
  code: 'documents.number-binds-draft',
  kind: 'conflict',
  source: 'EX-NUM-3',
  title: { vi: 'Văn bản đã có số', en: 'The document has its number' },
  detail: {
    vi: 'Số đã cấp gắn với nội dung đã vào sổ, nên không đổi được: {fields}. Hãy giữ nguyên, hoặc hủy số và soạn văn bản khác.',
    en: 'The number belongs to what was registered, so that these stay as they are: {fields}. Keep them, or cancel the number and draft another document.',
  },
});
