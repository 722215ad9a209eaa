import { randomBytes } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { defaultSignatureIdentifier, hash, signWith } from './algorithms.ts';
import { Certificate } from './certificate.ts';
import type { KeyUsage } from './certificate.ts';
import {
  bitString,
  boolean,
  context,
  Der,
  der,
  integer,
  namedBits,
  nothing,
  octets,
  oid,
  sequence,
  time,
} from './der.ts';
import { encodeName } from './name.ts';
import { OID } from './oids.ts';

export interface Issuer {
  readonly certificate: Certificate;
  readonly privateKey: KeyObject;
}

export interface CertificateRequest {
  /** Attributes of the subject, outermost first. */
  readonly subject: readonly (readonly [type: string, value: string])[];
  readonly publicKey: KeyObject;
  readonly notBefore: Date;
  readonly notAfter: Date;
  readonly keyUsages: readonly KeyUsage[];
  readonly extendedKeyUsages?: readonly string[];
  readonly ca?: { readonly pathLength?: number };
  readonly policies?: readonly string[];
  readonly ocspUrl?: string;
  readonly caIssuersUrl?: string;
  readonly crlUrl?: string;
  readonly ocspNoCheck?: boolean;
}

const BITS: Readonly<Record<KeyUsage, number>> = {
  digitalSignature: 0,
  nonRepudiation: 1,
  keyEncipherment: 2,
  dataEncipherment: 3,
  keyAgreement: 4,
  keyCertSign: 5,
  cRLSign: 6,
  encipherOnly: 7,
  decipherOnly: 8,
};

const extension = (id: string, critical: boolean, value: Uint8Array): Uint8Array =>
  sequence(oid(id), ...(critical ? [boolean(true)] : []), octets(value));

const uri = (text: string): Uint8Array => der(0x86, Buffer.from(text));

/** SHA-1 of the key bits, the usual key identifier (RFC 5280 4.2.1.2 method 1; an identifier, not a security check). */
const keyIdentifier = (publicKey: KeyObject): Uint8Array =>
  hash('sha1', Der.parse(publicKey.export({ format: 'der', type: 'spki' })).at(1).bits);

/** Signs `tbs` the way certificates, CRLs and OCSP answers share: SEQUENCE { tbs, algorithm, signature, … }. */
export function signedStructure(
  tbs: Uint8Array,
  issuer: { privateKey: KeyObject; publicKey: KeyObject },
  ...more: Uint8Array[]
): Uint8Array {
  const algorithm = defaultSignatureIdentifier(issuer.publicKey);
  return sequence(tbs, algorithm, bitString(signWith(issuer.privateKey, tbs)), ...more);
}

/** Issues a certificate; without an issuer's certificate it is self-signed. */
export function issueCertificate(
  request: CertificateRequest,
  issuer: { certificate?: Certificate; privateKey: KeyObject },
): Certificate {
  const issuerKey = issuer.certificate?.publicKey ?? request.publicKey;
  const subject = encodeName(request.subject);
  const serial = BigInt(`0x${randomBytes(16).toString('hex')}`) >> 2n;
  const tbs = sequence(
    der(context(0), integer(2)),
    integer(serial),
    defaultSignatureIdentifier(issuerKey),
    issuer.certificate?.subject.raw ?? subject,
    sequence(time(request.notBefore), time(request.notAfter)),
    subject,
    new Uint8Array(request.publicKey.export({ format: 'der', type: 'spki' })),
    der(context(3), sequence(...extensionsOf(request, issuerKey))),
  );
  return Certificate.parse(signedStructure(tbs, { privateKey: issuer.privateKey, publicKey: issuerKey }));
}

function extensionsOf(request: CertificateRequest, issuerKey: KeyObject): Uint8Array[] {
  const { ca, extendedKeyUsages, policies, ocspUrl, caIssuersUrl, crlUrl } = request;
  const extensions = [
    extension(OID.authorityKeyIdentifier, false, sequence(der(context(0, false), keyIdentifier(issuerKey)))),
    extension(OID.subjectKeyIdentifier, false, octets(keyIdentifier(request.publicKey))),
    extension(OID.keyUsage, true, namedBits(request.keyUsages.map((usage) => BITS[usage]))),
  ];
  if (ca) {
    const length = ca.pathLength === undefined ? [] : [integer(ca.pathLength)];
    extensions.push(extension(OID.basicConstraints, true, sequence(boolean(true), ...length)));
  }
  if (extendedKeyUsages) {
    // RFC 3161 2.3: a time-stamping certificate has this one purpose, marked critical.
    const critical = extendedKeyUsages.includes(OID.timeStamping);
    extensions.push(extension(OID.extKeyUsage, critical, sequence(...extendedKeyUsages.map(oid))));
  }
  if (policies)
    extensions.push(extension(OID.certificatePolicies, false, sequence(...policies.map((id) => sequence(oid(id))))));
  const access = [
    ...(ocspUrl ? [sequence(oid(OID.adOcsp), uri(ocspUrl))] : []),
    ...(caIssuersUrl ? [sequence(oid(OID.adCaIssuers), uri(caIssuersUrl))] : []),
  ];
  if (access.length > 0) extensions.push(extension(OID.authorityInfoAccess, false, sequence(...access)));
  if (crlUrl) {
    const point = sequence(der(context(0), der(context(0), uri(crlUrl))));
    extensions.push(extension(OID.cRLDistributionPoints, false, sequence(point)));
  }
  if (request.ocspNoCheck) extensions.push(extension(OID.ocspNoCheck, false, nothing()));
  return extensions;
}
