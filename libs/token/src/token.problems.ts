import { defineProblem } from '@qlvb/shared-domain';

export const WrongPin = defineProblem({
  code: 'token.wrong-pin',
  kind: 'forbidden',
  source: 'PR-33',
  title: { vi: 'Sai mã PIN', en: 'Wrong PIN' },
  detail: { vi: 'Mã PIN không đúng; còn {left} lần thử.', en: 'The PIN is wrong; {left} tries left.' },
});

export const TokenLocked = defineProblem({
  code: 'token.locked',
  kind: 'forbidden',
  source: 'PR-33',
  title: { vi: 'Thiết bị đã khóa', en: 'Token locked' },
  detail: { vi: 'Nhập sai mã PIN quá nhiều lần; thiết bị đã khóa.', en: 'Too many wrong PINs: the token is locked.' },
});

export const UnknownKey = defineProblem({
  code: 'token.unknown-key',
  kind: 'not-found',
  source: 'PR-33',
  title: { vi: 'Không có khóa này', en: 'Unknown key' },
  detail: { vi: 'Thiết bị không có khóa này.', en: 'The token holds no such key.' },
});

export const NotSignedAttributes = defineProblem({
  code: 'token.not-signed-attributes',
  kind: 'invalid',
  source: 'PR-33',
  title: { vi: 'Không phải dữ liệu ký văn bản', en: 'Not the attributes of a document signature' },
  detail: {
    vi: 'Thiết bị chỉ ký thuộc tính của chữ ký văn bản thuộc về chứng thư đã chọn.',
    en: 'The token signs only the attributes of a document signature that belong to the chosen certificate.',
  },
});
