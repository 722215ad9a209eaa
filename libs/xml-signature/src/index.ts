export { completeXmlSignature } from './signing/complete.ts';
export { prepareXmlSignature } from './signing/prepare.ts';
export type { PreparedXmlSignature, XmlSignatureRequest } from './signing/prepare.ts';
export { FINDINGS } from './verification/report.ts';
export type { Finding, XmlSignatureReport } from './verification/report.ts';
export { verifyXmlSignature } from './verification/verify.ts';
export type { XmlVerificationOptions } from './verification/verify.ts';
export { NotSignable, XmlSignatureValueRejected } from './xml-signature.problems.ts';
