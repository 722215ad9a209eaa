import type { Label } from './label.ts';

/** Where a delivery stands: in words the sender's own steps, in digits what the recipient reports (EX-ST-1, EX-ST-4). */
export const DELIVERY_STATUS_LABELS = {
  queued: { vi: 'Chờ gửi', en: 'Queued' },
  sent: { vi: 'Đã gửi lên trục', en: 'Sent' },
  send_failed: { vi: 'Gửi không thành công', en: 'Could not be sent' },
  cancelled: { vi: 'Đã thôi gửi', en: 'Cancelled' },
  '01': { vi: 'Đã đến', en: 'Arrived' },
  '02': { vi: 'Bị từ chối tiếp nhận', en: 'Refused' },
  '03': { vi: 'Đã tiếp nhận', en: 'Accepted' },
  '04': { vi: 'Đã phân công xử lý', en: 'Assigned' },
  '05': { vi: 'Đang xử lý', en: 'In progress' },
  '06': { vi: 'Đã hoàn thành', en: 'Completed' },
  '13': { vi: 'Yêu cầu lấy lại', en: 'Asked back' },
  '15': { vi: 'Đồng ý lấy lại hoặc cập nhật', en: 'Agreed to a change' },
  '16': { vi: 'Từ chối lấy lại hoặc cập nhật', en: 'Refused a change' },
} as const satisfies Record<string, Label>;

/** Why a package did not go out, as its sender sees it. */
export const SEND_FAILURE_LABELS = {
  'recipient-not-on-axis': {
    vi: 'Nơi nhận không có trên trục liên thông',
    en: 'the recipient is not on the exchange',
  },
  'state-secret': { vi: 'Nội dung có dấu hiệu bí mật nhà nước', en: 'the content bears a mark of state secret' },
  'package-invalid': {
    vi: 'Thông tin văn bản không ghi được vào gói tin',
    en: 'the document cannot be written as a package',
  },
  'package-too-large': { vi: 'Gói tin vượt dung lượng cho phép', en: 'the package is too large' },
  'file-unavailable': { vi: 'Không đọc được tệp của văn bản', en: 'a file of the document cannot be read' },
  'receipt-missing': {
    vi: 'Trục liên thông chưa xác nhận đã nhận gói tin',
    en: 'the exchange has not confirmed that it took the package',
  },
  'technical-fault': { vi: 'Lỗi kỹ thuật khi gửi', en: 'a technical fault while sending' },
} as const satisfies Record<string, Label>;

export const PACKAGE_KIND_LABELS = {
  document: { vi: 'Văn bản', en: 'Document' },
  status: { vi: 'Trạng thái', en: 'Status' },
  unreadable: { vi: 'Không đọc được', en: 'Unreadable' },
} as const satisfies Record<string, Label>;

export const RECEIVED_STATE_LABELS = {
  received: { vi: 'Mới nhận', en: 'Received' },
  interpreting: { vi: 'Đang đọc', en: 'Being read' },
  registered: { vi: 'Đã chuyển thành văn bản đến', en: 'Announced as a document' },
  applied: { vi: 'Đã ghi nhận trạng thái', en: 'Status taken over' },
  waiting: { vi: 'Chờ văn thư quyết định', en: 'Waits for the clerk' },
  refused: { vi: 'Đã từ chối', en: 'Refused' },
  discarded: { vi: 'Đã bỏ qua', en: 'Discarded' },
  erased: { vi: 'Đã xóa nội dung', en: 'Erased' },
} as const satisfies Record<string, Label>;

