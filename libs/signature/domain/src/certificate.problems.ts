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

/** @source VN-05 */
export const CertificateOfAnotherNumber = defineProblem({
  code: 'signature.certificate-of-another-number',
  kind: 'unprocessable',
  source: 'VN-05',
  title: { vi: 'Chứng thư của người khác', en: 'Certificate of another person' },
  detail: {
    vi: 'Chứng thư ghi đúng họ tên “{holder}” nhưng số căn cước công dân trong chứng thư không phải của người này: chứng thư được cấp cho người khác cùng họ tên, hoặc số trong tài khoản cần được đổi.',
    en: 'The certificate bears the name “{holder}” but not the citizen number of this person: it was issued to somebody else of the same name, or the number of the account is to be changed.',
  },
});

/** @source VN-05 */
export const CertificateWithoutNumber = defineProblem({
  code: 'signature.certificate-without-number',
  kind: 'unprocessable',
  source: 'VN-05',
  title: { vi: 'Chứng thư không ghi số căn cước', en: 'Certificate without citizen number' },
  detail: {
    vi: 'Chứng thư không ghi số căn cước công dân nên không xác định được có phải của “{holder}” hay không; hãy đề nghị tổ chức chứng thực cấp lại chứng thư có ghi số này.',
    en: 'The certificate bears no citizen number, so it is not known whether it is the one of “{holder}”; ask the authority for a certificate that bears it.',
  },
});

/** @source VN-05 */
export const HolderNotToldYet = defineProblem({
  code: 'signature.holder-not-told-yet',
  kind: 'unavailable',
  source: 'VN-05',
  title: { vi: 'Chưa đối chiếu được người sở hữu', en: 'Holder cannot be compared yet' },
  detail: {
    vi: 'Chưa nhận được dữ liệu để đối chiếu số căn cước công dân của người sở hữu; hãy thử lại sau ít phút.',
    en: 'What the citizen number of the holder is compared with has not arrived yet; try again in a few minutes.',
  },
});
