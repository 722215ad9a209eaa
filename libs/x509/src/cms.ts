import {
  defaultSignatureIdentifier,
  digestIdentifier,
  digestOf,
  hash,
  signatureScheme,
  verifySignature,
} from './algorithms.ts';
import type { DigestName, SignatureScheme } from './algorithms.ts';
import { Certificate } from './certificate.ts';
import { context, Der, der, integer, octets, oid, sequence, setOf, TAG } from './der.ts';
import { OID } from './oids.ts';
import { MalformedStructure } from './x509.problems.ts';

/** The one SignerInfo of a signature (RFC 5652 5.3), with the pieces its checks need. */
export interface SignerInfo {
  readonly digest: DigestName;
  readonly scheme: SignatureScheme;
  /** The attributes as SET OF, which is what was signed. */
  readonly signedAttributes: Uint8Array;
  readonly signature: Uint8Array;
  /** Values of the attributes by object identifier. */
  readonly signed: ReadonlyMap<string, readonly Der[]>;
  readonly unsigned: ReadonlyMap<string, readonly Der[]>;
  readonly signerSerial: bigint | undefined;
  readonly signerIssuer: Uint8Array | undefined;
  readonly signerKeyId: Uint8Array | undefined;
}

/** A CMS SignedData (RFC 5652 5.1). */
export interface SignedData {
  readonly contentType: string;
  /** Content carried inside; absent in a detached signature. */
  readonly content: Uint8Array | undefined;
  readonly certificates: readonly Certificate[];
  readonly signerInfos: readonly SignerInfo[];
}

/** Reads a ContentInfo that holds SignedData. @throws MalformedDer, MalformedStructure, UnsupportedAlgorithm */
export function readSignedData(bytes: Uint8Array | Der): SignedData {
  const info = bytes instanceof Der ? bytes : Der.parse(bytes);
  if (info.at(0).oid !== OID.signedData) throw MalformedStructure({ structure: 'CMS', fault: 'not SignedData' });
  const data = info.at(1).expect(context(0)).at(0);
  const content = data.at(2);
  return {
    contentType: content.at(0).oid,
    content: content.children[1]?.at(0).expect(TAG.octetString).content,
    certificates: certificatesOf(data.children.slice(3).find((child) => child.tag === 0xa0)),
    signerInfos: (data.children.slice(3).find((child) => child.tag === TAG.set)?.children ?? []).map(readSignerInfo),
  };
}

/** Certificates that cannot be read are left out: an odd one must not hide the signer's. */
function certificatesOf(list: Der | undefined): readonly Certificate[] {
  return (list?.children ?? []).flatMap((item) => {
    try {
      return item.tag === TAG.sequence ? [Certificate.parse(item.raw)] : [];
    } catch {
      return [];
    }
  });
}

function readSignerInfo(info: Der): SignerInfo {
  const id = info.at(1);
  const rest = info.children.slice(2);
  const signed = rest.find((child) => child.tag === 0xa0);
  const unsigned = rest.find((child) => child.tag === 0xa1);
  const plain = rest.filter((child) => child.tag !== 0xa0 && child.tag !== 0xa1);
  const [digestAlgorithm, signatureAlgorithm, signature] = plain;
  if (!digestAlgorithm || !signatureAlgorithm || !signature || !signed) {
    throw MalformedStructure({ structure: 'SignerInfo', fault: 'a part is missing' });
  }
  const byIssuer = id.tag === TAG.sequence;
  return {
    digest: digestOf(digestAlgorithm),
    scheme: signatureScheme(signatureAlgorithm),
    signedAttributes: der(TAG.set, signed.content),
    signature: signature.expect(TAG.octetString).content,
    signed: attributesOf(signed),
    unsigned: attributesOf(unsigned),
    signerSerial: byIssuer ? id.at(1).bigint : undefined,
    signerIssuer: byIssuer ? id.at(0).raw : undefined,
    signerKeyId: byIssuer ? undefined : id.content,
  };
}

function attributesOf(set: Der | undefined): ReadonlyMap<string, readonly Der[]> {
  const attributes = new Map<string, readonly Der[]>();
  for (const attribute of set?.children ?? []) {
    const id = attribute.at(0).oid;
    if (attributes.has(id)) throw MalformedStructure({ structure: 'SignerInfo', fault: `attribute ${id} comes twice` });
    attributes.set(id, attribute.at(1).expect(TAG.set).children);
  }
  return attributes;
}

