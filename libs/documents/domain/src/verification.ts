import { REFUSAL_GROUND_LABELS } from '@qlvb/contracts';
import { NotAcceptable, NotVerifiedYet } from './verification.problems.ts';
import type { RefusalCode } from './refusal.ts';
import { legalStatus } from './review.ts';
import type { SignatureVerdict } from './review.ts';

/** What was found out about an arrived document, without judgement. */
export interface VerificationFacts {
  /** Files or mandatory data that the package announces and does not hold. */
  readonly missing: readonly string[];
  /** Files that are not as they were signed or announced. */
  readonly damaged: readonly string[];
  /** Files of which nobody can tell, as they cannot be read. */
  readonly unreadable: readonly string[];
  /** Signature of the competent person on the document; undefined when it has none. */
  readonly personalSignature?: SignatureVerdict | undefined;
  readonly agencySignature?: SignatureVerdict | undefined;
  /** Whether that valid signature is of another agency than the sender. */
  readonly isSealOfAnother: boolean;
  /** What was shown of the bytes of the document itself. */
  readonly integrity: 'proven' | 'broken' | 'unknown' | 'unsigned' | 'unreadable';
  /** Whether the agency's signature lies directly over the one of a person of the same agency. */
  readonly isSealed: boolean;
  /** Whether the person whom the sender names as signer is the one whose certificate signed. */
  readonly namedSigner: 'confirmed' | 'another' | 'unproven' | 'not_named' | 'not_signed';
  /** Signature over the exchange package; undefined when it has none. */
  readonly packageSignature?: SignatureVerdict | undefined;
  /** Whether the receiving agency is the one that the package is addressed to. */
  readonly addressedToUs: boolean;
}

/** Why a document is not authentic, or cannot be shown to be whole. */
export const VERIFICATION_REASONS = [
  'signature_missing',
  'signature_invalid',
  'signature_unproven',
  'seal_of_another_agency',
  'seal_not_over_signature',
  'signer_differs',
  'signer_unproven',
  'integrity_broken',
  'file_unreadable',
  'integrity_unproven',
] as const;
export type VerificationReason = (typeof VERIFICATION_REASONS)[number];

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
  /** What stands behind the grounds. */
  readonly reasons: readonly VerificationReason[];
}

/**
 * The three checks before acceptance, each on its own, and the legal value that follows.
 *
 * @source QĐ28-A9-1 completeness, integrity, authenticity
 * @source QĐ28-A4-2 unsigned: for information, does not replace paper
 * @source NĐ30-A5-1 binding needs both signatures
 * @source VN-05 a certificate of another holder than the named signer proves nothing of the signer
 */
export function verifyArrival(facts: VerificationFacts): VerificationResult {
  const { personalSignature, packageSignature } = facts;
  // A good signature of another agency says nothing of the sender.
  const agencySignature = facts.isSealOfAnother ? 'indeterminate' : facts.agencySignature;
  const complete = facts.missing.length === 0;
  const doubt = integrityDoubt(facts);
  // Intact is what was proven; what was never signed is as whole as the package says, and for reference only.
  const intact = doubt === undefined;
  const broken = doubt === 'integrity_broken' || doubt === 'file_unreadable';
  const falsified = [personalSignature, agencySignature, packageSignature].includes('invalid');
  const isOriginal = legalStatus(personalSignature, agencySignature) === 'original' && facts.isSealed;
  const authentic =
    !falsified &&
    isOriginal &&
    facts.integrity === 'proven' &&
    (facts.namedSigner === 'confirmed' || facts.namedSigner === 'not_named');
  const grounds: readonly (RefusalCode | false)[] = [
    !facts.addressedToUs && 'WRONG_RECIPIENT',
    !authentic && 'NOT_AUTHENTIC',
    broken && 'NOT_INTACT',
    !complete && 'INCOMPLETE',
  ];
  return {
    complete,
    intact,
    authentic,
    falsified,
    legalValue: authentic && intact ? 'binding' : 'reference',
    grounds: grounds.filter((ground) => ground !== false),
    reasons: reasonsOf(facts),
  };
}

/** The one thing that is known against the bytes, the gravest first; undefined when they are whole. @source QĐ28-A9-1 */
function integrityDoubt({ damaged, unreadable, integrity }: VerificationFacts): VerificationReason | undefined {
  if (damaged.length > 0 || integrity === 'broken') return 'integrity_broken';
  if (unreadable.length > 0 || integrity === 'unreadable') return 'file_unreadable';
  return integrity === 'unknown' ? 'integrity_unproven' : undefined;
}

/** No two that contradict each other: of what cannot be read nothing is called missing, of what is valid nothing unproven. */
function reasonsOf(facts: VerificationFacts): readonly VerificationReason[] {
  const { namedSigner, isSealOfAnother, isSealed, personalSignature } = facts;
  const signatures = [personalSignature, facts.agencySignature];
  const areValid = signatures.every((verdict) => verdict === 'valid');
  const reasons: readonly (VerificationReason | false | undefined)[] = [
    facts.integrity !== 'unreadable' && signatures.includes(undefined) && 'signature_missing',
    [...signatures, facts.packageSignature].includes('invalid') && 'signature_invalid',
    signatures.includes('indeterminate') && 'signature_unproven',
    isSealOfAnother && 'seal_of_another_agency',
    areValid && !isSealed && !isSealOfAnother && 'seal_not_over_signature',
    namedSigner === 'another' && 'signer_differs',
    (namedSigner === 'unproven' || (namedSigner === 'not_signed' && areValid && isSealed)) && 'signer_unproven',
    integrityDoubt(facts),
  ];
  return reasons.filter((reason) => reason !== false && reason !== undefined);
}

const folded = (name: string): string => name.normalize('NFKC').trim().replace(/\s+/g, ' ').toLowerCase();

/**
 * Compares the signer that a package names with the name in the certificate that signed, and with whose certificate it was
 * found to be: a name may be borne by two.
 *
 * @param certified undefined when no signature makes an original
 * @param identity by citizen number; `not_kept`, and undefined in older results, leave it at the name
 * @source VN-05
 */
export function namedSignerOf(
  named: string,
  certified: string | undefined,
  identity?: 'confirmed' | 'another' | 'unproven' | 'not_kept',
): VerificationFacts['namedSigner'] {
  if (certified === undefined) return folded(named) === '' ? 'not_named' : 'not_signed';
  if (identity === 'another' || identity === 'unproven') return identity;
  if (folded(named) === '') return 'not_named';
  return folded(certified) === folded(named) ? 'confirmed' : 'another';
}

/** Grounds that stand in the way of acceptance. */
function blockingGrounds(result: VerificationResult, asReference: boolean): readonly RefusalCode[] {
  const tolerated = asReference && !result.falsified;
  return result.grounds.filter((ground) => ground !== 'NOT_AUTHENTIC' || !tolerated);
}

/**
 * Whether the clerk could accept it in any way, be it for reference only.
 *
 * @source NĐ30-A21-2
 */
export const isAcceptable = (result: VerificationResult | undefined): boolean =>
  result !== undefined && blockingGrounds(result, true).length === 0;

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
  const blocking = blockingGrounds(result, asReference);
  if (blocking.length > 0) throw NotAcceptable({ grounds: blocking.map((ground) => REFUSAL_GROUND_LABELS[ground]) });
}
