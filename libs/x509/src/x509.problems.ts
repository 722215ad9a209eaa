import { defineProblem } from '@qlvb/shared-domain';

/** Bytes that should be DER are not. */
export const MalformedDer = defineProblem({
  code: 'x509.malformed-der',
  kind: 'unprocessable',
  source: 'VN-78',
  title: { vi: 'Dữ liệu ASN.1 hỏng', en: 'Malformed ASN.1' },
  detail: { vi: 'Dữ liệu ASN.1 không đúng quy tắc DER.', en: 'The ASN.1 data is not valid DER: {fault}.' },
});

/** A structure is DER but not what the standard describes. */
export const MalformedStructure = defineProblem({
  code: 'x509.malformed-structure',
  kind: 'unprocessable',
  source: 'VN-78',
  title: { vi: 'Cấu trúc không hợp lệ', en: 'Malformed structure' },
  detail: { vi: 'Dữ liệu chứng thư hoặc chữ ký không đúng cấu trúc.', en: '{structure} is malformed: {fault}.' },
});

/** A signature or digest algorithm that the rules in force do not allow, or that is unknown. */
export const UnsupportedAlgorithm = defineProblem({
  code: 'x509.unsupported-algorithm',
  kind: 'unprocessable',
  source: 'VN-52',
  title: { vi: 'Thuật toán không được hỗ trợ', en: 'Unsupported algorithm' },
  detail: { vi: 'Thuật toán {algorithm} không được hỗ trợ.', en: 'The algorithm {algorithm} is not supported.' },
});
