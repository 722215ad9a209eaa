import type { KeyObject } from 'node:crypto';
import { signatureScheme, verifySignature, weaknessOf } from './algorithms.ts';
import type { Certificate, Extension } from './certificate.ts';
import { readExtensions } from './certificate.ts';
import { context, Der, der, integer, octets, oid, sequence, TAG, time } from './der.ts';
import { defaultSignatureIdentifier } from './algorithms.ts';
import type { Issuer } from './issue.ts';
import { signedStructure } from './issue.ts';
import { DistinguishedName } from './name.ts';
import { OID } from './oids.ts';

export interface RevokedEntry {
  readonly serial: bigint;
  readonly at: Date;
  /** CRLReason (RFC 5280 5.3.1); 6 is certificateHold. */
  readonly reason: number;
}

/** A certificate revocation list (RFC 5280 5). */
export class CertificateList {
  readonly raw: Uint8Array;
  readonly issuer: DistinguishedName;
  readonly thisUpdate: Date;
  readonly nextUpdate: Date | undefined;
  readonly extensions: readonly Extension[];
  readonly #tbs: Der;
  readonly #algorithm: Der;
  readonly #signature: Uint8Array;
  readonly #revoked: Der | undefined;

  private constructor(raw: Uint8Array) {
    const list = Der.parse(raw);
    this.raw = raw;
    this.#tbs = list.at(0);
    this.#algorithm = list.at(1);
    this.#signature = list.at(2).bits;
    const fields = [...this.#tbs.children];
    if (fields[0]?.tag === TAG.integer) fields.shift();
    fields.shift();
    this.issuer = new DistinguishedName(fields.shift() as Der);
    this.thisUpdate = (fields.shift() as Der).time;
    const isTime = fields[0]?.tag === TAG.utcTime || fields[0]?.tag === TAG.generalizedTime;
    this.nextUpdate = isTime ? fields.shift()?.time : undefined;
    this.#revoked = fields[0]?.tag === TAG.sequence ? fields.shift() : undefined;
    this.extensions = readExtensions(this.#tbs.tagged(0)?.at(0), 'CertificateList');
  }

  /** @throws MalformedDer, MalformedStructure */
  static parse(bytes: Uint8Array): CertificateList {
    return new CertificateList(Uint8Array.from(bytes));
  }

  isSignedBy(issuerKey: KeyObject): boolean {
    const { digest, ...scheme } = signatureScheme(this.#algorithm);
    if (!digest || weaknessOf(digest)) return false;
    return verifySignature({ ...scheme, digest }, issuerKey, this.#tbs.raw, this.#signature);
  }

  /** The entry of a serial number; an entry with a critical extension that is not understood counts as revoked. */
  entry(serial: bigint): RevokedEntry | undefined {
    const found = this.#revoked?.children.find((entry) => entry.at(0).bigint === serial);
    if (!found) return undefined;
    const reason = readExtensions(found.children[2], 'CRL entry').find(({ id }) => id === OID.reasonCode)?.value
      .integer;
    return { serial, at: found.at(1).time, reason: reason ?? 0 };
  }

  /**
   * True when the list speaks for every reason about `certificate`: not a delta, not indirect, and its distribution point,
   * if it names one, is one of the certificate's (ATT-16).
   */
  covers(certificate: Certificate): boolean {
    const known: readonly string[] = [OID.cRLNumber, OID.authorityKeyIdentifier, OID.issuingDistributionPoint];
    if (this.extensions.some(({ id, critical }) => id === OID.deltaCRLIndicator || (critical && !known.includes(id))))
      return false;
    const point = this.extensions.find(({ id }) => id === OID.issuingDistributionPoint)?.value;
    if (!point) return true;
    const flag = (number: number): boolean => point.tagged(number)?.content[0] === 0xff;
    if (point.tagged(3) || flag(4) || flag(5)) return false;
    if ((flag(1) && certificate.isCa) || (flag(2) && !certificate.isCa)) return false;
    const uris = (point.tagged(0)?.tagged(0)?.children ?? [])
      .filter((name) => name.tag === 0x86)
      .map((name) => name.text);
    return point.tagged(0) === undefined || uris.some((uri) => certificate.crlUrls.includes(uri));
  }
}

/** Makes a complete CRL of one issuer. */
export function issueCrl(
  issuer: Issuer,
  list: {
    readonly number: number;
    readonly thisUpdate: Date;
    readonly nextUpdate: Date;
    readonly revoked: readonly RevokedEntry[];
  },
): CertificateList {
  const extension = (id: string, value: Uint8Array): Uint8Array => sequence(oid(id), octets(value));
  const entries = list.revoked.map(({ serial, at, reason }) =>
    sequence(integer(serial), time(at), sequence(extension(OID.reasonCode, integer(reason, TAG.enumerated)))),
  );
  const keyId = issuer.certificate.subjectKeyId;
  const tbs = sequence(
    integer(1),
    defaultSignatureIdentifier(issuer.certificate.publicKey),
    issuer.certificate.subject.raw,
    time(list.thisUpdate),
    time(list.nextUpdate),
    ...(entries.length > 0 ? [sequence(...entries)] : []),
    der(
      context(0),
      sequence(
        ...(keyId ? [extension(OID.authorityKeyIdentifier, sequence(der(context(0, false), keyId)))] : []),
        extension(OID.cRLNumber, integer(list.number)),
      ),
    ),
  );
  const publicKey = issuer.certificate.publicKey;
  return CertificateList.parse(signedStructure(tbs, { privateKey: issuer.privateKey, publicKey }));
}
