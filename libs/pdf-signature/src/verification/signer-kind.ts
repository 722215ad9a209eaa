import { OID } from '@qlvb/x509';
import type { Certificate } from '@qlvb/x509';
import type { SignerKind } from './report.ts';

/**
 * Whose certificate it is, from the prefix of the subject's UID as Vietnamese authorities write it: a citizen or passport
 * number for a person, a tax or agency code for an organisation; a certificate for TLS servers is neither.
 *
 * @source VN-53 a certificate is used within its scope: person, agency and server are different things
 */
export function signerKindOf(certificate: Certificate): SignerKind {
  if (certificate.extendedKeyUsages?.has(OID.serverAuth)) return 'server';
  const prefix = /^([A-ZĐ]+):/.exec(certificate.subject.get(OID.userId) ?? '')?.[1];
  if (prefix && ['CCCD', 'CMND', 'CMT', 'HC', 'BHXH'].includes(prefix)) return 'person';
  if (prefix && ['MDD', 'MST', 'MNS', 'QĐ'].includes(prefix)) return 'agency';
  return 'unknown';
}

const DOCUMENT_PURPOSES: readonly string[] = [
  OID.anyExtendedKeyUsage,
  OID.documentSigning,
  OID.adobePdfSigning,
  OID.emailProtection,
  OID.clientAuth,
];

/**
 * May the key sign documents? digitalSignature or nonRepudiation, and no extended key usage that speaks of other things only.
 *
 * @source VN-54
 */
export function maySignDocuments(certificate: Certificate): boolean {
  const usages = certificate.keyUsages;
  const purposes = certificate.extendedKeyUsages;
  const keyFits = !usages || usages.has('digitalSignature') || usages.has('nonRepudiation');
  return keyFits && !certificate.isCa && (!purposes || DOCUMENT_PURPOSES.some((purpose) => purposes.has(purpose)));
}
