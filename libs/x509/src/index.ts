export { defaultSignatureIdentifier, hash, signWith, verifySignature, weaknessOf } from './algorithms.ts';
export type { DigestName, SignatureScheme } from './algorithms.ts';
export { derOfBer } from './ber.ts';
export { Certificate } from './certificate.ts';
export type { Extension, KeyUsage } from './certificate.ts';
export {
  encodeSignedData,
  readSignedData,
  signedAttributes,
  signerCertificate,
  signerInfoVerifies,
  signingCertificateMatches,
} from './cms.ts';
export type { SignedData, SignerInfo } from './cms.ts';
export { CertificateList, issueCrl } from './crl.ts';
export type { RevokedEntry } from './crl.ts';
export { Der, TAG } from './der.ts';
export { issueCertificate } from './issue.ts';
export type { CertificateRequest, Issuer } from './issue.ts';
export { DistinguishedName } from './name.ts';
export { answerOcsp, malformedOcspRequest, OcspResponse, ocspRequest, readOcspRequest } from './ocsp.ts';
export type { OcspStatus, SingleAnswer } from './ocsp.ts';
export { OID } from './oids.ts';
export { validatePath } from './path.ts';
export type { PathFault, PathFaultCode, PathOptions, PathResult, TrustStore } from './path.ts';
export { revocationStatus } from './revocation.ts';
export type { RevocationEvidence, RevocationStatus } from './revocation.ts';
export {
  answerTimeStamp,
  readTimeStamp,
  readTimeStampRequest,
  rejectedTimeStamp,
  timeStampRequest,
  tokenOfResponse,
  validateTimeStamp,
} from './timestamp.ts';
export type { TimeStamp, TimeStampQuery } from './timestamp.ts';
export { MalformedDer, MalformedStructure, UnsupportedAlgorithm } from './x509.problems.ts';
