import { defineProblem } from '@qlvb/shared-domain';

export const RevocationUnknown = defineProblem({
  code: 'signature.revocation-unknown',
  kind: 'unavailable',
  source: 'VN-51',
  title: { vi: 'Chưa biết tình trạng thu hồi', en: 'Revocation status unknown' },
  detail: {
    vi: 'Tổ chức chứng thực chưa trả lời chứng thư có bị thu hồi hay không; hãy thử lại.',
    en: 'The authority does not say whether the certificate is revoked; try again.',
  },
});

export const CertificateNotFound = defineProblem({
  code: 'signature.certificate-missing',
  kind: 'not-found',
  title: { vi: 'Không có chứng thư này', en: 'No such certificate' },
  detail: { vi: 'Không có chứng thư chữ ký số này của bạn.', en: 'There is no such certificate of yours.' },
});

export const CertificateUnusable = defineProblem({
  code: 'signature.certificate-unusable',
  kind: 'unprocessable',
  source: 'VN-30',
  title: { vi: 'Chứng thư không dùng được', en: 'Certificate cannot be used' },
  detail: { vi: 'Chứng thư chữ ký số không dùng được: {reason}.', en: 'The certificate cannot be used: {reason}.' },
});

/** @source VN-05 */
export const CertificateOfAnotherHolder = defineProblem({
  code: 'signature.certificate-of-another-holder',
  kind: 'unprocessable',
  source: 'VN-05',
  title: { vi: 'Chứng thư của người khác', en: 'Certificate of another holder' },
  detail: {
    vi: 'Chứng thư được cấp cho “{subject}”, không phải cho “{holder}”; mỗi chứng thư chỉ dùng cho đúng người được cấp.',
    en: 'The certificate was issued to “{subject}”, not to “{holder}”; a certificate is used by its own holder alone.',
  },
});
