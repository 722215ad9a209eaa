import { defineProblem } from '@qlvb/shared-domain';

export const IdempotencyKeyReused = defineProblem({
  code: 'idempotency.key-reused',
  kind: 'unprocessable',
  title: { vi: 'Khóa chống lặp đã dùng cho yêu cầu khác', en: 'Idempotency key used for another request' },
  detail: {
    vi: 'Idempotency-Key này đã được dùng cho một yêu cầu có nội dung khác; hãy dùng khóa mới.',
    en: 'This Idempotency-Key was used for a request with other content; use a new key.',
  },
});

export const IdempotencyInFlight = defineProblem({
  code: 'idempotency.in-flight',
  kind: 'conflict',
  title: { vi: 'Yêu cầu đang được xử lý', en: 'Request still being processed' },
  detail: {
    vi: 'Yêu cầu cùng Idempotency-Key đang được xử lý; hãy gửi lại sau giây lát.',
    en: 'A request with this Idempotency-Key is still being processed; send it again in a moment.',
  },
});

export const VersionStale = defineProblem({
  code: 'resource.version-stale',
  kind: 'precondition-failed',
  title: { vi: 'Dữ liệu đã thay đổi', en: 'The resource has changed' },
  detail: {
    vi: 'Dữ liệu đã được người khác thay đổi sau lần đọc của bạn (phiên bản hiện tại {version}); hãy đọc lại.',
    en: 'The resource changed after you read it (current version {version}); read it again.',
  },
});

export const NoAgencyInContext = defineProblem({
  code: 'database.no-agency',
  kind: 'forbidden',
  title: { vi: 'Thiếu cơ quan', en: 'No agency' },
  detail: { vi: 'Thao tác này cần một cơ quan.', en: 'This operation needs an agency.' },
});
