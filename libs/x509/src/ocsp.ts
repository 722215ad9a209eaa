import { digestOf, hash, signatureScheme, verifySignature, weaknessOf } from './algorithms.ts';
import { Certificate, readExtensions } from './certificate.ts';
import type { Extension } from './certificate.ts';
import { context, Der, der, generalizedTime, integer, octets, oid, sequence, TAG } from './der.ts';
import { digestIdentifier } from './algorithms.ts';
import type { Issuer } from './issue.ts';
import { signedStructure } from './issue.ts';
import { OID } from './oids.ts';
import { MalformedStructure } from './x509.problems.ts';

export type OcspStatus =
  | { readonly status: 'good' }
  | { readonly status: 'revoked'; readonly at: Date; readonly reason: number }
  | { readonly status: 'unknown' };

/** CertID over SHA-1, which every responder knows: an index into the issuer's certificates, not a security check. */
export function certificateId(certificate: Certificate, issuer: Certificate): Uint8Array {
  return sequence(
    digestIdentifier('sha1'),
    octets(hash('sha1', issuer.subject.raw)),
    octets(hash('sha1', Der.parse(issuer.spki).at(1).bits)),
    integer(certificate.serial),
  );
}

const idMatches = (id: Der, certificate: Certificate, issuer: Certificate): boolean => {
  const digest = digestOf(id.at(0));
  return (
    hash(digest, issuer.subject.raw).equals(id.at(1).content) &&
    hash(digest, Der.parse(issuer.spki).at(1).bits).equals(id.at(2).content) &&
    id.at(3).bigint === certificate.serial
  );
};

/** An OCSPRequest for one certificate (RFC 6960 4.1); the nonce keeps an old answer from being replayed. */
export function ocspRequest(certificate: Certificate, issuer: Certificate, nonce?: Uint8Array): Uint8Array {
  const extensions = nonce ? [der(context(2), sequence(sequence(oid(OID.ocspNonce), octets(octets(nonce)))))] : [];
  return sequence(sequence(sequence(sequence(certificateId(certificate, issuer))), ...extensions));
}

/** What a responder needs of a request: the ids asked for, as they came, and the nonce. */
export function readOcspRequest(bytes: Uint8Array): { ids: readonly Der[]; nonce?: Uint8Array } {
  const tbs = Der.parse(bytes).at(0);
  const list = tbs.children.find((child) => child.tag === TAG.sequence);
  if (!list || list.children.length === 0 || list.children.length > 20) {
    throw MalformedStructure({ structure: 'OCSPRequest', fault: 'one to twenty certificates are answered' });
  }
  const nonce = readExtensions(tbs.tagged(2)?.at(0), 'OCSPRequest').find(({ id }) => id === OID.ocspNonce);
  return { ids: list.children.map((request) => request.at(0)), ...(nonce && { nonce: nonce.value.raw }) };
}

/** Answers a request. `statusOf` is asked with a serial number of `ca`; ids of other issuers are `unknown`. */
export function answerOcsp(
  request: { ids: readonly Der[]; nonce?: Uint8Array },
  responder: Issuer,
  ca: Certificate,
  answer: { readonly now: Date; readonly nextUpdate: Date; readonly statusOf: (serial: bigint) => OcspStatus },
): Uint8Array {
  const caKey = Der.parse(ca.spki).at(1).bits;
  const single = (id: Der): Uint8Array => {
    const digest = digestOf(id.at(0));
    const ours = hash(digest, ca.subject.raw).equals(id.at(1).content) && hash(digest, caKey).equals(id.at(2).content);
    const status = ours ? answer.statusOf(id.at(3).bigint) : { status: 'unknown' as const };
    return sequence(
      id.raw,
      encodeStatus(status),
      generalizedTime(answer.now),
      der(context(0), generalizedTime(answer.nextUpdate)),
    );
  };
  const tbs = sequence(
    der(context(2), octets(hash('sha1', Der.parse(responder.certificate.spki).at(1).bits))),
    generalizedTime(answer.now),
    sequence(...request.ids.map(single)),
    ...(request.nonce ? [der(context(1), sequence(sequence(oid(OID.ocspNonce), octets(request.nonce))))] : []),
  );
  const certificates = der(context(0), sequence(responder.certificate.raw));
  const basic = signedStructure(
    tbs,
    { privateKey: responder.privateKey, publicKey: responder.certificate.publicKey },
    certificates,
  );
  return sequence(der(TAG.enumerated, Buffer.from([0])), der(context(0), sequence(oid(OID.ocspBasic), octets(basic))));
}

