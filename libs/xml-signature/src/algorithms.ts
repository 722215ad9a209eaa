/** Identifiers of XML Signature, XAdES and of the algorithms in use. */
export const XMLDSIG = 'http://www.w3.org/2000/09/xmldsig#';
export const XADES = 'http://uri.etsi.org/01903/v1.3.2#';
export const SIGNED_PROPERTIES = 'http://uri.etsi.org/01903#SignedProperties';
export const ENVELOPED = `${XMLDSIG}enveloped-signature`;
export const EXCLUSIVE_C14N = 'http://www.w3.org/2001/10/xml-exc-c14n#';
export const SHA256 = 'http://www.w3.org/2001/04/xmlenc#sha256';

/** Both without comments: comments inside signed text have been a way to cut it. */
export const CANONICALISATIONS: readonly string[] = [EXCLUSIVE_C14N, 'http://www.w3.org/TR/2001/REC-xml-c14n-20010315'];

export const DIGESTS: readonly string[] = [SHA256, 'http://www.w3.org/2001/04/xmlenc#sha512'];

export interface SignatureMethod {
  readonly uri: string;
  readonly key: 'rsa' | 'ec';
  readonly digest: 'sha256' | 'sha384' | 'sha512';
}

const MORE = 'http://www.w3.org/2001/04/xmldsig-more#';

/**
 * No SHA-1, and no HMAC, which would let a public key be used as its secret.
 *
 * @source VN-72
 */
export const SIGNATURE_METHODS: readonly SignatureMethod[] = [
  { uri: `${MORE}rsa-sha256`, key: 'rsa', digest: 'sha256' },
  { uri: `${MORE}rsa-sha384`, key: 'rsa', digest: 'sha384' },
  { uri: `${MORE}rsa-sha512`, key: 'rsa', digest: 'sha512' },
  { uri: `${MORE}ecdsa-sha256`, key: 'ec', digest: 'sha256' },
  { uri: `${MORE}ecdsa-sha384`, key: 'ec', digest: 'sha384' },
  { uri: `${MORE}ecdsa-sha512`, key: 'ec', digest: 'sha512' },
];
