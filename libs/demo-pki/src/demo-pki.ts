import type { KeyObject } from 'node:crypto';
import {
  answerOcsp,
  answerTimeStamp,
  issueCertificate,
  issueCrl,
  OcspResponse,
  ocspRequest,
  OID,
  readOcspRequest,
  readTimeStampRequest,
  timeStampRequest,
  tokenOfResponse,
} from '@qlvb/x509';
import type {
  Certificate,
  CertificateList,
  Issuer,
  KeyUsage,
  OcspStatus,
  RevocationEvidence,
  TrustStore,
} from '@qlvb/x509';
import { AuthorityStore, newRsaKey } from './store.ts';
import type { IssuedRecord, KeyPair } from './store.ts';

export interface DemoPkiOptions {
  /** Directory of the authority's keys and records, made when missing; without one everything stays in memory. */
  readonly directory?: string;
  /** Address under which the handler answers, for the addresses in certificates. */
  readonly baseUrl: string;
  readonly now?: () => Date;
}

export interface PersonRequest {
  readonly kind: 'person';
  readonly name: string;
  readonly title: string;
  readonly organization: string;
  /** Citizen number of twelve digits. */
  readonly cccd: string;
  /** Stands in the subject's UID instead, for a certificate that does not bear the number. */
  readonly uid?: string;
}

export interface AgencyRequest {
  readonly kind: 'agency';
  readonly organization: string;
  /** Identification code of the agency, for instance H46.12. */
  readonly code: string;
}

export interface IssueOptions {
  /** Public key of the device; without it the demo makes a key pair. */
  readonly publicKey?: KeyObject;
  readonly notBefore?: Date;
  readonly notAfter?: Date;
  readonly keyUsages?: readonly KeyUsage[];
}

const YEAR_MS = 365.25 * 24 * 3600 * 1000;
const POLICY = '1.3.6.1.4.1.99999.46.1';
const DAY_MS = 24 * 3600 * 1000;

/**
 * A certificate authority for demonstrations and tests, shaped like the one of the public service: root, subordinate
 * authority, OCSP responder, time-stamping authority; persons and agencies get RSA 2048 certificates.
 */
export class DemoPki {
  readonly root: Issuer;
  readonly authority: Issuer;
  readonly ocspResponder: Issuer;
  readonly timeStampAuthority: Issuer;
  readonly #store: AuthorityStore;
  readonly #baseUrl: string;
  readonly #now: () => Date;

