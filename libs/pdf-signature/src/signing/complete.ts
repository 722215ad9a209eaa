import { encodeSignedData, OID, readTimeStamp, verifySignature } from '@qlvb/x509';
import { PlaceholderTooSmall, SignatureValueRejected, TimeStampRejected } from '../pdf-signature.problems.ts';
import type { PreparedSignature } from './prepare.ts';

export interface PdfSignatureCompletion {
  readonly prepared: PreparedSignature;
  /** What the key made of the signed attributes: PKCS#1 v1.5 bytes, or a DER pair for elliptic curves. */
  readonly signatureValue: Uint8Array;
  /** RFC 3161 token over the signature value; with it the level is B-T. */
  readonly timeStampToken?: Uint8Array;
}

/**
 * Second step of signing: checks the value with the prepared certificate, then writes the CMS into the reserved place. No
 * other byte changes, and the same input gives the same file.
 *
 * @throws SignatureValueRejected, TimeStampRejected, PlaceholderTooSmall
 * @source PR-04, PR-06, PR-10, PAD-03, PAD-10
 */
export function completePdfSignature({ prepared, signatureValue, timeStampToken }: PdfSignatureCompletion): Uint8Array {
  assertSignatureValue(prepared, signatureValue);
  if (timeStampToken && !stamps(timeStampToken, signatureValue)) throw TimeStampRejected();
  const cms = encodeSignedData({
    contentType: OID.data,
    signedAttributes: prepared.signedAttributes,
    signature: signatureValue,
    certificate: prepared.certificate,
    chain: prepared.chain,
    ...(timeStampToken && { timeStampToken }),
  });
  const [, open, close] = prepared.byteRange;
  const reserved = (close - open - 2) / 2;
  if (cms.length > reserved) throw PlaceholderTooSmall({ needed: cms.length, reserved });
  const file = Uint8Array.from(prepared.file);
  file.set(Buffer.from(Buffer.from(cms).toString('hex'), 'latin1'), open + 1);
  return file;
}

/** Refuses a value by another key, over another hash or with another padding. @source PR-06 */
export function assertSignatureValue(prepared: PreparedSignature, signatureValue: Uint8Array): void {
  const { publicKey } = prepared.certificate;
  const scheme =
    publicKey.asymmetricKeyType === 'rsa'
      ? ({ key: 'rsa', padding: 'pkcs1', digest: 'sha256' } as const)
      : ({ key: 'ec', digest: 'sha256' } as const);
  if (!verifySignature(scheme, publicKey, prepared.signedAttributes, signatureValue)) throw SignatureValueRejected();
}

function stamps(token: Uint8Array, signatureValue: Uint8Array): boolean {
  try {
    const stamp = readTimeStamp(token);
    return stamp.isIntact && stamp.covers(signatureValue);
  } catch {
    // A token that cannot be read belongs to no signature.
    return false;
  }
}
