import { Certificate, weaknessOf } from '@qlvb/x509';
import { CANONICALISATIONS, DIGESTS, ENVELOPED, SIGNATURE_METHODS, SIGNED_PROPERTIES, XMLDSIG } from '../algorithms.ts';
import type { SignatureMethod } from '../algorithms.ts';
import { signedProperties } from './signed-properties.ts';
import type { Finding } from './report.ts';
import type { Scan, SignatureElement } from './scan.ts';

export interface Shape {
  readonly method: SignatureMethod;
  readonly certificate: Certificate;
  readonly chain: readonly Certificate[];
  readonly signingTime?: Date;
  readonly markup: string;
}

const MOST_CERTIFICATES = 10;

const algorithm = (element: SignatureElement | undefined): string => element?.attributes['Algorithm'] ?? '';
const isBase64 = (text: string): boolean => /^[A-Za-z0-9+/\s]+={0,2}\s*$/.test(text);

/** The children with exactly these names in XML Signature's namespace, in this order; `?` marks what may be absent. */
function members(parent: SignatureElement | undefined, ...names: string[]): Map<string, SignatureElement> | undefined {
  const rest = [...(parent?.children ?? [])];
  const found = new Map<string, SignatureElement>();
  for (const entry of names) {
    const name = entry.replace('?', '');
    const next = rest[0];
    if (next?.name === name && next.uri === XMLDSIG) {
      found.set(name, next);
      rest.shift();
    } else if (name === entry) return undefined;
  }
  return parent && rest.length === 0 ? found : undefined;
}

/**
 * Judges the one signature at the one place where it belongs, before any cryptography. What is not known to be
 * harmless is refused.
 *
 * @source XML-03
 * @source ATT-20
 * @source ATT-21
 */
export function judgeStructure(scanned: Scan, place: readonly string[]): Shape | Finding {
  const [signature, second] = scanned.signatures;
  if (!signature) return 'signature-missing';
  if (second) return 'signature-repeated';
  if (signature.place.join('/') !== place.join('/')) return 'signature-misplaced';
  if (new Set(scanned.ids).size !== scanned.ids.length) return 'id-repeated';

  const parts = members(signature.element, 'SignedInfo', 'SignatureValue', 'KeyInfo', 'Object?');
  const info = parts?.get('SignedInfo');
  const [canonicalisation, signatureMethod, ...references] = info?.children ?? [];
  const value = parts?.get('SignatureValue');
  const isWhole =
    canonicalisation?.name === 'CanonicalizationMethod' &&
    signatureMethod?.name === 'SignatureMethod' &&
    [canonicalisation, signatureMethod, ...references].every(({ uri }) => uri === XMLDSIG) &&
    references.every(({ name }) => name === 'Reference') &&
    canonicalisation.children.length + signatureMethod.children.length === 0 &&
    value?.children.length === 0 &&
    isBase64(value.text);
  if (!parts || !isWhole) return 'structure';

  const method = SIGNATURE_METHODS.find(({ uri }) => uri === algorithm(signatureMethod));
  if (!method || !CANONICALISATIONS.includes(algorithm(canonicalisation))) return 'algorithm';
  const certificates = certificatesOf(parts.get('KeyInfo'));
  const [certificate, ...chain] = certificates ?? [];
  if (!certificate) return 'certificate';
  if (certificate.publicKey.asymmetricKeyType !== method.key) return 'algorithm';
  if (weaknessOf(method.digest, certificate.publicKey) !== undefined) return 'weak-key';

  const [whole, properties, third] = references;
  const fault = faultOfReferences(scanned, whole, properties, third);
  if (fault) return fault;
  const xades = signedProperties(parts.get('Object'), properties, certificate);
  if (!xades) return 'signed-properties';
  return { method, certificate, chain, markup: signature.markup, ...xades };
}

/** One reference covers the whole document; a second may only be that to the signed properties. */
function faultOfReferences(
  scanned: Scan,
  whole: SignatureElement | undefined,
  properties: SignatureElement | undefined,
  third: SignatureElement | undefined,
): Finding | undefined {
  if (!whole || third || (properties && properties.attributes['Type'] !== SIGNED_PROPERTIES)) return 'reference';
  const uri = whole.attributes['URI'];
  const coversRoot = uri === '' || (scanned.root?.ids ?? []).some((id) => `#${id}` === uri);
  if (!coversRoot) return 'reference';
  return faultOfReference(whole, true) ?? (properties && faultOfReference(properties, false));
}

function faultOfReference(reference: SignatureElement, enveloped: boolean): Finding | undefined {
  const parts = members(reference, 'Transforms', 'DigestMethod', 'DigestValue');
  const digest = parts?.get('DigestValue');
  if (!parts || !digest || digest.children.length > 0 || !isBase64(digest.text)) return 'structure';
  if (!DIGESTS.includes(algorithm(parts.get('DigestMethod')))) return 'algorithm';
  const transforms = parts.get('Transforms')?.children ?? [];
  const chain = transforms.map(algorithm);
  const canonical = enveloped ? chain.slice(1) : chain;
  const isAllowed =
    transforms.every(({ name, uri, children }) => name === 'Transform' && uri === XMLDSIG && children.length === 0) &&
    (!enveloped || chain[0] === ENVELOPED) &&
    canonical.length <= 1 &&
    canonical.every((name) => CANONICALISATIONS.includes(name));
  return isAllowed ? undefined : 'transform';
}

/** The signer's certificate comes first. */
function certificatesOf(keyInfo: SignatureElement | undefined): Certificate[] | undefined {
  const data = members(keyInfo, 'X509Data')?.get('X509Data');
  const encoded = (data?.children ?? []).filter(({ name, uri }) => name === 'X509Certificate' && uri === XMLDSIG);
  if (encoded.length > MOST_CERTIFICATES || encoded.some(({ text }) => !isBase64(text))) return undefined;
  try {
    const certificates = encoded.map(({ text }) => Certificate.parse(Buffer.from(text, 'base64')));
    // A key that cannot be read is found here and not in the middle of the verification.
    return certificates.every(({ publicKey }) => publicKey.type === 'public') ? certificates : undefined;
  } catch {
    // Bytes that are no certificate: the same to a verifier as none.
    return undefined;
  }
}
