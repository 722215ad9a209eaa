import { conclude } from './report.ts';
import type { LegalState, SignatureReport } from './report.ts';

const endOf = ({ byteRange }: SignatureReport): number => (byteRange ? byteRange[2] + byteRange[3] : -1);

/**
 * A field that was filled after a signature is acceptable only when a later signature that holds covers the filling: without
 * one anybody could have done it. Works from the last signature to the first, since one failing takes its cover away.
 *
 * @param signatures in the order of their revisions
 * @source PR-22, VER-04
 */
export function settleLaterChanges(signatures: readonly SignatureReport[]): readonly SignatureReport[] {
  const settled: SignatureReport[] = [];
  for (const signature of [...signatures].reverse()) {
    const filled = signature.changesAfter.find(({ kind }) => kind === 'field-filled');
    const isCovered = settled.some((later) => later.indication === 'PASSED' && endOf(later) > endOf(signature));
    if (!filled || isCovered) settled.unshift(signature);
    else {
      const findings = [
        ...signature.findings,
        { code: 'modified-after-signing' as const, detail: `field ${filled.where}, no valid signature over it` },
      ];
      settled.unshift({ ...signature, findings, ...conclude(findings) });
    }
  }
  return settled;
}

/**
 * An original needs a valid signature of a person and, over it, a valid one of the agency.
 *
 * @source VN-01
 */
export function legalState(signatures: readonly SignatureReport[]): LegalState {
  const valid = (kind: SignatureReport['signerKind']): readonly SignatureReport[] =>
    signatures.filter(
      (signature) =>
        signature.kind === 'signature' && signature.indication === 'PASSED' && signature.signerKind === kind,
    );
  const persons = valid('person');
  const agencies = valid('agency');
  if (persons.some((person) => agencies.some((agency) => endOf(agency) > endOf(person)))) return 'complete';
  if (persons.length > 0) return 'person_only';
  return agencies.length > 0 ? 'agency_only' : 'none';
}
