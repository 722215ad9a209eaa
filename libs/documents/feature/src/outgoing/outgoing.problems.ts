import { defineProblem } from '@qlvb/shared-domain';

export const OutgoingNotFound = defineProblem({
  code: 'documents.outgoing-missing',
  kind: 'not-found',
  title: { vi: 'Không có văn bản này', en: 'No such document' },
  detail: { vi: 'Không có văn bản đi này trong cơ quan.', en: 'There is no such outgoing document in the agency.' },
});

export const FileChecksBusy = defineProblem({
  code: 'documents.file-checks-busy',
  kind: 'unavailable',
  title: { vi: 'Đang kiểm tra nhiều tệp', en: 'Too many file checks at once' },
  detail: {
    vi: 'Đang có nhiều tệp chờ kiểm tra trước khi ký số; hãy thử lại sau ít giây.',
    en: 'Many files wait to be checked before signing; try again in a few seconds.',
  },
});

export const SymbolNotComposable = defineProblem({
  code: 'documents.symbol-not-composable',
  kind: 'unprocessable',
  source: 'NĐ30-PL1-II.3b-3',
  title: { vi: 'Không lập được ký hiệu', en: 'No symbol can be composed' },
  detail: {
    vi: 'Chữ viết tắt "{issuer}" hoặc "{unit}" không dùng được trong ký hiệu; hãy sửa trong danh mục của cơ quan.',
    en: 'The abbreviation "{issuer}" or "{unit}" cannot stand in a symbol; correct it in the catalogue of the agency.',
  },
});
