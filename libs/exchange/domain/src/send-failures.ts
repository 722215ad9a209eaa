/** Why a package did not go out, as its sender sees it; stable. */
export const SEND_FAILURES = {
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
  'technical-fault': { vi: 'Lỗi kỹ thuật khi gửi', en: 'a technical fault while sending' },
} as const;
export type SendFailure = keyof typeof SEND_FAILURES;
export const SEND_FAILURE_CODES = Object.keys(SEND_FAILURES) as [SendFailure, ...SendFailure[]];