/** Why a package waits for a person. */
export const DESK_GROUND_LABELS = {
  'recall-asked': { vi: 'Bên gửi yêu cầu thu hồi văn bản', en: 'The sender recalls a document' },
  'update-sent': { vi: 'Bên gửi cập nhật văn bản đã gửi', en: 'The sender updates a document' },
  'replacement-sent': { vi: 'Bên gửi thay thế văn bản', en: 'The sender replaces a document' },
  'business-unknown': { vi: 'Loại nghiệp vụ của gói tin không xác định', en: 'The business type is unknown' },
  ambiguous: { vi: 'Gói tin có thể hiểu theo nhiều cách', en: 'The package can be read in more than one way' },
  'too-long': { vi: 'Thông tin trong gói tin dài quá mức đăng ký được', en: 'Values are too long to be registered' },
  'interpretation-failed': { vi: 'Chưa đọc được gói tin do lỗi xử lý', en: 'Interpreting the package failed' },
  'process-died': {
    vi: 'Hệ thống đã ngừng giữa chừng khi đọc gói tin này',
    en: 'The process died while it read the package',
  },
  'package-unreadable': { vi: 'Không đọc được nội dung gói tin', en: 'The package cannot be read' },
  'package-too-costly': { vi: 'Đọc gói tin tốn quá nhiều tài nguyên', en: 'Reading the package costs too much' },
  'digest-differs': {
    vi: 'Nội dung gói tin không khớp mã băm do trục báo',
    en: 'The content is not what the axis announced',
  },
  'size-differs': { vi: 'Dung lượng gói tin không khớp số do trục báo', en: 'The size is not what the axis announced' },
  'credentials-differ': {
    vi: 'Bên chuyển gói tin không phải đơn vị gửi ghi trên trục',
    en: 'Who handed the package over is not the sender that the axis names',
  },
  'sender-not-on-axis': {
    vi: 'Đơn vị gửi ghi trong gói tin khác đơn vị gửi trên trục',
    en: 'The package names another sender than the axis',
  },
  'not-addressed-to-recipient': {
    vi: 'Gói tin không ghi cơ quan này là nơi nhận',
    en: 'The package is addressed to others',
  },
  'status-unknown': { vi: 'Mã trạng thái không xác định', en: 'The status code is unknown' },
  'status-unmatched': {
    vi: 'Không xác định được văn bản mà trạng thái nói đến',
    en: 'Nothing tells which document the status speaks of',
  },
  'status-not-entitled': {
    vi: 'Đơn vị phản hồi không phải nơi nhận của văn bản',
    en: 'Who reports did not get the document',
  },
  'take-back-asked': { vi: 'Bên gửi yêu cầu lấy lại văn bản', en: 'The sender asks for a document back' },
  'change-answered': {
    vi: 'Nơi nhận trả lời yêu cầu lấy lại, cập nhật',
    en: 'The recipient answers a recall or update',
  },
  'secrecy-mark': {
    vi: 'Gói tin có dấu hiệu bí mật nhà nước, đã xóa',
    en: 'The package bore a mark of state secret and was erased',
  },
} as const satisfies Record<string, Label>;

/** What went wrong while a package was read, by the code of the fault where it has one. */
export const PACKAGE_PROBLEM_LABELS = {
  'storage.object-missing': { vi: 'Gói tin không còn trong kho tệp', en: 'The package is no longer in the store' },
  'storage.object-corrupt': { vi: 'Gói tin trong kho tệp đã bị hỏng', en: 'The package in the store is damaged' },
  'storage.unavailable': { vi: 'Kho tệp tạm ngừng', en: 'The object store is not available' },
  'storage.file-too-large': { vi: 'Gói tin vượt dung lượng cho phép', en: 'The package is too large' },
  'edxml.not-xml': { vi: 'Gói tin không chứa nội dung XML', en: 'The package holds no XML' },
  'edxml.not-utf8': { vi: 'Gói tin không được mã hóa bằng UTF-8', en: 'The package is not encoded in UTF-8' },
  'edxml.doctype-refused': {
    vi: 'Gói tin có khai báo không được phép',
    en: 'The package declares a DOCTYPE or entities',
  },
  'edxml.not-well-formed': { vi: 'Gói tin không đúng cú pháp XML', en: 'The package is not well-formed XML' },
  'edxml.truncated': { vi: 'Gói tin kết thúc giữa chừng', en: 'The package is cut off' },
  'edxml.limit-exceeded': { vi: 'Gói tin vượt giới hạn xử lý của hệ thống', en: 'The package exceeds a limit' },
  'edxml.header-missing': { vi: 'Gói tin không có phần tiêu đề', en: 'The package has no header' },
  unreadable: { vi: 'Nội dung không đúng định dạng gói tin edXML', en: 'The content is no edXML package' },
  'too-costly': { vi: 'Gói tin vượt giới hạn xử lý của hệ thống', en: 'Reading the package exceeds a limit' },
  'technical-fault': { vi: 'Lỗi kỹ thuật khi đọc gói tin', en: 'A technical fault while reading the package' },
} as const satisfies Record<string, Label>;

/** Who gave a package to its channel, where that is no agency known here. */
export const HANDED_OVER_BY_OTHERS: Label = {
  vi: 'Bên không có trong danh mục cơ quan',
  en: 'Nobody of the catalogue',
};

export const DESK_DECISION_LABELS = {
  'take-as-new': { vi: 'Nhận như văn bản mới', en: 'Take as new' },
  'interpret-again': { vi: 'Đọc lại gói tin', en: 'Read again' },
  refuse: { vi: 'Từ chối, trả lại nơi gửi', en: 'Refuse' },
  discard: { vi: 'Bỏ qua', en: 'Discard' },
} as const satisfies Record<string, Label>;

export const FINDING_SEVERITY_LABELS = {
  note: { vi: 'Ghi nhận', en: 'Note' },
  warning: { vi: 'Cảnh báo', en: 'Warning' },
  fault: { vi: 'Lỗi', en: 'Fault' },
} as const satisfies Record<string, Label>;

/** Ways by which packages come. */
export const CHANNEL_LABELS = {
  'axis-queue': { vi: 'Trục liên thông', en: 'Exchange axis' },
  other: { vi: 'Kênh khác', en: 'Another channel' },
} as const satisfies Record<string, Label>;
