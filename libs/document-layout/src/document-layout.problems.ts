import { defineProblem } from '@qlvb/shared-domain';

export const UnprintableCharacter = defineProblem({
  code: 'document-layout.unprintable-character',
  kind: 'unprocessable',
  source: 'NĐ30-PL1-I.4',
  title: { vi: 'Ký tự không in được', en: 'Character that cannot be printed' },
  detail: {
    vi: 'Phông chữ không có ký tự {codePoint}.',
    en: 'The font has no letter for {codePoint}.',
  },
});

export const DocumentTooLong = defineProblem({
  code: 'document-layout.document-too-long',
  kind: 'too-large',
  title: { vi: 'Văn bản quá dài', en: 'Document too long' },
  detail: { vi: 'Văn bản vượt quá {limit} trang.', en: 'The document has more than {limit} pages.' },
});

export const UnreadablePdf = defineProblem({
  code: 'document-layout.unreadable-pdf',
  kind: 'unprocessable',
  title: { vi: 'Không đọc được tệp PDF', en: 'The PDF cannot be read' },
  detail: {
    vi: 'Tệp PDF hỏng, có mật khẩu hoặc vượt giới hạn xử lý.',
    en: 'The PDF is damaged, encrypted, or exceeds the limits of the check.',
  },
});
