import { verify } from 'node:crypto';
import { SignedXml } from 'xml-crypto';
import type { SignatureMethod } from './algorithms.ts';
import { CANONICALISATIONS, DIGESTS, ENVELOPED, SIGNATURE_METHODS } from './algorithms.ts';

/** Stands where the value will stand; no key is in this process. */
export const PLACEHOLDER = 'UExBQ0VIT0xERVI=';

/** ECDSA values stand in XML as two numbers of fixed length side by side (RFC 4050), not as DER. */
const keyed = (method: SignatureMethod, key: string): string | { key: string; dsaEncoding: 'ieee-p1363' } =>
  method.key === 'ec' ? { key, dsaEncoding: 'ieee-p1363' } : key;

/** xml-crypto with nothing registered but what is allowed here. */
export function signedXml(
  options: ConstructorParameters<typeof SignedXml>[0],
  captured: (signedInfo: string) => void,
): SignedXml {
  const signed = new SignedXml(options);
  const algorithms = Object.fromEntries(
    SIGNATURE_METHODS.map((method) => [
      method.uri,
      class {
        getSignature(signedInfo: unknown): string {
          captured(String(signedInfo));
          return PLACEHOLDER;
        }
        verifySignature(material: string, key: string, value: string): boolean {
          return verify(method.digest, Buffer.from(material), keyed(method, key), Buffer.from(value, 'base64'));
        }
        getAlgorithmName(): string {
          return method.uri;
        }
      },
    ]),
  );
  signed.SignatureAlgorithms = algorithms as unknown as SignedXml['SignatureAlgorithms'];
  signed.HashAlgorithms = pick(signed.HashAlgorithms, DIGESTS);
  signed.CanonicalizationAlgorithms = pick(signed.CanonicalizationAlgorithms, [...CANONICALISATIONS, ENVELOPED]);
  return signed;
}

const pick = <T extends object>(all: T, names: readonly string[]): T =>
  Object.fromEntries(Object.entries(all).filter(([name]) => names.includes(name))) as T;
