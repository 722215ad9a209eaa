import { defineProblem } from '@qlvb/shared-domain';
import type { ProblemDeclaration, ProblemFactory } from '@qlvb/shared-domain';

const statuses = new Map<string, number>();

/** A problem of HTTP itself whose status no kind of domain error has. */
function httpProblem(status: number, declaration: ProblemDeclaration): ProblemFactory {
  statuses.set(declaration.code, status);
  return defineProblem(declaration);
}

/** The status a code carries of its own, beside those that follow from the kind. */
export const ownStatus = (code: string): number | undefined => statuses.get(code);

export const InputInvalid = defineProblem({
  code: 'http.input-invalid',
  kind: 'invalid',
  title: { vi: 'Dữ liệu gửi lên không hợp lệ', en: 'Input not valid' },
  detail: {
    vi: 'Dữ liệu gửi lên có {count} lỗi; xem danh sách lỗi.',
    en: 'The input has faults ({count}); see the list of errors.',
  },
});

export const BodyMalformed = defineProblem({
  code: 'http.body-malformed',
  kind: 'invalid',
  title: { vi: 'Nội dung không đọc được', en: 'Body cannot be read' },
  detail: {
    vi: 'Nội dung không phải JSON hợp lệ theo RFC 8259 (UTF-8, không trùng khóa).',
    en: 'The body is not valid JSON by RFC 8259 (UTF-8, no duplicate keys).',
  },
});

export const BodyTooDeep = defineProblem({
  code: 'http.body-too-deep',
  kind: 'invalid',
  title: { vi: 'Nội dung quá phức tạp', en: 'Body too complex' },
  detail: {
    vi: 'Nội dung lồng quá {depth} cấp hoặc có quá {values} giá trị.',
    en: 'The body nests deeper than {depth} levels or holds more than {values} values.',
  },
});

export const BodyTooLarge = defineProblem({
  code: 'http.body-too-large',
  kind: 'too-large',
  title: { vi: 'Nội dung quá lớn', en: 'Body too large' },
  detail: { vi: 'Nội dung vượt quá {limit} byte.', en: 'The body exceeds {limit} bytes.' },
});

export const BodyTimeout = defineProblem({
  code: 'http.body-timeout',
  kind: 'timeout',
  title: { vi: 'Gửi nội dung quá chậm', en: 'Body sent too slowly' },
  detail: {
    vi: 'Nội dung yêu cầu không đến đủ trong thời gian cho phép.',
    en: 'The body did not arrive within the time allowed.',
  },
});

export const RequestAborted = defineProblem({
  code: 'http.request-aborted',
  kind: 'invalid',
  title: { vi: 'Yêu cầu bị ngắt', en: 'Request aborted' },
  detail: {
    vi: 'Kết nối bị ngắt trước khi nhận đủ yêu cầu.',
    en: 'The connection ended before the whole request arrived.',
  },
});

export const MediaTypeUnsupported = defineProblem({
  code: 'http.media-type-unsupported',
  kind: 'unsupported-media-type',
  title: { vi: 'Kiểu nội dung không được hỗ trợ', en: 'Media type not supported' },
  detail: { vi: 'Thao tác này nhận: {accepted}.', en: 'This operation takes: {accepted}.' },
});

export const RouteNotFound = defineProblem({
  code: 'http.route-unknown',
  kind: 'not-found',
  title: { vi: 'Không có địa chỉ này', en: 'No such address' },
  detail: { vi: 'Địa chỉ được gọi không tồn tại.', en: 'The address that was called does not exist.' },
});

export const MethodNotAllowed = httpProblem(405, {
  code: 'http.method-not-allowed',
  kind: 'invalid',
  title: { vi: 'Phương thức không được phép', en: 'Method not allowed' },
  detail: { vi: 'Địa chỉ này chỉ nhận: {allow}.', en: 'This address takes only: {allow}.' },
});

export const RequestMalformed = defineProblem({
  code: 'http.request-malformed',
  kind: 'invalid',
  title: { vi: 'Yêu cầu sai cú pháp', en: 'Malformed request' },
  detail: {
    vi: 'Yêu cầu không đúng cú pháp HTTP hoặc địa chỉ mã hóa sai.',
    en: 'The request breaks the syntax of HTTP or its address is wrongly encoded.',
  },
});

