import { Der } from '@qlvb/x509';
import { PLACEHOLDER } from '../crypto.ts';
import { verifyXmlSignature } from '../verification/verify.ts';
import { XmlSignatureValueRejected } from '../xml-signature.problems.ts';
import type { PreparedXmlSignature } from './prepare.ts';

const COORDINATE_BYTES: Readonly<Record<string, number>> = { prime256v1: 32, secp384r1: 48, secp521r1: 66 };

/**
 * Second step: puts in the value that the token made over `toSign`, and verifies the whole before it is let out.
 *
 * @param signatureValue PKCS#1 v1.5, or ECDSA as DER
 * @throws XmlSignatureValueRejected
 */
export function completeXmlSignature(prepared: PreparedXmlSignature, signatureValue: Uint8Array): string {
  const { xml, place, certificate } = prepared;
  const marked = `SignatureValue>${PLACEHOLDER}<`;
  const signed = xml.replace(marked, () => `SignatureValue>${encoded(prepared, signatureValue)}<`);
  const report = verifyXmlSignature(signed, { place });
  if (!report.intact || !report.certificate?.equals(certificate)) throw XmlSignatureValueRejected({});
  return signed;
}

function encoded({ certificate }: PreparedXmlSignature, value: Uint8Array): string {
  const { asymmetricKeyType, asymmetricKeyDetails } = certificate.publicKey;
  if (asymmetricKeyType !== 'ec') return Buffer.from(value).toString('base64');
  const bytes = COORDINATE_BYTES[asymmetricKeyDetails?.namedCurve ?? ''] ?? 32;
  try {
    const pair = Der.parse(value);
    const hex = [pair.at(0), pair.at(1)].map((number) => number.bigint.toString(16).padStart(bytes * 2, '0')).join('');
    return Buffer.from(hex, 'hex').toString('base64');
  } catch (cause) {
    throw XmlSignatureValueRejected({}, { cause });
  }
}
