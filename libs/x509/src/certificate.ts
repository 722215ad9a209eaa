import { X509Certificate } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { hash, publicKeyOf, signatureScheme, verifySignature } from './algorithms.ts';
import type { SignatureScheme } from './algorithms.ts';
import { Der, TAG } from './der.ts';
import { DistinguishedName } from './name.ts';
import { OID } from './oids.ts';
import { MalformedStructure } from './x509.problems.ts';

export interface Extension {
  readonly id: string;
  readonly critical: boolean;
  readonly value: Der;
}

/** Names of the keyUsage bits (RFC 5280 4.2.1.3) by their number. */
const KEY_USAGES = [
  'digitalSignature',
  'nonRepudiation',
  'keyEncipherment',
  'dataEncipherment',
  'keyAgreement',
  'keyCertSign',
  'cRLSign',
  'encipherOnly',
  'decipherOnly',
] as const;
export type KeyUsage = (typeof KEY_USAGES)[number];

/** Reads extensions and refuses an id that comes twice (RFC 5280 4.2). */
export function readExtensions(list: Der | undefined, structure: string): readonly Extension[] {
  const extensions = (list?.children ?? []).map((item): Extension => {
    const flagged = item.at(1).tag === TAG.boolean;
    return {
      id: item.at(0).oid,
      critical: flagged && item.at(1).boolean,
      value: Der.parse(item.at(flagged ? 2 : 1).expect(TAG.octetString).content),
    };
  });
  if (new Set(extensions.map(({ id }) => id)).size !== extensions.length) {
    throw MalformedStructure({ structure, fault: 'an extension comes twice' });
  }
  return extensions;
}

/** An X.509 certificate as its bytes say it; what those mean is decided by the path rules. */
export class Certificate {
  readonly raw: Uint8Array;
  readonly tbs: Der;
  readonly version: number;
  readonly serial: bigint;
  readonly issuer: DistinguishedName;
  readonly subject: DistinguishedName;
  readonly notBefore: Date;
  readonly notAfter: Date;
  readonly spki: Uint8Array;
  readonly signature: Uint8Array;
  readonly signatureAlgorithm: Der;
  readonly extensions: readonly Extension[];
  #publicKey: KeyObject | undefined;

  private constructor(raw: Uint8Array) {
    const certificate = Der.parse(raw);
    this.raw = raw;
    this.tbs = certificate.at(0).expect(TAG.sequence);
    this.signatureAlgorithm = certificate.at(1);
    this.signature = certificate.at(2).bits;
    const versioned = this.tbs.at(0).tag === 0xa0;
    const field = (index: number): Der => this.tbs.at(index + (versioned ? 1 : 0));
    this.version = versioned ? this.tbs.at(0).at(0).integer + 1 : 1;
    this.serial = field(0).bigint;
    if (Buffer.compare(field(1).raw, this.signatureAlgorithm.raw) !== 0) {
      throw MalformedStructure({ structure: 'Certificate', fault: 'two different signature algorithms' });
    }
    this.issuer = new DistinguishedName(field(2));
    this.notBefore = field(3).at(0).time;
    this.notAfter = field(3).at(1).time;
    this.subject = new DistinguishedName(field(4));
    this.spki = field(5).raw;
    this.extensions = readExtensions(this.tbs.tagged(3)?.at(0), 'Certificate');
    this.#readAll();
  }

  /** Reads every extension once, so that a malformed one is refused here and not in the middle of a verification. */
  #readAll(): readonly unknown[] {
    const { keyUsages, extendedKeyUsages, isCa, pathLength, authorityKeyId, policies, ocspUrls, crlUrls } = this;
    return [keyUsages, extendedKeyUsages, isCa, pathLength, authorityKeyId, policies, ocspUrls, crlUrls];
  }

  /** @throws MalformedDer, MalformedStructure */
  static parse(bytes: Uint8Array): Certificate {
    return new Certificate(Uint8Array.from(bytes));
  }

  /** All certificates of a PEM text, in its order. */
  static parsePem(pem: string): Certificate[] {
    return [...pem.matchAll(/-----BEGIN CERTIFICATE-----([^-]+)-----END CERTIFICATE-----/g)].map((match) =>
      Certificate.parse(Buffer.from(match[1] ?? '', 'base64')),
    );
  }

  get publicKey(): KeyObject {
    return (this.#publicKey ??= publicKeyOf(this.spki));
  }

  get scheme(): SignatureScheme {
    return signatureScheme(this.signatureAlgorithm);
  }

  get fingerprint(): string {
    return hash('sha256', this.raw).toString('hex');
  }

  get serialHex(): string {
    return this.serial.toString(16);
  }

  get pem(): string {
    return new X509Certificate(this.raw).toString();
  }

  equals(other: Certificate): boolean {
    return Buffer.compare(this.raw, other.raw) === 0;
  }

  /** Issuer and subject carry the same name; says nothing about the signature. */
  get isSelfIssued(): boolean {
    return this.issuer.comparable === this.subject.comparable;
  }

  isSignedBy(issuerKey: KeyObject): boolean {
    const { digest, ...scheme } = this.scheme;
    return digest !== undefined && verifySignature({ ...scheme, digest }, issuerKey, this.tbs.raw, this.signature);
  }

  extension(id: string): Der | undefined {
    return this.extensions.find((extension) => extension.id === id)?.value;
  }

  /** Undefined when the extension is absent: then the key is not restricted. */
  get keyUsages(): ReadonlySet<KeyUsage> | undefined {
    const bits = this.extension(OID.keyUsage)?.namedBits;
    return bits && new Set(KEY_USAGES.filter((_, index) => bits.has(index)));
  }

  get extendedKeyUsages(): ReadonlySet<string> | undefined {
    const list = this.extension(OID.extKeyUsage);
    return list && new Set(list.children.map((usage) => usage.oid));
  }

  get isCa(): boolean {
    const first = this.extension(OID.basicConstraints)?.children[0];
    return first?.tag === TAG.boolean && first.boolean;
  }

  get pathLength(): number | undefined {
    return this.extension(OID.basicConstraints)?.children.find((child) => child.tag === TAG.integer)?.integer;
  }

  get subjectKeyId(): Uint8Array | undefined {
    return this.extension(OID.subjectKeyIdentifier)?.content;
  }

  get authorityKeyId(): Uint8Array | undefined {
    return this.extension(OID.authorityKeyIdentifier)?.tagged(0)?.content;
  }

  get policies(): readonly string[] {
    return (this.extension(OID.certificatePolicies)?.children ?? []).map((policy) => policy.at(0).oid);
  }

  get ocspUrls(): readonly string[] {
    return (this.extension(OID.authorityInfoAccess)?.children ?? [])
      .filter((access) => access.at(0).oid === OID.adOcsp && access.at(1).tag === 0x86)
      .map((access) => access.at(1).text);
  }

  get crlUrls(): readonly string[] {
    const points = this.extension(OID.cRLDistributionPoints)?.children ?? [];
    return points.flatMap((point) => {
      const names = point.tagged(0)?.tagged(0)?.children ?? [];
      return names.filter((name) => name.tag === 0x86).map((name) => name.text);
    });
  }
}
