import { generateKeyPairSync } from 'node:crypto';
import { issueCertificate, OID } from '../index.ts';
import type { CertificateRequest, Issuer } from '../index.ts';

const TEN_DAYS_MS = 10 * 24 * 3600 * 1000;

/** Makes certificates of P-256 keys, valid ten days before and after a moment; self-signed without an issuer. */
export const certificatesAround =
  (at: Date) =>
  (commonName: string, more: Partial<CertificateRequest> = {}, issuer?: Issuer): Issuer => {
    const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const request: CertificateRequest = {
      subject: [
        [OID.countryName, 'VN'],
        [OID.commonName, commonName],
      ],
      publicKey,
      notBefore: new Date(at.getTime() - TEN_DAYS_MS),
      notAfter: new Date(at.getTime() + TEN_DAYS_MS),
      keyUsages: ['digitalSignature'],
      ...more,
    };
    return { certificate: issueCertificate(request, issuer ?? { privateKey }), privateKey };
  };
