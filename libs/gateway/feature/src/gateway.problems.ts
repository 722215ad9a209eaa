import { defineProblem } from '@qlvb/shared-domain';

export const HostNotFound = defineProblem({
  code: 'gateway.host-unknown',
  kind: 'not-found',
  source: 'DOM-20',
  title: { vi: 'Không có tên miền này', en: 'Unknown host' },
  detail: {
    vi: 'Tên miền truy cập không thuộc cơ quan nào của hệ thống.',
    en: 'The host name belongs to no agency of the system.',
  },
});

export const HostMisdirected = defineProblem({
  code: 'gateway.host-misdirected',
  kind: 'misdirected',
  source: 'DOM-20',
  title: { vi: 'Tên miền không hợp lệ', en: 'Malformed host' },
  detail: {
    vi: 'Tên miền trong yêu cầu không phải của hệ thống; hãy kiểm tra lại địa chỉ.',
    en: 'The host named in the request is none of this system; check the address.',
  },
});

export const WrongHost = defineProblem({
  code: 'gateway.wrong-host',
  kind: 'forbidden',
  source: 'DOM-23',
  title: { vi: 'Sai tên miền cơ quan', en: 'Wrong host' },
  detail: {
    vi: 'Tài khoản không thuộc cơ quan của tên miền này; hãy dùng {host}.',
    en: 'The account does not belong to the agency of this host; use {host}.',
  },
});

export const ResourceNotFound = defineProblem({
  code: 'gateway.resource-unknown',
  kind: 'not-found',
  title: { vi: 'Không có địa chỉ này', en: 'No such address' },
  detail: { vi: 'Không có tài nguyên tại địa chỉ này.', en: 'There is no resource at this address.' },
});

export const ServiceUnavailable = defineProblem({
  code: 'gateway.service-unavailable',
  kind: 'unavailable',
  title: { vi: 'Dịch vụ tạm ngừng', en: 'Service unavailable' },
  detail: {
    vi: 'Một phần của hệ thống tạm thời không trả lời; hãy gửi lại với cùng Idempotency-Key.',
    en: 'The service {service} does not answer at the moment; send again with the same Idempotency-Key.',
  },
});

export const TooManyRequests = defineProblem({
  code: 'gateway.too-many-requests',
  kind: 'too-many-requests',
  source: 'SEC-S06',
  title: { vi: 'Quá nhiều yêu cầu', en: 'Too many requests' },
  detail: {
    vi: 'Quá nhiều yêu cầu; hãy thử lại sau {seconds} giây.',
    en: 'Too many requests; try again in {seconds} s.',
  },
});
