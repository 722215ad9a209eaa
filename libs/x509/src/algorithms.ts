import { constants, createHash, createPublicKey, sign as nodeSign, verify as nodeVerify } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import type { Der } from './der.ts';
import { nothing, oid, sequence } from './der.ts';
import { OID } from './oids.ts';
import { MalformedStructure, UnsupportedAlgorithm } from './x509.problems.ts';

export type DigestName = 'sha1' | 'sha224' | 'sha256' | 'sha384' | 'sha512' | 'sha3-256' | 'sha3-384' | 'sha3-512';

const DIGESTS: Readonly<Record<string, DigestName>> = {
  [OID.sha1]: 'sha1',
  [OID.sha224]: 'sha224',
  [OID.sha256]: 'sha256',
  [OID.sha384]: 'sha384',
  [OID.sha512]: 'sha512',
  [OID.sha3_256]: 'sha3-256',
  [OID.sha3_384]: 'sha3-384',
  [OID.sha3_512]: 'sha3-512',
};

/** How a signature is made: key type, digest, and padding for RSA. */
export interface SignatureScheme {
  readonly key: 'rsa' | 'ec';
  readonly padding?: 'pkcs1' | 'pss';
  readonly saltLength?: number;
  /** Absent in `rsaEncryption`, where the digest is named elsewhere. */
  readonly digest?: DigestName;
}

const SCHEMES: Readonly<Record<string, SignatureScheme>> = {
  [OID.rsaEncryption]: { key: 'rsa', padding: 'pkcs1' },
  [OID.sha1WithRsa]: { key: 'rsa', padding: 'pkcs1', digest: 'sha1' },
  [OID.sha256WithRsa]: { key: 'rsa', padding: 'pkcs1', digest: 'sha256' },
  [OID.sha384WithRsa]: { key: 'rsa', padding: 'pkcs1', digest: 'sha384' },
  [OID.sha512WithRsa]: { key: 'rsa', padding: 'pkcs1', digest: 'sha512' },
  [OID.ecdsaWithSha1]: { key: 'ec', digest: 'sha1' },
  [OID.ecdsaWithSha256]: { key: 'ec', digest: 'sha256' },
  [OID.ecdsaWithSha384]: { key: 'ec', digest: 'sha384' },
  [OID.ecdsaWithSha512]: { key: 'ec', digest: 'sha512' },
};

/** @throws UnsupportedAlgorithm for a digest that is not known at all; weak ones are the policy's business */
export function digestOf(algorithm: Der): DigestName {
  const id = algorithm.at(0).oid;
  const name = DIGESTS[id];
  if (!name) throw UnsupportedAlgorithm({ algorithm: id });
  return name;
}

export function digestIdentifier(digest: DigestName): Uint8Array {
  const id = Object.entries(DIGESTS).find(([, name]) => name === digest)?.[0];
  if (!id) throw UnsupportedAlgorithm({ algorithm: digest });
  return sequence(oid(id), nothing());
}

export const hash = (digest: DigestName, ...parts: readonly Uint8Array[]): Buffer => {
  const state = createHash(digest);
  for (const part of parts) state.update(part);
  return state.digest();
};

/** Reads an AlgorithmIdentifier of a signature, including the parameters of RSASSA-PSS (RFC 4055). */
export function signatureScheme(algorithm: Der): SignatureScheme {
  const id = algorithm.at(0).oid;
  if (id === OID.rsassaPss) return pssScheme(algorithm);
  const scheme = SCHEMES[id];
  if (!scheme) throw UnsupportedAlgorithm({ algorithm: id });
  return scheme;
}

function pssScheme(algorithm: Der): SignatureScheme {
  const parameters = algorithm.children[1];
  const digest = parameters?.tagged(0) ? digestOf(parameters.tagged(0)?.at(0) as Der) : 'sha1';
  const mask = parameters?.tagged(1)?.at(0);
  if (mask && (mask.at(0).oid !== OID.mgf1 || digestOf(mask.at(1)) !== digest)) {
    throw UnsupportedAlgorithm({ algorithm: 'RSASSA-PSS with another mask digest' });
  }
  const saltLength = parameters?.tagged(2)?.at(0).integer ?? 20;
  return { key: 'rsa', padding: 'pss', digest, saltLength };
}

/** Scheme a key signs with by default: PKCS#1 v1.5 or ECDSA, with SHA-256 (@source VN-70, VN-71, VN-72). */
export function defaultSignatureIdentifier(publicKey: KeyObject): Uint8Array {
  if (publicKey.asymmetricKeyType === 'rsa') return sequence(oid(OID.sha256WithRsa), nothing());
  if (publicKey.asymmetricKeyType === 'ec') return sequence(oid(OID.ecdsaWithSha256));
  throw UnsupportedAlgorithm({ algorithm: String(publicKey.asymmetricKeyType) });
}

/** Signs with the default scheme of the key; ECDSA values are DER as CMS and X.509 want them. */
export function signWith(privateKey: KeyObject, data: Uint8Array): Buffer {
  return nodeSign('sha256', data, privateKey);
}

/** True when `signature` over `data` verifies; false for every mismatch between scheme and key. */
export function verifySignature(
  scheme: SignatureScheme & { readonly digest: DigestName },
  publicKey: KeyObject,
  data: Uint8Array,
  signature: Uint8Array,
): boolean {
  if (publicKey.asymmetricKeyType !== scheme.key && publicKey.asymmetricKeyType !== 'rsa-pss') return false;
  try {
    if (scheme.padding !== 'pss') return nodeVerify(scheme.digest, data, publicKey, signature);
    const { RSA_PKCS1_PSS_PADDING: padding } = constants;
    return nodeVerify(scheme.digest, data, { key: publicKey, padding, saltLength: scheme.saltLength ?? 20 }, signature);
  } catch {
    // OpenSSL throws for keys and encodings it cannot use; for a verifier that is "does not verify".
    return false;
  }
}

/** Public key of a SubjectPublicKeyInfo. @throws MalformedStructure when OpenSSL cannot read it */
export function publicKeyOf(spki: Uint8Array): KeyObject {
  try {
    return createPublicKey({ key: Buffer.from(spki), format: 'der', type: 'spki' });
  } catch (cause) {
    throw MalformedStructure({ structure: 'SubjectPublicKeyInfo', fault: 'key cannot be read' }, { cause });
  }
}

/**
 * Why an algorithm or key may not be used, or nothing.
 *
 * @source VN-70 RSA of 2048 bits or more
 * @source VN-71 elliptic curves of 256 bits or more
 * @source VN-72 no SHA-1, no SHA-224
 */
export function weaknessOf(digest: DigestName | undefined, key?: KeyObject): string | undefined {
  if (digest === 'sha1' || digest === 'sha224') return `${digest} is not on the list of allowed digests`;
  const details = key?.asymmetricKeyDetails;
  if (details?.modulusLength !== undefined && details.modulusLength < 2048) return `RSA ${details.modulusLength}`;
  if (
    key?.asymmetricKeyType === 'ec' &&
    !['prime256v1', 'secp384r1', 'secp521r1'].includes(details?.namedCurve ?? '')
  ) {
    return `curve ${details?.namedCurve ?? 'unknown'}`;
  }
  return undefined;
}
