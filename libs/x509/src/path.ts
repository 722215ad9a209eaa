import { DomainError } from '@qlvb/shared-domain';
import { weaknessOf } from './algorithms.ts';
import type { Certificate } from './certificate.ts';
import { OID } from './oids.ts';
import type { RevocationEvidence, RevocationStatus } from './revocation.ts';
import { revocationStatus } from './revocation.ts';

/** Certificates that are trusted because an administrator put them there; their own signature is not evaluated. @source VN-83 */
export interface TrustStore {
  readonly anchors: readonly Certificate[];
  /** Known CA certificates that help to build a path but are not trusted by themselves. */
  readonly intermediates?: readonly Certificate[];
}

export type PathFaultCode =
  | 'no-path'
  | 'not-yet-valid'
  | 'expired'
  | 'not-a-ca'
  | 'path-too-long'
  | 'wrong-key-usage'
  | 'unknown-critical-extension'
  | 'weak-algorithm'
  | 'revoked'
  | 'revocation-unknown';

export interface PathFault {
  readonly code: PathFaultCode;
  readonly subject: string;
  readonly detail: string;
}

export interface PathResult {
  /** From the end entity to the trust anchor; empty when none could be built. */
  readonly path: readonly Certificate[];
  readonly faults: readonly PathFault[];
  readonly revocation: readonly (RevocationStatus & { readonly subject: string })[];
}

export interface PathOptions {
  readonly trust: TrustStore;
  /** The moment the path must hold at. */
  readonly at: Date;
  /** The verifier's clock, when `at` lies in the past. */
  readonly now?: Date;
  /** Certificates that came with the signature. */
  readonly offered?: readonly Certificate[];
  readonly evidence?: RevocationEvidence;
  /** `require`: a status that is not known is a fault. `ignore`: not looked at (building a path before signing, offline). */
  readonly revocation?: 'require' | 'ignore';
}

const MAX_PATH = 8;
const MAX_ATTEMPTS = 64;

/** Extensions this validator acts on; any other that is critical fails the path, as RFC 5280 4.2 demands. */
const UNDERSTOOD: ReadonlySet<string> = new Set([
  OID.basicConstraints,
  OID.keyUsage,
  OID.extKeyUsage,
  OID.certificatePolicies,
  OID.subjectAltName,
  OID.cRLDistributionPoints,
  OID.ocspNoCheck,
]);

/** Extensions that restrict a path in ways not evaluated here: even where an issuer forgot to mark them critical they stop it. */
const RESTRICTING: ReadonlySet<string> = new Set([
  OID.nameConstraints,
  OID.policyConstraints,
  OID.policyMappings,
  OID.inhibitAnyPolicy,
]);

/**
 * Builds a path from `leaf` to a trust anchor and checks it (RFC 5280 6.1 without policy trees; name and policy constraints
 * that are critical are refused rather than half understood). Of several paths the one with the fewest faults is returned.
 *
 * @source VN-41 the path ends at a trust anchor of the store
 * @source VN-52 allowed algorithms only
 * @source ATT-15 an end entity used as authority, an exceeded path length and unknown critical extensions are refused
 */
export function validatePath(leaf: Certificate, options: PathOptions): PathResult {
  const candidates = buildPaths(leaf, options);
  const results = candidates.map((path) => checkPath(path, options));
  const best = results.sort((a, b) => a.faults.length - b.faults.length)[0];
  if (best) return best;
  const detail = `no path from ${leaf.subject.toString()} to a trusted authority`;
  return { path: [], faults: [{ code: 'no-path', subject: leaf.subject.toString(), detail }], revocation: [] };
}

function buildPaths(leaf: Certificate, { trust, offered = [] }: PathOptions): readonly Certificate[][] {
  const pool = [...offered, ...(trust.intermediates ?? [])];
  const paths: Certificate[][] = [];
  let attempts = 0;
  const extend = (path: Certificate[]): void => {
    const last = path[path.length - 1] as Certificate;
    if (trust.anchors.some((anchor) => anchor.equals(last))) {
      paths.push(path);
      return;
    }
    const isNamed = (candidate: Certificate): boolean =>
      candidate.subject.comparable === last.issuer.comparable && !path.some((used) => used.equals(candidate));
    for (const candidate of [...trust.anchors, ...pool].filter(isNamed)) {
      if (path.length >= MAX_PATH || (attempts += 1) > MAX_ATTEMPTS) return;
      if (isIssuedBy(last, candidate)) extend([...path, candidate]);
    }
  };
  extend([leaf]);
  return paths;
}

function checkPath(path: readonly Certificate[], options: PathOptions): PathResult {
  const { at, now = at, evidence = { ocspResponses: [], crls: [] }, revocation: mode = 'require' } = options;
  const faults: PathFault[] = [];
  const revocation: (RevocationStatus & { subject: string })[] = [];
  // The anchor itself is trusted as it stands: the rules apply to what it issued, directly or not.
  path.slice(0, -1).forEach((certificate, index) => {
    const issuer = path[index + 1] as Certificate;
    const subject = certificate.subject.toString();
    const fault = (code: PathFaultCode, detail: string): number => faults.push({ code, subject, detail });
    const weak = weaknessOf(certificate.scheme.digest, certificate.publicKey);
    if (weak) fault('weak-algorithm', weak);
    if (at < certificate.notBefore) fault('not-yet-valid', `valid from ${certificate.notBefore.toISOString()}`);
    if (at > certificate.notAfter) fault('expired', `valid until ${certificate.notAfter.toISOString()}`);
    for (const { id, critical } of certificate.extensions) {
      if ((critical && !UNDERSTOOD.has(id)) || RESTRICTING.has(id)) fault('unknown-critical-extension', id);
    }
    if (index > 0) authorityFaults(certificate, path, index).forEach(([code, detail]) => fault(code, detail));
    if (mode === 'ignore') return;
    const status = revocationStatus(certificate, issuer, evidence, at, now);
    revocation.push({ ...status, subject });
    if (status.status === 'revoked') fault('revoked', `revoked at ${status.at.toISOString()}, reason ${status.reason}`);
    if (status.status === 'unknown') fault('revocation-unknown', status.why);
  });
  return { path, faults, revocation };
}

/** A certificate of the right name that did not sign is no issuer; one with an unknown algorithm cannot be shown to be one. */
function isIssuedBy(certificate: Certificate, issuer: Certificate): boolean {
  try {
    return certificate.isSignedBy(issuer.publicKey);
  } catch (error) {
    if (error instanceof DomainError) return false;
    throw error;
  }
}

/** Rules for a certificate that issued another one of the path (RFC 5280 6.1.4 k to n). */
function authorityFaults(
  certificate: Certificate,
  path: readonly Certificate[],
  index: number,
): readonly (readonly [PathFaultCode, string])[] {
  const faults: [PathFaultCode, string][] = [];
  if (certificate.version !== 3 || !certificate.isCa) faults.push(['not-a-ca', 'basicConstraints does not say cA']);
  if (certificate.keyUsages?.has('keyCertSign') === false) faults.push(['wrong-key-usage', 'keyCertSign is missing']);
  const below = path.slice(1, index).filter((authority) => !authority.isSelfIssued).length;
  if (certificate.pathLength !== undefined && below > certificate.pathLength) {
    faults.push(['path-too-long', `path length ${certificate.pathLength} is exceeded`]);
  }
  return faults;
}