  constructor({ directory, baseUrl, now = () => new Date() }: DemoPkiOptions) {
    this.#store = new AuthorityStore(directory);
    this.#baseUrl = baseUrl.replace(/\/$/, '');
    this.#now = now;
    const fromRoot = (commonName: string, keys: KeyPair, issuer?: Issuer): Certificate =>
      issueCertificate(
        {
          subject: [
            [OID.countryName, 'VN'],
            [OID.organizationName, 'Hệ thống QLVB (mẫu)'],
            [OID.commonName, commonName],
          ],
          publicKey: keys.publicKey,
          ...this.#validity(issuer ? 15 : 20),
          keyUsages: ['keyCertSign', 'cRLSign'],
          ca: issuer ? { pathLength: 0 } : {},
          ...(issuer && { crlUrl: `${this.#baseUrl}/root.crl`, caIssuersUrl: `${this.#baseUrl}/root.cer` }),
        },
        issuer ?? { privateKey: keys.privateKey },
      );
    const make = (certify: (keys: KeyPair) => Certificate) => (): Issuer => {
      const keys = newRsaKey(2048);
      return { certificate: certify(keys), privateKey: keys.privateKey };
    };
    this.root = this.#store.identity(
      'root',
      make((keys) => fromRoot('Chứng thực gốc (mẫu)', keys)),
    );
    this.authority = this.#store.identity(
      'authority',
      make((keys) => fromRoot('Chứng thực chữ ký số (mẫu)', keys, this.root)),
    );
    this.ocspResponder = this.#store.identity(
      'ocsp',
      make((keys) => this.#service('Trả lời OCSP (mẫu)', keys, OID.ocspSigning)),
    );
    this.timeStampAuthority = this.#store.identity(
      'tsa',
      make((keys) => this.#service('Dấu thời gian (mẫu)', keys, OID.timeStamping)),
    );
  }

  #validity(years: number): { notBefore: Date; notAfter: Date } {
    const from = this.#now().getTime() - DAY_MS;
    return { notBefore: new Date(from), notAfter: new Date(from + years * YEAR_MS) };
  }

  #addresses(): { ocspUrl: string; caIssuersUrl: string; crlUrl: string } {
    const base = this.#baseUrl;
    return { ocspUrl: `${base}/ocsp`, caIssuersUrl: `${base}/authority.cer`, crlUrl: `${base}/authority.crl` };
  }

  #service(commonName: string, keys: KeyPair, purpose: string): Certificate {
    const isOcsp = purpose === OID.ocspSigning;
    return this.#issued(
      issueCertificate(
        {
          subject: [
            [OID.countryName, 'VN'],
            [OID.organizationName, 'Hệ thống QLVB (mẫu)'],
            [OID.commonName, commonName],
          ],
          publicKey: keys.publicKey,
          ...this.#validity(10),
          keyUsages: ['digitalSignature'],
          extendedKeyUsages: [purpose],
          ocspNoCheck: isOcsp,
          ...(isOcsp ? {} : this.#addresses()),
        },
        this.authority,
      ),
    );
  }

  #issued(certificate: Certificate): Certificate {
    const { state } = this.#store;
    const record: IssuedRecord = {
      serial: certificate.serialHex,
      subject: certificate.subject.toString(),
      notAfter: certificate.notAfter.toISOString(),
    };
    this.#store.save({ ...state, issued: [...state.issued, record] });
    return certificate;
  }

  /** Certifies a person or an agency. The private key is made here only when no public key is given. */
  issue(
    request: PersonRequest | AgencyRequest,
    options: IssueOptions = {},
  ): { certificate: Certificate; privateKey?: KeyObject } {
    const keys = options.publicKey ? undefined : newRsaKey();
    const certificate = issueCertificate(
      {
        subject: subjectOf(request),
        publicKey: options.publicKey ?? (keys as KeyPair).publicKey,
        ...this.#validity(5),
        ...(options.notBefore && { notBefore: options.notBefore }),
        ...(options.notAfter && { notAfter: options.notAfter }),
        keyUsages: options.keyUsages ?? ['digitalSignature', 'nonRepudiation'],
        policies: [POLICY],
        ...this.#addresses(),
      },
      this.authority,
    );
    return { certificate: this.#issued(certificate), ...(keys && { privateKey: keys.privateKey }) };
  }

  /** @param reason CRLReason: 1 key compromise, 4 superseded, 5 cessation, 6 hold */
  revoke(certificate: Certificate, reason = 1, at: Date = this.#now()): void {
    const { state } = this.#store;
    const issued = state.issued.map((record) =>
      record.serial === certificate.serialHex ? { ...record, revoked: { at: at.toISOString(), reason } } : record,
    );
    this.#store.save({ ...state, issued });
  }

  /** Chain above persons, agencies and services: the subordinate authority. The root is left to the verifier. */
  get chain(): readonly Certificate[] {
    return [this.authority.certificate];
  }

  get trust(): TrustStore {
    return { anchors: [this.root.certificate], intermediates: this.chain };
  }

  statusOf(serial: bigint): OcspStatus {
    const record = this.#store.state.issued.find((issued) => issued.serial === serial.toString(16));
    if (!record) return { status: 'unknown' };
    return record.revoked
      ? { status: 'revoked', at: new Date(record.revoked.at), reason: record.revoked.reason }
      : { status: 'good' };
  }

  /** @throws MalformedDer, MalformedStructure for what is no request */
  ocsp(request: Uint8Array): Uint8Array {
    const now = this.#now();
    return answerOcsp(readOcspRequest(request), this.ocspResponder, this.authority.certificate, {
      now,
      nextUpdate: new Date(now.getTime() + DAY_MS),
      statusOf: (serial) => this.statusOf(serial),
    });
  }

  /** @throws MalformedDer, MalformedStructure, UnsupportedAlgorithm for what is no request */
  timeStamp(request: Uint8Array): Uint8Array {
    const query = readTimeStampRequest(request);
    const { state } = this.#store;
    const serial = state.timeStampSerial + 1;
    this.#store.save({ ...state, timeStampSerial: serial });
    const authority = { ...this.timeStampAuthority, chain: this.chain };
    return answerTimeStamp(query, authority, { at: this.#now(), serial: BigInt(serial), policy: `${POLICY}.2` });
  }

  /** The list of one of the two authorities as of now. */
  crl(of: 'root' | 'authority'): CertificateList {
    const { state } = this.#store;
    const number = state.crlNumber + 1;
    this.#store.save({ ...state, crlNumber: number });
    const revoked = state.issued.flatMap(({ serial, revoked: entry }) =>
      entry ? [{ serial: BigInt(`0x${serial}`), at: new Date(entry.at), reason: entry.reason }] : [],
    );
    const thisUpdate = this.#now();
    const nextUpdate = new Date(thisUpdate.getTime() + 7 * DAY_MS);
    const issuer = of === 'root' ? this.root : this.authority;
    return issueCrl(issuer, { number, thisUpdate, nextUpdate, revoked: of === 'root' ? [] : revoked });
  }

  /** A token over `data`, without the network. */
  stamp(data: Uint8Array): Uint8Array {
    return tokenOfResponse(this.timeStamp(timeStampRequest(data)), data);
  }

  /** OCSP answers for certificates of the subordinate authority and the root's list, without the network. */
  evidence(certificates: readonly Certificate[]): RevocationEvidence {
    const all = [...certificates, this.timeStampAuthority.certificate];
    const ocspResponses = all.map((certificate) =>
      OcspResponse.parse(this.ocsp(ocspRequest(certificate, this.authority.certificate))),
    );
    return { ocspResponses, crls: [this.crl('root')] };
  }
}

/** Names as certificates of the public service carry them; UID tells person and agency apart. */
function subjectOf(request: PersonRequest | AgencyRequest): readonly (readonly [string, string])[] {
  if (request.kind === 'agency') {
    return [
      [OID.countryName, 'VN'],
      [OID.organizationName, request.organization],
      [OID.commonName, request.organization],
      [OID.userId, `MDD:${request.code}`],
    ];
  }
  return [
    [OID.countryName, 'VN'],
    [OID.organizationName, request.organization],
    [OID.title, request.title],
    [OID.commonName, request.name],
    [OID.userId, request.uid ?? `CCCD:${request.cccd}`],
  ];
}
