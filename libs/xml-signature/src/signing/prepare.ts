import { randomUUID } from 'node:crypto';
import type { Certificate } from '@qlvb/x509';
import { hash, weaknessOf } from '@qlvb/x509';
import { ENVELOPED, EXCLUSIVE_C14N, SHA256, SIGNATURE_METHODS, SIGNED_PROPERTIES, XADES } from '../algorithms.ts';
import { PLACEHOLDER, signedXml } from '../crypto.ts';
import { scan } from '../verification/scan.ts';
import { NotSignable } from '../xml-signature.problems.ts';

export interface XmlSignatureRequest {
  readonly xml: string;
  /** Local names from the root down to the element that receives the signature as its last child. */
  readonly place: readonly string[];
  readonly certificate: Certificate;
  readonly chain: readonly Certificate[];
  readonly signingTime: Date;
}

/** Everything that the second step needs. */
export interface PreparedXmlSignature {
  /** The canonical SignedInfo: what the token signs with SHA-256. */
  readonly toSign: Uint8Array;
  /** The document with a placeholder for the value. */
  readonly xml: string;
  readonly place: readonly string[];
  readonly certificate: Certificate;
}

/**
 * First step: builds an enveloped XAdES B-B signature over the whole document, but for its value.
 *
 * @throws NotSignable
 * @source XML-02
 */
export function prepareXmlSignature(request: XmlSignatureRequest): PreparedXmlSignature {
  const { xml, place, certificate, chain, signingTime } = request;
  const { findings, signatures } = scan(xml);
  const key = certificate.publicKey;
  const method = SIGNATURE_METHODS.find((known) => known.key === key.asymmetricKeyType && known.digest === 'sha256');
  const weakness = weaknessOf('sha256', key);
  if (findings[0]) throw NotSignable({ fault: findings[0] });
  if (signatures.length > 0) throw NotSignable({ fault: 'signature-repeated' });
  if (!method || weakness) throw NotSignable({ fault: weakness ?? 'weak-key' });

  let toSign = '';
  const id = `xades-${randomUUID()}`;
  const signature = signedXml(
    {
      privateKey: PLACEHOLDER,
      publicCert: [certificate, ...chain].map(({ pem }) => pem).join('\n'),
      signatureAlgorithm: method.uri as never,
      canonicalizationAlgorithm: EXCLUSIVE_C14N,
      objects: [{ content: qualifyingProperties(id, certificate, signingTime) }],
    },
    (signedInfo) => (toSign = signedInfo),
  );
  signature.addReference({
    xpath: '/*',
    isEmptyUri: true,
    transforms: [ENVELOPED, EXCLUSIVE_C14N],
    digestAlgorithm: SHA256,
  });
  signature.addReference({
    xpath: `//*[@Id='${id}']`,
    type: SIGNED_PROPERTIES,
    transforms: [EXCLUSIVE_C14N],
    digestAlgorithm: SHA256,
  });
  const parent = place.map((name) => `/*[local-name(.)='${name.replace(/[^\w.-]/g, '')}']`).join('');
  try {
    signature.computeSignature(xml, { prefix: 'ds', location: { reference: parent, action: 'append' } });
  } catch (cause) {
    throw NotSignable({ fault: cause instanceof Error ? cause.message : 'place' }, { cause });
  }
  return { toSign: Buffer.from(toSign), xml: signature.getSignedXml(), place, certificate };
}

function qualifyingProperties(id: string, certificate: Certificate, signingTime: Date): string {
  const digest = hash('sha256', certificate.raw).toString('base64');
  return (
    `<xades:QualifyingProperties xmlns:xades="${XADES}"><xades:SignedProperties Id="${id}"><xades:SignedSignatureProperties>` +
    `<xades:SigningTime>${signingTime.toISOString()}</xades:SigningTime><xades:SigningCertificateV2><xades:Cert><xades:CertDigest>` +
    `<ds:DigestMethod Algorithm="${SHA256}"/><ds:DigestValue>${digest}</ds:DigestValue>` +
    `</xades:CertDigest></xades:Cert></xades:SigningCertificateV2></xades:SignedSignatureProperties></xades:SignedProperties></xades:QualifyingProperties>`
  );
}
