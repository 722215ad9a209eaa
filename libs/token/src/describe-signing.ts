import { Der, OID, hash, TAG } from '@qlvb/x509';
import type { Certificate } from '@qlvb/x509';
import { NotSignedAttributes } from './token.problems.ts';

/** What is about to be signed, for the eyes of the holder. */
export interface SigningDescription {
  /** SHA-256 of the document's bytes, in hexadecimal. */
  readonly documentDigest: string;
  /** True when the attributes name this certificate as the signer's. */
  readonly isFor: (certificate: Certificate) => boolean;
}

/** Reads the attributes to be signed. @throws NotSignedAttributes for anything that is not those of a document signature */
export function describeSigning(signedAttributes: Uint8Array): SigningDescription {
  const values = readAttributes(signedAttributes);
  const digest = values.get(OID.messageDigest)?.content;
  const named = values.get(OID.signingCertificateV2);
  if (values.get(OID.contentType)?.oid !== OID.data || digest?.length !== 32 || !named) throw NotSignedAttributes();
  return {
    documentDigest: Buffer.from(digest).toString('hex'),
    isFor: (certificate) => Buffer.compare(named.at(0).at(0).at(0).content, hash('sha256', certificate.raw)) === 0,
  };
}

function readAttributes(bytes: Uint8Array): ReadonlyMap<string, Der> {
  try {
    const set = Der.parse(bytes).expect(TAG.set);
    return new Map(set.children.map((attribute) => [attribute.at(0).oid, attribute.at(1).at(0)]));
  } catch (cause) {
    throw NotSignedAttributes({}, { cause });
  }
}
