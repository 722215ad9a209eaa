import { conclude, FINDINGS } from './report.ts';
import type { Change, Finding, Integrity, LegalState, SignatureReport } from './report.ts';
import { isColleague, isOfAgency } from './same-agency.ts';

const endOf = ({ byteRange }: SignatureReport): number => (byteRange ? byteRange[2] + byteRange[3] : -1);

/** Those that came after a signature; of one whose place is not known, where it was added after it. */
const laterThan = (signature: SignatureReport, signatures: readonly SignatureReport[]): readonly SignatureReport[] =>
  signatures.filter((other) =>
    other.byteRange
      ? endOf(other) > endOf(signature)
      : signature.changesAfter.some((change) => isAdded(change) && change.where === other.fieldName),
  );

const isAdded = ({ kind }: Change): boolean => kind === 'signature-added' || kind === 'field-signed';

/**
 * Judges later changes by the signatures that cover them. A number that was filled in is acceptable only under the seal of the
 * signer's own agency; a picture that came later must lie over nothing, but for that seal; a signature that does not hold, or
 * whose signer nobody knows, casts doubt on every earlier one. Works from the last signature to the first, as one failing
 * takes its cover away.
 *
 * @param signatures in the order of their revisions
 * @source PR-22, VER-04, ATT-07
 */
export function settleLaterChanges(signatures: readonly SignatureReport[]): readonly SignatureReport[] {
  const settled: SignatureReport[] = [];
  for (const signature of [...signatures].reverse()) {
    const added = laterFindings(signature, settled);
    const findings = [...signature.findings, ...added];
    const settledOne = added.length === 0 ? signature : { ...signature, findings, ...conclude(findings) };
    settled.unshift({ ...settledOne, integrity: integrityOf(settledOne) });
  }
  return settled;
}

/** What was proven stays so as long as nothing later speaks against it. */
function integrityOf({ integrity, findings }: SignatureReport): Integrity {
  const indications = findings.map(({ code }) => FINDINGS[code]);
  const broken = ['FORMAT_FAILURE', 'HASH_FAILURE', 'SIG_CRYPTO_FAILURE'];
  if (indications.some((kind) => kind.indication === 'FAILED' && broken.includes(kind.sub ?? ''))) return 'broken';
  return integrity === 'proven' && !findings.some(({ code }) => DOUBTS.has(code)) ? 'proven' : 'unknown';
}

const DOUBTS: ReadonlySet<string> = new Set<Finding['code']>([
  'cover-unknown',
  'later-signature-unsound',
  'seal-unproven',
]);

function laterFindings(signature: SignatureReport, settled: readonly SignatureReport[]): readonly Finding[] {
  const later = laterThan(signature, settled);
  const seal = sealOf(signature, later);
  return signature.changesAfter.flatMap((change): readonly Finding[] => {
    if (change.kind === 'field-filled') return fillingFindings(change, later, seal);
    if (!isAdded(change)) return [];
    const added = later.find(({ fieldName }) => fieldName === change.where);
    // What only may be the seal is neither the exception nor shown to be anything else.
    if (
      seal &&
      added === seal.signature &&
      !seal.isProven &&
      change.covers !== 'nothing' &&
      change.covers !== undefined
    )
      return [{ code: 'seal-unproven', detail: change.where }];
    return [...doubtIn(added, change), ...coverFindings(change, seal?.isProven === true && added === seal.signature)];
  });
}

/** A signature that adds nothing to be seen needs no proof of its own, unless it is shown to be bad, or nobody's as far as can be read. */
function doubtIn(added: SignatureReport | undefined, { where, covers }: Change): readonly Finding[] {
  if (added?.indication === 'PASSED') return [];
  const isStrange = !added?.signer || added.indication === 'FAILED' || isNobodys(added);
  return isStrange || covers !== undefined ? [{ code: 'later-signature-unsound', detail: where }] : [];
}

function coverFindings({ where, covers }: Change, isSeal: boolean): readonly Finding[] {
  if (isSeal || covers === undefined || covers === 'nothing') return [];
  return [{ code: covers === 'content' ? 'covered-later' : 'cover-unknown', detail: where }];
}

const isNobodys = ({ findings }: SignatureReport): boolean => findings.some(({ code }) => code === 'no-path');

interface Seal {
  readonly signature: SignatureReport;
  /** Whether it, and what stands between, was found valid; otherwise evidence is missing. */
  readonly isProven: boolean;
}

/**
 * The seal that completes a person's signature: of the person's own agency, and directly after the agency's people, with nothing
 * between but their signatures and time stamps. One that cannot be judged may be the seal; one of an authority nobody knows
 * only where the signer's is not known either.
 *
 * @source PR-20, VN-01
 */
function sealOf(signature: SignatureReport, later: readonly SignatureReport[]): Seal | undefined {
  const { signer } = signature;
  if (!signer || signature.signerKind !== 'person') return undefined;
  let isProven = true;
  for (const other of later) {
    if (other.kind === 'document-time-stamp') continue;
    if (other.indication === 'FAILED' || (isNobodys(other) && !isNobodys(signature))) return undefined;
    isProven &&= other.indication === 'PASSED';
    if (!other.signer) return { signature: other, isProven: false };
    if (other.signerKind === 'agency')
      return isOfAgency(signer, other.signer) ? { signature: other, isProven } : undefined;
    if (other.signerKind !== 'person' || !isColleague(signer, other.signer)) return undefined;
  }
  return undefined;
}

/** Who filled the field: the first later signature after which it did not change any more. */
function fillingFindings(
  { where }: Change,
  later: readonly SignatureReport[],
  seal: Seal | undefined,
): readonly Finding[] {
  const filler = later.find(
    (other) => !other.changesAfter.some((change) => change.kind === 'field-filled' && change.where === where),
  );
  const isSeal = seal !== undefined && filler === seal.signature;
  if (isSeal && seal.isProven) return [];
  return [
    isSeal
      ? { code: 'seal-unproven', detail: `field ${where}` }
      : { code: 'modified-after-signing', detail: `field ${where}, no valid seal of the signer's agency over it` },
  ];
}

/**
 * An original needs a valid signature of a person and, directly over it, a valid seal of that person's agency.
 *
 * @source VN-01
 */
export function legalState(signatures: readonly SignatureReport[]): { legal: LegalState; completedField?: string } {
  const valid = (kind: SignatureReport['signerKind']): readonly SignatureReport[] =>
    signatures.filter(
      (signature) =>
        signature.kind === 'signature' && signature.indication === 'PASSED' && signature.signerKind === kind,
    );
  const persons = valid('person');
  const isSealed = (person: SignatureReport): boolean =>
    sealOf(person, laterThan(person, signatures))?.isProven === true;
  // Initials come before the competent person's signature: the last one under the seal is the signer's.
  const completed = persons.filter(isSealed).pop();
  if (completed) return { legal: 'complete', completedField: completed.fieldName };
  if (persons.length > 0) return { legal: 'person_only' };
  return { legal: valid('agency').length > 0 ? 'agency_only' : 'none' };
}
