import { digestIdentifier, digestOf, hash, signWith, weaknessOf } from './algorithms.ts';
import type { Certificate } from './certificate.ts';
import {
  encodeSignedData,
  readSignedData,
  signedAttributes,
  signerCertificate,
  signerInfoVerifies,
  signingCertificateMatches,
} from './cms.ts';
import { boolean, Der, der, generalizedTime, integer, octets, oid, sequence, TAG } from './der.ts';
import type { Issuer } from './issue.ts';
import { OID } from './oids.ts';
import type { PathFault, PathOptions, PathResult } from './path.ts';
import { validatePath } from './path.ts';
import { MalformedStructure } from './x509.problems.ts';

/** A TimeStampReq for SHA-256 (RFC 3161 2.4.1) over the hash of `data`. */
export function timeStampRequest(data: Uint8Array, nonce?: bigint): Uint8Array {
  const imprint = sequence(digestIdentifier('sha256'), octets(hash('sha256', data)));
  return sequence(integer(1), imprint, ...(nonce === undefined ? [] : [integer(nonce)]), boolean(true));
}

export interface TimeStampQuery {
  readonly imprint: Der;
  readonly nonce: bigint | undefined;
}

/** @throws MalformedDer, MalformedStructure, UnsupportedAlgorithm for digests that are unknown or not allowed */
export function readTimeStampRequest(bytes: Uint8Array): TimeStampQuery {
  const request = Der.parse(bytes);
  const imprint = request.at(1);
  const digest = digestOf(imprint.at(0));
  if (request.at(0).integer !== 1 || weaknessOf(digest) || imprint.at(1).content.length !== hash(digest).length) {
    throw MalformedStructure({ structure: 'TimeStampReq', fault: 'version or imprint' });
  }
  return { imprint, nonce: request.children.slice(2).find((child) => child.tag === TAG.integer)?.bigint };
}

/** Makes the granted TimeStampResp. `policy` is the authority's policy identifier. */
export function answerTimeStamp(
  query: TimeStampQuery,
  authority: Issuer & { readonly chain: readonly Certificate[] },
  stamp: { readonly at: Date; readonly serial: bigint; readonly policy: string },
): Uint8Array {
  const info = sequence(
    integer(1),
    oid(stamp.policy),
    query.imprint.raw,
    integer(stamp.serial),
    generalizedTime(stamp.at),
    sequence(integer(1)),
    ...(query.nonce === undefined ? [] : [integer(query.nonce)]),
  );
  const attributes = signedAttributes(OID.tstInfo, hash('sha256', info), authority.certificate);
  const token = encodeSignedData({
    contentType: OID.tstInfo,
    content: info,
    signedAttributes: attributes,
    signature: signWith(authority.privateKey, attributes),
    certificate: authority.certificate,
    chain: authority.chain,
  });
  return sequence(sequence(integer(0)), token);
}

/** The answer to something that is no TimeStampReq: rejection, badDataFormat (RFC 3161 2.4.2). */
export const rejectedTimeStamp = (): Uint8Array =>
  sequence(sequence(integer(2), der(TAG.bitString, Buffer.from([2, 0x04]))));

/**
 * The token of a TimeStampResp, checked against what was asked (status, imprint, nonce).
 *
 * @throws MalformedStructure when the authority refused or answered something else
 */
export function tokenOfResponse(response: Uint8Array, data: Uint8Array, nonce?: bigint): Uint8Array {
  const answer = Der.parse(response);
  const status = answer.at(0).at(0).integer;
  const token = answer.children[1];
  if (status > 1 || !token) throw MalformedStructure({ structure: 'TimeStampResp', fault: `status ${status}` });
  const stamp = readTimeStamp(token.raw);
  if (nonce !== undefined && stamp.nonce !== nonce)
    throw MalformedStructure({ structure: 'TimeStampResp', fault: 'nonce' });
  if (!stamp.covers(data)) throw MalformedStructure({ structure: 'TimeStampResp', fault: 'imprint of other data' });
  return token.raw;
}

export interface TimeStamp {
  readonly at: Date;
  readonly policy: string;
  readonly serial: bigint;
  readonly nonce: bigint | undefined;
  readonly authority: Certificate | undefined;
  readonly certificates: readonly Certificate[];
  /** The token's own signature and attributes hold (its path is a separate question). */
  readonly isIntact: boolean;
  readonly weakness: string | undefined;
  covers(data: Uint8Array): boolean;
}

/** Reads a TimeStampToken and checks its signature. @throws MalformedDer, MalformedStructure, UnsupportedAlgorithm */
export function readTimeStamp(token: Uint8Array): TimeStamp {
  const signed = readSignedData(token);
  const [signer] = signed.signerInfos;
  if (signed.contentType !== OID.tstInfo || !signed.content || !signer || signed.signerInfos.length !== 1) {
    throw MalformedStructure({ structure: 'TimeStampToken', fault: 'not one signer over a TSTInfo' });
  }
  const content = signed.content;
  const info = Der.parse(content);
  const imprint = info.at(2);
  const imprintDigest = digestOf(imprint.at(0));
  const authority = signerCertificate(signer, signed.certificates);
  const digestHolds =
    Buffer.compare(signer.signed.get(OID.messageDigest)?.[0]?.content ?? Buffer.of(), hash(signer.digest, content)) ===
    0;
  const isIntact =
    authority !== undefined &&
    digestHolds &&
    signer.signed.get(OID.contentType)?.[0]?.oid === OID.tstInfo &&
    signingCertificateMatches(signer, authority) === 'yes' &&
    signerInfoVerifies(signer, authority);
  return {
    at: info.at(4).time,
    policy: info.at(1).oid,
    serial: info.at(3).bigint,
    nonce: info.children.slice(5).find((child) => child.tag === TAG.integer)?.bigint,
    authority,
    certificates: signed.certificates,
    isIntact,
    weakness: weaknessOf(imprintDigest) ?? weaknessOf(signer.digest),
    covers: (data) => hash(imprintDigest, data).equals(imprint.at(1).content),
  };
}

/**
 * Path of a time stamp's authority at the time it stamped: its certificate has the purpose timeStamping alone, critical.
 *
 * @source VN-44 imprint, authority certificate and its status
 */
export function validateTimeStamp(
  stamp: TimeStamp,
  options: Omit<PathOptions, 'at'> & { readonly now: Date },
): PathResult {
  if (!stamp.authority) {
    return {
      path: [],
      faults: [{ code: 'no-path', subject: 'TSA', detail: 'no certificate in the token' }],
      revocation: [],
    };
  }
  const offered = [...(options.offered ?? []), ...stamp.certificates];
  const result = validatePath(stamp.authority, { ...options, offered, at: stamp.at });
  const purpose = stamp.authority.extensions.find(({ id }) => id === OID.extKeyUsage);
  const usages = stamp.authority.extendedKeyUsages;
  if (purpose?.critical && usages?.size === 1 && usages.has(OID.timeStamping)) return result;
  const fault: PathFault = {
    code: 'wrong-key-usage',
    subject: stamp.authority.subject.toString(),
    detail: 'extended key usage is not timeStamping alone and critical',
  };
  return { ...result, faults: [...result.faults, fault] };
}
