import { NotAcceptable, NotVerifiedYet } from './problems.ts';
import type { RefusalCode } from './refusal.ts';
import { legalStatus } from './review.ts';
import type { SignatureVerdict } from './review.ts';

/** What was found out about an arrived document, without judgement. */
export interface VerificationFacts {
  /** Files or mandatory data that the package announces and does not hold. */
  readonly missing: readonly string[];
  /** Files whose digest differs or that cannot be read. */
  readonly damaged: readonly string[];
  /** Signature of the competent person on the document; undefined when it has none. */
  readonly personalSignature?: SignatureVerdict | undefined;
  readonly agencySignature?: SignatureVerdict | undefined;
  /** Whether the last signature covers the whole file, apart from permitted additions. */
  readonly changedAfterSigning: boolean;
  /** Signature over the exchange package; undefined when it has none. */
  readonly packageSignature?: SignatureVerdict | undefined;
  /** Whether the receiving agency is the one that the package is addressed to. */
  readonly addressedToUs: boolean;
}

export interface VerificationResult {
  readonly complete: boolean;
  readonly intact: boolean;
  readonly authentic: boolean;
  /** A signature is there and wrong, which is worse than one that is absent or cannot be proved. */
  readonly falsified: boolean;
  /** `binding` replaces paper; `reference` is for information only. */
  readonly legalValue: 'binding' | 'reference';
  /** Grounds on which the document must or may be returned. */
  readonly grounds: readonly RefusalCode[];
}

/**
 * The three checks before acceptance, each on its own, and the legal value that follows.
 *
 * @source QĐ28-A9-1 completeness, integrity, authenticity
 * @source QĐ28-A4-2 unsigned: for information, does not replace paper
 * @source NĐ30-A5-1 binding needs both signatures
 */
export function verifyArrival(facts: VerificationFacts): VerificationResult {
  const { personalSignature, agencySignature, packageSignature } = facts;
  const complete = facts.missing.length === 0;
  const intact = facts.damaged.length === 0 && !facts.changedAfterSigning;
  const falsified = [personalSignature, agencySignature, packageSignature].includes('invalid');
  const authentic = !falsified && legalStatus(personalSignature, agencySignature) === 'original';
  const grounds: readonly (RefusalCode | false)[] = [
    !facts.addressedToUs && 'WRONG_RECIPIENT',
    !authentic && 'NOT_AUTHENTIC',
    !intact && 'NOT_INTACT',
    !complete && 'INCOMPLETE',
  ];
  return {
    complete,
    intact,
    authentic,
    falsified,
    legalValue: authentic && intact ? 'binding' : 'reference',
    grounds: grounds.filter((ground) => ground !== false),
  };
}

/**
 * Whether the clerk may accept: verified, addressed to the agency, complete and intact. A document whose signatures are
 * absent or not provable is accepted knowingly, for reference; one with a false signature is not.
 *
 * @param asReference the clerk's decision to take it for information only
 * @throws NotVerifiedYet
 * @throws NotAcceptable
 * @source NĐ30-A21-1
 * @source NĐ30-A21-2
 * @source QĐ28-A4-2
 */
export function assertAcceptable(result: VerificationResult | undefined, asReference: boolean): void {
  if (!result) throw NotVerifiedYet();
  const tolerated = asReference && !result.falsified;
  const blocking = result.grounds.filter((ground) => ground !== 'NOT_AUTHENTIC' || !tolerated);
  if (blocking.length > 0) throw NotAcceptable({ grounds: blocking.join(', ') });
}