function encodeStatus(status: OcspStatus): Uint8Array {
  if (status.status === 'good') return der(context(0, false));
  if (status.status === 'unknown') return der(context(2, false));
  return der(context(1), generalizedTime(status.at), der(context(0), integer(status.reason, TAG.enumerated)));
}

/** The answer a responder gives to something that is no OCSP request (RFC 6960 4.2.1: malformedRequest). */
export const malformedOcspRequest = (): Uint8Array => sequence(der(TAG.enumerated, Buffer.from([1])));

export interface SingleAnswer {
  readonly status: OcspStatus;
  readonly thisUpdate: Date;
  readonly nextUpdate: Date | undefined;
}

/** A successful basic OCSP response (RFC 6960 4.2). */
export class OcspResponse {
  readonly raw: Uint8Array;
  readonly producedAt: Date;
  readonly certificates: readonly Certificate[];
  readonly extensions: readonly Extension[];
  readonly #data: Der;
  readonly #algorithm: Der;
  readonly #signature: Uint8Array;
  readonly #answers: readonly Der[];

  private constructor(raw: Uint8Array) {
    const response = Der.parse(raw);
    this.raw = raw;
    const body = response.tagged(0)?.at(0);
    if (response.at(0).expect(TAG.enumerated).content[0] !== 0 || body?.at(0).oid !== OID.ocspBasic) {
      throw MalformedStructure({ structure: 'OCSPResponse', fault: 'not a successful basic response' });
    }
    const basic = Der.parse(body.at(1).content);
    this.#data = basic.at(0);
    this.#algorithm = basic.at(1);
    this.#signature = basic.at(2).bits;
    this.certificates = (basic.tagged(0)?.at(0).children ?? []).map((item) => Certificate.parse(item.raw));
    const fields = this.#data.children.filter((child) => child.tag !== 0xa0);
    this.producedAt = (fields[1] as Der).time;
    this.#answers = (fields[2] as Der).children;
    const extensions = fields.slice(3).find((child) => child.tag === 0xa1);
    this.extensions = readExtensions(extensions?.at(0), 'OCSPResponse');
  }

  /** @throws MalformedDer, MalformedStructure */
  static parse(bytes: Uint8Array): OcspResponse {
    return new OcspResponse(Uint8Array.from(bytes));
  }

  get nonce(): Uint8Array | undefined {
    return this.extensions.find(({ id }) => id === OID.ocspNonce)?.value.content;
  }

  /**
   * True when the issuer of the certificate signed the answer, or a responder certified by that same issuer for this purpose
   * and valid when the answer was made (RFC 6960 4.2.2.2); never the certificate that is asked about.
   */
  isSignedFor(issuer: Certificate): boolean {
    const { digest, ...scheme } = signatureScheme(this.#algorithm);
    if (!digest || weaknessOf(digest)) return false;
    const verifies = (key: Certificate): boolean =>
      verifySignature({ ...scheme, digest }, key.publicKey, this.#data.raw, this.#signature);
    const delegated = this.certificates.filter(
      (responder) =>
        responder.extendedKeyUsages?.has(OID.ocspSigning) &&
        responder.issuer.comparable === issuer.subject.comparable &&
        responder.notBefore <= this.producedAt &&
        this.producedAt <= responder.notAfter &&
        responder.isSignedBy(issuer.publicKey),
    );
    return [issuer, ...delegated].some(verifies);
  }

  answerFor(certificate: Certificate, issuer: Certificate): SingleAnswer | undefined {
    const single = this.#answers.find((answer) => idMatches(answer.at(0), certificate, issuer));
    if (!single) return undefined;
    const next = single.children.slice(3).find((child) => child.tag === 0xa0);
    return { status: readStatus(single.at(1)), thisUpdate: single.at(2).time, nextUpdate: next?.at(0).time };
  }
}

function readStatus(choice: Der): OcspStatus {
  if (choice.tag === 0x80) return { status: 'good' };
  if (choice.tag !== 0xa1) return { status: 'unknown' };
  return { status: 'revoked', at: choice.at(0).time, reason: choice.tagged(0)?.at(0).integer ?? 0 };
}
