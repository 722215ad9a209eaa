import { defineProblem } from '@qlvb/shared-domain';

export const NotSignable = defineProblem({
  code: 'signature.not-signable',
  kind: 'conflict',
  source: 'VN-02',
  title: { vi: 'Văn bản chưa đến bước ký', en: 'The document is not at this step' },
  detail: {
    vi: 'Văn bản chưa đến bước này: ký cá nhân sau kiểm tra thể thức, ký cơ quan sau khi cấp số.',
    en: 'The document is not at this step: persons sign after the layout check, the agency after numbering.',
  },
});

export const NotTheSigner = defineProblem({
  code: 'signature.not-the-signer',
  kind: 'forbidden',
  source: 'NĐ30-A13-5',
  title: { vi: 'Không phải người ký', en: 'Not the signer' },
  detail: { vi: 'Chỉ {signer} được ký văn bản này.', en: 'Only {signer} signs this document.' },
});

export const NotTheClerk = defineProblem({
  code: 'signature.not-the-clerk',
  kind: 'forbidden',
  source: 'VN-03',
  title: { vi: 'Không phải văn thư', en: 'Not the clerk' },
  detail: {
    vi: 'Chữ ký của cơ quan do văn thư cơ quan trực tiếp thực hiện.',
    en: "The agency's signature is made by its clerk in person.",
  },
});

export const PersonalSignatureInvalid = defineProblem({
  code: 'signature.personal-signature-invalid',
  kind: 'conflict',
  source: 'VN-02',
  title: { vi: 'Chưa có chữ ký hợp lệ của người có thẩm quyền', en: 'No valid signature of the competent person' },
  detail: {
    vi: 'Cơ quan chỉ ký văn bản đã có chữ ký hợp lệ của {signer}: {reasons}.',
    en: 'The agency signs only what {signer} has validly signed: {reasons}.',
  },
});

export const DocumentNotFound = defineProblem({
  code: 'signature.document-missing',
  kind: 'not-found',
  title: { vi: 'Không có văn bản này', en: 'No such document' },
  detail: {
    vi: 'Không có văn bản này chờ ký trong cơ quan.',
    en: 'No such document awaits a signature in the agency.',
  },
});

export const SessionNotFound = defineProblem({
  code: 'signature.session-missing',
  kind: 'not-found',
  title: { vi: 'Không có phiên ký này', en: 'No such signing session' },
  detail: { vi: 'Không có phiên ký này của bạn.', en: 'There is no such signing session of yours.' },
});

export const SessionOver = defineProblem({
  code: 'signature.session-over',
  kind: 'conflict',
  source: 'PR-07',
  title: { vi: 'Phiên ký đã kết thúc', en: 'Signing session over' },
  detail: {
    vi: 'Phiên ký đã hết hạn, đã hoàn thành hoặc bị phiên khác thay thế; hãy mở phiên mới.',
    en: 'The session expired, is completed or was replaced; open a new one.',
  },
});

export const SignatureValuesMissing = defineProblem({
  code: 'signature.values-missing',
  kind: 'unprocessable',
  title: { vi: 'Thiếu giá trị chữ ký', en: 'Signature values missing' },
  detail: {
    vi: 'Phải có đúng một giá trị chữ ký cho mỗi tệp của phiên ký.',
    en: 'There must be exactly one signature value for each file of the session.',
  },
});
