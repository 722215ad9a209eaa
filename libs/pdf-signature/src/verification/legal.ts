import { conclude } from './report.ts';
import type { Finding, LegalState, SignatureReport } from './report.ts';

const endOf = ({ byteRange }: SignatureReport): number => (byteRange ? byteRange[2] + byteRange[3] : -1);

/**
 * Judges later changes by the signatures that cover them. A field that was filled is acceptable only under a later signature that
 * holds: without one anybody could have filled it. A signature that fails, or whose signer nobody knows, casts doubt on every
 * earlier one, since its picture may hide what they signed. Works from the last signature to the first, as one failing takes
 * its cover away.
 *
 * @param signatures in the order of their revisions
 * @source PR-22, VER-04, ATT-07
 */
export function settleLaterChanges(signatures: readonly SignatureReport[]): readonly SignatureReport[] {
  const settled: SignatureReport[] = [];
  for (const signature of [...signatures].reverse()) {
    const added = laterFindings(signature, settled);
    const findings = [...signature.findings, ...added];
    settled.unshift(added.length === 0 ? signature : { ...signature, findings, ...conclude(findings) });
  }
  return settled;
}

function laterFindings(signature: SignatureReport, settled: readonly SignatureReport[]): readonly Finding[] {
  const later = settled.filter((other) => endOf(other) > endOf(signature) || endOf(other) < 0);
  const filled = signature.changesAfter.find(({ kind }) => kind === 'field-filled');
  const isCovered = later.some(({ indication }) => indication === 'PASSED');
  const unsound = later.find(
    ({ fieldName, indication, findings }) =>
      signature.changesAfter.some(
        ({ kind, where }) => /^(signature-added|field-signed)$/.test(kind) && where === fieldName,
      ) &&
      (indication === 'FAILED' || findings.some(({ code }) => code === 'no-path')),
  );
  return [
    ...(filled && !isCovered
      ? [{ code: 'modified-after-signing' as const, detail: `field ${filled.where}, no valid signature over it` }]
      : []),
    ...(unsound ? [{ code: 'later-signature-unsound' as const, detail: unsound.fieldName }] : []),
  ];
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
