import { defineProblem } from '@qlvb/shared-domain';

export const NotVerifiedYet = defineProblem({
  code: 'documents.not-verified-yet',
  kind: 'conflict',
  source: 'NĐ30-A21-1',
  title: { vi: 'Chưa kiểm tra văn bản đến', en: 'Not verified yet' },
  detail: {
    vi: 'Phải có kết quả kiểm tra tính đầy đủ, toàn vẹn, xác thực trước khi tiếp nhận.',
    en: 'Completeness, integrity and authenticity are checked before acceptance.',
  },
});

export const NotAcceptable = defineProblem({
  code: 'documents.not-acceptable',
  kind: 'conflict',
  source: 'NĐ30-A21-2',
  title: { vi: 'Văn bản phải được trả lại nơi gửi', en: 'The document must be returned to its sender' },
  detail: {
    vi: 'Văn bản không đạt kiểm tra ({grounds}); phải từ chối và trả lại nơi gửi.',
    en: 'The document failed its checks ({grounds}) and has to be refused.',
  },
});