/** The certificate the SignerInfo names, among those at hand. */
export function signerCertificate(signer: SignerInfo, certificates: readonly Certificate[]): Certificate | undefined {
  return certificates.find((certificate) => {
    if (signer.signerKeyId) return Buffer.compare(certificate.subjectKeyId ?? Buffer.of(), signer.signerKeyId) === 0;
    return (
      certificate.serial === signer.signerSerial &&
      Buffer.compare(certificate.issuer.raw, signer.signerIssuer ?? Buffer.of()) === 0
    );
  });
}

/**
 * Does the ESS attribute name this certificate? (RFC 5035; version 1 with SHA-1 is read but only where the policy allows.)
 *
 * @source ATT-14 another certificate with the same key, or a wrong issuer and serial number, is not the signer's
 */
export function signingCertificateMatches(signer: SignerInfo, certificate: Certificate): 'yes' | 'no' | 'absent' {
  const v2 = signer.signed.get(OID.signingCertificateV2)?.[0];
  const v1 = signer.signed.get(OID.signingCertificate)?.[0];
  const id = (v2 ?? v1)?.at(0).at(0);
  if (!id) return 'absent';
  const named = v2 && id.at(0).tag === TAG.sequence;
  const digest = named ? digestOf(id.at(0)) : v2 ? 'sha256' : 'sha1';
  const certHash = id.at(named ? 1 : 0).expect(TAG.octetString).content;
  if (!hash(digest, certificate.raw).equals(certHash)) return 'no';
  const issuerSerial = id.children[named ? 2 : 1];
  if (issuerSerial && issuerSerial.at(1).bigint !== certificate.serial) return 'no';
  return 'yes';
}

/** Verifies the signature value over the signed attributes; the digest of the scheme must be the SignerInfo's (ATT-11). */
export function signerInfoVerifies(signer: SignerInfo, certificate: Certificate): boolean {
  const { digest = signer.digest, ...scheme } = signer.scheme;
  if (digest !== signer.digest) return false;
  return verifySignature({ ...scheme, digest }, certificate.publicKey, signer.signedAttributes, signer.signature);
}

const attribute = (id: string, value: Uint8Array): Uint8Array => sequence(oid(id), setOf([value]));

/**
 * The signed attributes of a CAdES signature as SET OF in DER order: content-type, message-digest and
 * signing-certificate-v2. Signing-time is left out: in a PDF the time stands in /M (@source PAD-04, PR-11).
 */
export function signedAttributes(contentType: string, messageDigest: Uint8Array, certificate: Certificate): Uint8Array {
  const certificateHash = octets(hash('sha256', certificate.raw));
  return setOf([
    attribute(OID.contentType, oid(contentType)),
    attribute(OID.messageDigest, octets(messageDigest)),
    attribute(OID.signingCertificateV2, sequence(sequence(sequence(certificateHash)))),
  ]);
}

/** Assembles a SignedData with one SHA-256 signer. @source VN-73 */
export function encodeSignedData(parts: {
  readonly contentType: string;
  readonly content?: Uint8Array;
  readonly signedAttributes: Uint8Array;
  readonly signature: Uint8Array;
  readonly certificate: Certificate;
  readonly chain?: readonly Certificate[];
  readonly timeStampToken?: Uint8Array;
}): Uint8Array {
  const { certificate, chain = [], timeStampToken } = parts;
  const signer = sequence(
    integer(1),
    sequence(certificate.issuer.raw, integer(certificate.serial)),
    digestIdentifier('sha256'),
    der(context(0), Der.parse(parts.signedAttributes).content),
    defaultSignatureIdentifier(certificate.publicKey),
    octets(parts.signature),
    ...(timeStampToken ? [der(context(1), attribute(OID.signatureTimeStampToken, timeStampToken))] : []),
  );
  const content = parts.content ? [der(context(0), octets(parts.content))] : [];
  const data = sequence(
    integer(parts.contentType === OID.data ? 1 : 3),
    setOf([digestIdentifier('sha256')]),
    sequence(oid(parts.contentType), ...content),
    setOf(
      [certificate, ...chain].map(({ raw }) => raw),
      context(0),
    ),
    setOf([signer]),
  );
  return sequence(oid(OID.signedData), der(context(0), data));
}
