import type { CertificateSubject } from '@qlvb/signature-domain';
import { OID } from '@qlvb/x509';
import type { Certificate } from '@qlvb/x509';

/** What a certificate says of its holder, as the rule compares it. */
export const subjectOf = ({ subject }: Certificate): CertificateSubject => ({
  commonName: subject.get(OID.commonName),
  organizations: subject.attributes
    .filter(({ type }) => type === OID.organizationName || type === OID.organizationalUnitName)
    .map(({ value }) => value),
  uid: subject.get(OID.userId),
});

/** Common name and organisation; never the UID, which holds the citizen number. @source CID-22 */
export const nameOf = (certificate: Certificate): string =>
  [...new Set([certificate.subject.get(OID.commonName), certificate.subject.get(OID.organizationName)])]
    .filter((part) => part !== undefined)
    .join(', ');
