import { defineProblem } from '@qlvb/shared-domain';

export const AnchorMissing = defineProblem({
  code: 'pdf-signature.anchor-missing',
  kind: 'unprocessable',
  source: 'VN-10',
  title: { vi: 'Không tìm thấy vị trí ký', en: 'No place for the signature' },
  detail: {
    vi: 'Văn bản không có vị trí ký {anchor}; hãy chỉ rõ vị trí hình ảnh chữ ký.',
    en: 'The document has no signature anchor {anchor}; give the rectangle of the signature picture.',
  },
});

export const FieldNotFillable = defineProblem({
  code: 'pdf-signature.field-not-fillable',
  kind: 'conflict',
  source: 'PR-22',
  title: { vi: 'Không điền được trường', en: 'Field cannot be filled' },
  detail: {
    vi: 'Trường {field} không có, không phải trường chữ, đã bị khóa hoặc đã có nội dung.',
    en: 'The field {field} is missing, is no text field, is locked or already has a value.',
  },
});

export const FieldNameTaken = defineProblem({
  code: 'pdf-signature.field-name-taken',
  kind: 'conflict',
  source: 'PAD-05',
  title: { vi: 'Trường chữ ký đã có', en: 'Signature field exists' },
  detail: { vi: 'Văn bản đã có trường {field}.', en: 'The document already has a field {field}.' },
});

export const BadPicture = defineProblem({
  code: 'pdf-signature.bad-picture',
  kind: 'invalid',
  source: 'VN-18',
  title: { vi: 'Hình ảnh chữ ký không hợp lệ', en: 'Unusable signature picture' },
  detail: { vi: 'Hình ảnh chữ ký không dùng được: {reason}.', en: 'The signature picture cannot be used: {reason}.' },
});

export const TextNotDrawable = defineProblem({
  code: 'pdf-signature.text-not-drawable',
  kind: 'invalid',
  source: 'VN-22',
  title: { vi: 'Ký tự không có trong phông chữ', en: 'Character missing in the font' },
  detail: { vi: 'Phông chữ không có ký tự {character}.', en: 'The font has no glyph for {character}.' },
});

export const SignatureValueRejected = defineProblem({
  code: 'pdf-signature.signature-value-rejected',
  kind: 'unprocessable',
  source: 'PR-06',
  title: { vi: 'Giá trị chữ ký không đúng', en: 'Signature value rejected' },
  detail: {
    vi: 'Giá trị chữ ký không khớp với chứng thư đã chuẩn bị.',
    en: 'The signature value does not verify with the certificate that was prepared.',
  },
});

export const TimeStampRejected = defineProblem({
  code: 'pdf-signature.time-stamp-rejected',
  kind: 'unprocessable',
  source: 'PR-10',
  title: { vi: 'Dấu thời gian không đúng', en: 'Time stamp rejected' },
  detail: { vi: 'Dấu thời gian không thuộc về chữ ký này.', en: 'The time stamp does not belong to this signature.' },
});

export const PlaceholderTooSmall = defineProblem({
  code: 'pdf-signature.placeholder-too-small',
  kind: 'conflict',
  source: 'PR-09',
  title: { vi: 'Vùng dành cho chữ ký quá nhỏ', en: 'Placeholder too small' },
  detail: {
    vi: 'Chữ ký cần {needed} byte nhưng chỉ dành {reserved} byte; cần chuẩn bị lại.',
    en: 'The signature needs {needed} bytes, {reserved} were reserved; prepare again.',
  },
});

export const UnsafeEmbedding = defineProblem({
  code: 'pdf-signature.unsafe-embedding',
  kind: 'internal',
  source: 'PR-12',
  title: { vi: 'Tệp đã ký không qua kiểm tra', en: 'Signed file failed its own check' },
  detail: {
    vi: 'Tệp sau khi ký không qua tự kiểm tra.',
    en: 'The signed file failed its own check: {fault}.',
  },
});
