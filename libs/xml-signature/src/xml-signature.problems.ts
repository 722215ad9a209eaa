import { defineProblem } from '@qlvb/shared-domain';

/** The document given for signing cannot carry the signature. */
export const NotSignable = defineProblem({
  code: 'xml-signature.not-signable',
  kind: 'unprocessable',
  source: 'XML-02',
  title: { vi: 'Không ký được tệp XML', en: 'XML cannot be signed' },
  detail: { vi: 'Tệp XML không ký được.', en: 'The XML document cannot be signed: {fault}.' },
});

/** What came back from the token is not a signature of the prepared bytes by the announced certificate. */
export const XmlSignatureValueRejected = defineProblem({
  code: 'xml-signature.value-rejected',
  kind: 'unprocessable',
  source: 'XML-02',
  title: { vi: 'Giá trị chữ ký không khớp', en: 'Signature value does not match' },
  detail: {
    vi: 'Giá trị chữ ký không phải của chứng thư đã chọn trên dữ liệu đã chuẩn bị.',
    en: 'The value is no signature of the prepared data by the chosen certificate.',
  },
});
