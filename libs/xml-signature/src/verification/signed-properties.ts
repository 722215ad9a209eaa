import type { Certificate } from '@qlvb/x509';
import { hash } from '@qlvb/x509';
import { SHA256, XADES, XMLDSIG } from '../algorithms.ts';
import type { SignatureElement } from './scan.ts';

const xades = (parent: SignatureElement | undefined, name: string): SignatureElement | undefined => {
  const found = (parent?.children ?? []).filter((child) => child.name === name && child.uri === XADES);
  return found.length === 1 ? found[0] : undefined;
};
const dsig = (parent: SignatureElement | undefined, name: string): SignatureElement | undefined =>
  (parent?.children ?? []).find((child) => child.name === name && child.uri === XMLDSIG);

/**
 * What the signer signed about himself: in the same signature, referenced by it with its type, and naming the very
 * certificate that the signature is checked with. A signature without any is a plain one.
 *
 * @returns nothing when they contradict the signature
 * @source XML-06
 * @source ATT-14
 */
export function signedProperties(
  object: SignatureElement | undefined,
  reference: SignatureElement | undefined,
  certificate: Certificate,
): { signingTime?: Date } | undefined {
  if (!object && !reference) return {};
  const properties = xades(xades(object, 'QualifyingProperties'), 'SignedProperties');
  const id = properties?.attributes['Id'];
  if (object?.children.length !== 1 || !reference || !id || reference.attributes['URI'] !== `#${id}`) return undefined;

  const own = xades(properties, 'SignedSignatureProperties');
  const digest = xades(xades(xades(own, 'SigningCertificateV2'), 'Cert'), 'CertDigest');
  const isOwn =
    dsig(digest, 'DigestMethod')?.attributes['Algorithm'] === SHA256 &&
    dsig(digest, 'DigestValue')?.text.trim() === hash('sha256', certificate.raw).toString('base64');
  if (!isOwn) return undefined;
  const signingTime = new Date(xades(own, 'SigningTime')?.text.trim() ?? '');
  return Number.isNaN(signingTime.getTime()) ? undefined : { signingTime };
}
