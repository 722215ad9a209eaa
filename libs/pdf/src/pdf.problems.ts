import { defineProblem } from '@qlvb/shared-domain';

export const MalformedPdf = defineProblem({
  code: 'pdf-signature.malformed-pdf',
  kind: 'unprocessable',
  source: 'VER-02',
  title: { vi: 'Tệp PDF hỏng', en: 'Malformed PDF' },
  detail: { vi: 'Tệp PDF không đọc được.', en: 'The PDF cannot be read: {fault}.' },
});

export const PdfTooComplex = defineProblem({
  code: 'pdf-signature.pdf-too-complex',
  kind: 'unprocessable',
  source: 'VER-07',
  title: { vi: 'Tệp PDF vượt giới hạn xử lý', en: 'PDF exceeds the limits' },
  detail: { vi: 'Tệp PDF quá lớn hoặc quá phức tạp để xử lý.', en: 'The PDF exceeds a processing limit ({limit}).' },
});

export const EncryptedPdf = defineProblem({
  code: 'pdf-signature.encrypted-pdf',
  kind: 'unprocessable',
  title: { vi: 'Tệp PDF có mật khẩu', en: 'Encrypted PDF' },
  detail: {
    vi: 'Tệp PDF được mã hóa nên không thể ký hoặc kiểm tra.',
    en: 'The PDF is encrypted: it cannot be signed or verified.',
  },
});
