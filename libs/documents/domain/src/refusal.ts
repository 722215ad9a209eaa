import { fillLabel, REFUSAL_FAULTS } from '@qlvb/contracts';
import { assertExchangeableReason } from './exchangeable.ts';
import { RefusalInvalid } from './refusal.problems.ts';

/**
 * Reasons for which a clerk refuses an arrived document.
 *
 * - `evidence: 'finding'`: the system itself can find it; without a finding the clerk has to explain it;
 * - `evidence: 'explanation'`: a judgement, so it always needs words;
 * - `evidence: 'none'`: the code says it all.
 */
export const REFUSAL_REASONS = [
  { code: 'WRONG_RECIPIENT', evidence: 'explanation', source: 'NĐ30-A21-2' },
  { code: 'NOT_AUTHENTIC', evidence: 'finding', source: 'NĐ30-A21-1' },
  { code: 'NOT_INTACT', evidence: 'finding', source: 'QĐ28-A9-1' },
  { code: 'INCOMPLETE', evidence: 'finding', source: 'QĐ28-A9-1' },
  { code: 'BAD_FORMAT', evidence: 'explanation', source: 'QĐ28-A6-6' },
  { code: 'DUPLICATE', evidence: 'finding', source: 'NĐ30-PL6-F1h' },
  { code: 'STATE_SECRET', evidence: 'none', source: 'QĐ28-A1-2' },
  { code: 'MALWARE', evidence: 'finding', source: 'QĐ28-A5-1' },
  { code: 'OTHER', evidence: 'explanation', source: 'QĐ28-A5-4' },
] as const;

export type RefusalCode = (typeof REFUSAL_REASONS)[number]['code'];

/** Shortest explanation that counts as one, in characters. */
export const SHORTEST_EXPLANATION = 10;

export interface Refusal {
  readonly code: RefusalCode;
  readonly explanation: string;
  /** The person who answers for the refusal; the platform itself for what it quarantines on arrival. */
  readonly refusedBy: string;
}

/**
 * A refusal that its author can answer for: a person, a reason from the list, and evidence or words for it.
 *
 * @param findings grounds that the checks on arrival found
 * @throws RefusalInvalid
 * @source QĐ28-A5-4
 * @source NĐ30-A21-2
 */
export function assertRefusal(refusal: Refusal, findings: readonly RefusalCode[]): void {
  const reason = REFUSAL_REASONS.find(({ code }) => code === refusal.code);
  if (!reason) throw RefusalInvalid({ reason: REFUSAL_FAULTS['ground-unknown'] });
  assertExchangeableReason(reason.code, refusal.explanation);
  if (refusal.refusedBy.trim() === '') throw RefusalInvalid({ reason: REFUSAL_FAULTS['nobody-refused'] });
  const backed = reason.evidence === 'none' || (reason.evidence === 'finding' && findings.includes(reason.code));
  if (!backed && [...refusal.explanation.normalize('NFC').trim()].length < SHORTEST_EXPLANATION) {
    throw RefusalInvalid({
      reason: fillLabel(REFUSAL_FAULTS['explanation-short'], { characters: String(SHORTEST_EXPLANATION) }),
    });
  }
}