export const PathTooLong = httpProblem(414, {
  code: 'http.path-too-long',
  kind: 'invalid',
  title: { vi: 'Địa chỉ quá dài', en: 'Address too long' },
  detail: { vi: 'Một phần của địa chỉ quá dài.', en: 'A part of the address is too long.' },
});

export const HeadersTooLarge = httpProblem(431, {
  code: 'http.headers-too-large',
  kind: 'too-large',
  title: { vi: 'Phần đầu yêu cầu quá lớn', en: 'Headers too large' },
  detail: { vi: 'Phần đầu của yêu cầu quá lớn.', en: 'The headers of the request are too large.' },
});

export const RequestTimeout = defineProblem({
  code: 'http.request-timeout',
  kind: 'timeout',
  title: { vi: 'Yêu cầu gửi quá chậm', en: 'Request sent too slowly' },
  detail: {
    vi: 'Yêu cầu không đến đủ trong thời gian cho phép.',
    en: 'The request did not arrive within the time allowed.',
  },
});

export const HandlingTimeout = defineProblem({
  code: 'http.handling-timeout',
  kind: 'unavailable',
  title: { vi: 'Xử lý quá lâu', en: 'Handling took too long' },
  detail: {
    vi: 'Hệ thống chưa xử lý xong trong thời gian cho phép; hãy gửi lại với cùng Idempotency-Key.',
    en: 'The platform did not finish in time; send the request again with the same Idempotency-Key.',
  },
});

export const ServiceBusy = defineProblem({
  code: 'http.service-unavailable',
  kind: 'unavailable',
  title: { vi: 'Dịch vụ tạm ngừng', en: 'Service unavailable' },
  detail: { vi: 'Dịch vụ đang tạm ngừng; hãy thử lại sau.', en: 'The service is unavailable; try again later.' },
});

export const Unexpected = defineProblem({
  code: 'http.unexpected',
  kind: 'internal',
  title: { vi: 'Lỗi hệ thống', en: 'Internal error' },
  detail: {
    vi: 'Hệ thống gặp lỗi ngoài dự kiến; hãy báo quản trị viên kèm mã theo dõi.',
    en: 'The platform met an unexpected error; report it with the trace id.',
  },
});

export const RangeNotSatisfiable = httpProblem(416, {
  code: 'http.range-not-satisfiable',
  kind: 'invalid',
  title: { vi: 'Khoảng byte không hợp lệ', en: 'Range not satisfiable' },
  detail: { vi: 'Tệp chỉ có {size} byte.', en: 'The size of the file in bytes is {size}.' },
});

export const IdempotencyKeyMissing = defineProblem({
  code: 'http.idempotency-key-missing',
  kind: 'invalid',
  title: { vi: 'Thiếu Idempotency-Key', en: 'Idempotency-Key missing' },
  detail: {
    vi: 'Thao tác này cần đầu mục Idempotency-Key (16 đến 128 ký tự ASCII nhìn thấy được).',
    en: 'This operation needs the header Idempotency-Key (16 to 128 visible ASCII characters).',
  },
});

export const VersionRequired = defineProblem({
  code: 'http.version-required',
  kind: 'precondition-required',
  title: { vi: 'Thiếu phiên bản', en: 'Version required' },
  detail: {
    vi: 'Thao tác này cần đầu mục If-Match với ETag vừa đọc (không nhận *).',
    en: 'This operation needs the header If-Match with the ETag last read (not *).',
  },
});

export const CursorInvalid = defineProblem({
  code: 'http.cursor-invalid',
  kind: 'invalid',
  title: { vi: 'Vị trí trang không hợp lệ', en: 'Cursor not valid' },
  detail: {
    vi: 'Vị trí trang không thuộc danh sách này; hãy đọc lại từ trang đầu.',
    en: 'The cursor does not belong to this list; start again from the first page.',
  },
});

export const BodyUnexpected = defineProblem({
  code: 'http.body-unexpected',
  kind: 'invalid',
  title: { vi: 'Không nhận nội dung', en: 'Body not expected' },
  detail: { vi: 'Thao tác này không nhận nội dung.', en: 'This operation takes no body.' },
});
