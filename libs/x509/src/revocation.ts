import { DomainError } from '@qlvb/shared-domain';
import type { Certificate } from './certificate.ts';
import type { CertificateList } from './crl.ts';
import type { OcspResponse } from './ocsp.ts';
import { OID } from './oids.ts';

/** What is at hand about revocation; nothing is fetched here. */
export interface RevocationEvidence {
  readonly ocspResponses: readonly OcspResponse[];
  readonly crls: readonly CertificateList[];
}

export type RevocationStatus =
  | {
      readonly status: 'good';
      readonly source: 'ocsp' | 'crl' | 'no-check';
      readonly thisUpdate?: Date;
      readonly revokedLater?: Date;
    }
  | { readonly status: 'revoked'; readonly source: 'ocsp' | 'crl'; readonly at: Date; readonly reason: number }
  | { readonly status: 'unknown'; readonly why: string };

const WITHOUT_NEXT_UPDATE_MS = 24 * 3600 * 1000;
const CLOCK_SKEW_MS = 5 * 60 * 1000;

/**
 * Was `certificate` revoked or suspended at `at`? An answer counts when its issuer signed it and it was not out of date at
 * that moment; a revocation after `at` leaves the certificate good at `at`. Without an answer the status is unknown, never good.
 *
 * @source VN-50 neither suspended nor revoked at signing time
 * @source VN-51 status by CRL or OCSP; neither at hand is a warning, not a pass
 * @source ATT-16 old lists, lists of another authority and answers by the certificate itself do not count
 */
export function revocationStatus(
  certificate: Certificate,
  issuer: Certificate,
  evidence: RevocationEvidence,
  at: Date,
  now: Date = at,
): RevocationStatus {
  if (certificate.extension(OID.ocspNoCheck)) return { status: 'good', source: 'no-check' };
  const found: RevocationStatus[] = [];
  const usable = <T>(items: readonly T[], judge: (item: T) => RevocationStatus | undefined): void => {
    for (const item of items) {
      try {
        const status = judge(item);
        if (status) found.push(status);
      } catch (error) {
        // Evidence comes from outside: what cannot be read or uses an unknown algorithm counts for nothing.
        if (!(error instanceof DomainError)) throw error;
      }
    }
  };
  usable(evidence.ocspResponses, (response) => {
    const answer = response.answerFor(certificate, issuer);
    if (!answer || !isCurrent(answer, at, now) || !response.isSignedFor(issuer)) return undefined;
    const { status } = answer;
    if (status.status === 'unknown') return undefined;
    return judged('ocsp', answer.thisUpdate, status.status === 'revoked' ? status : undefined, at);
  });
  usable(evidence.crls, (list) => {
    if (list.issuer.comparable !== certificate.issuer.comparable || !list.covers(certificate)) return undefined;
    if (!isCurrent(list, at, now) || issuer.keyUsages?.has('cRLSign') === false || !list.isSignedBy(issuer.publicKey))
      return undefined;
    return judged('crl', list.thisUpdate, list.entry(certificate.serial), at);
  });
  // A revocation outweighs any number of good answers, whichever source says it.
  return (
    found.find(({ status }) => status === 'revoked') ??
    found[0] ?? { status: 'unknown', why: 'no usable OCSP answer and no usable CRL' }
  );
}

function isCurrent(answer: { thisUpdate: Date; nextUpdate: Date | undefined }, at: Date, now: Date): boolean {
  const until = answer.nextUpdate?.getTime() ?? answer.thisUpdate.getTime() + WITHOUT_NEXT_UPDATE_MS;
  return answer.thisUpdate.getTime() <= now.getTime() + CLOCK_SKEW_MS && at.getTime() <= until + CLOCK_SKEW_MS;
}

function judged(
  source: 'ocsp' | 'crl',
  thisUpdate: Date,
  revoked: { readonly at: Date; readonly reason: number } | undefined,
  at: Date,
): RevocationStatus {
  if (!revoked) return { status: 'good', source, thisUpdate };
  if (revoked.at > at) return { status: 'good', source, thisUpdate, revokedLater: revoked.at };
  return { status: 'revoked', source, at: revoked.at, reason: revoked.reason };
}
