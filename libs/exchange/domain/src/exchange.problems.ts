import { defineProblem } from '@qlvb/shared-domain';

export const DeliveryNotFound = defineProblem({
  code: 'exchange.delivery-missing',
  kind: 'not-found',
  title: { vi: 'Không có lượt gửi này', en: 'No such delivery' },
  detail: { vi: 'Không có lượt gửi này của cơ quan.', en: 'The agency has no such delivery.' },
});

export const PackageNotFound = defineProblem({
  code: 'exchange.package-missing',
  kind: 'not-found',
  title: { vi: 'Không có gói tin này', en: 'No such package' },
  detail: { vi: 'Không có gói tin này của cơ quan.', en: 'The agency has no such package.' },
});

export const PackageContentWithheld = defineProblem({
  code: 'exchange.package-content-withheld',
  kind: 'conflict',
  source: 'EX-SEC-1',
  title: { vi: 'Không xem được nội dung gói tin', en: 'Package content is withheld' },
  detail: {
    vi: 'Nội dung gói tin đã bị xóa hoặc không được chứng minh là gửi cho cơ quan này.',
    en: 'The content was erased, or nothing proves that it was meant for this agency.',
  },
});

export const DecisionNotOpen = defineProblem({
  code: 'exchange.decision-not-open',
  kind: 'conflict',
  title: { vi: 'Không thể quyết định như vậy', en: 'This decision is not open' },
  detail: {
    vi: 'Gói tin này không chờ quyết định, hoặc quyết định này không áp dụng cho lý do đang chờ.',
    en: 'The package waits for no decision, or this one does not fit the ground it waits for.',
  },
});

export const RefusalReasonMissing = defineProblem({
  code: 'exchange.refusal-reason-missing',
  kind: 'invalid',
  source: 'QĐ28-A5-4',
  title: { vi: 'Thiếu lý do từ chối', en: 'Refusing needs a reason' },
  detail: {
    vi: 'Từ chối tiếp nhận phải ghi lý do ít nhất {characters} ký tự.',
    en: 'A refusal needs a reason of at least {characters} characters.',
  },
});

export const DeliveryNotRetriable = defineProblem({
  code: 'exchange.delivery-not-retriable',
  kind: 'conflict',
  title: { vi: 'Không gửi lại được', en: 'Delivery cannot be sent again' },
  detail: {
    vi: 'Chỉ gửi lại được lượt gửi bị lỗi.',
    en: 'Only a delivery that failed can be sent again.',
  },
});

export const DeliveryNotCancellable = defineProblem({
  code: 'exchange.delivery-not-cancellable',
  kind: 'conflict',
  title: { vi: 'Không hủy được lượt gửi', en: 'Delivery cannot be cancelled' },
  detail: {
    vi: 'Chỉ hủy được lượt gửi chưa chuyển lên trục liên thông.',
    en: 'Only a delivery that has not gone out can be cancelled.',
  },
});
