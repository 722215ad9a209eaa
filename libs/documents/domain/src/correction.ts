import { NUMBERED_PART_LABELS } from '@qlvb/contracts';
import type { ReplacementOutcome } from './attachment-replacement.ts';
import { CorrectionNotOpen, NumberBindsDraft } from './correction.problems.ts';
import type { OutgoingAct, OutgoingState } from './outgoing-state.ts';

/** In which a proposal to correct the main file can be decided. */
const DECIDABLE: ReadonlySet<OutgoingState> = new Set(['numbered', 'agency_signed']);

/** A proposal that nobody decided before the document went on is open no more. */
export const shownCorrection = (outcome: ReplacementOutcome, state: OutgoingState): ReplacementOutcome =>
  outcome === 'open' && !DECIDABLE.has(state) ? 'lapsed' : outcome;

/** What waits for a decision. @throws CorrectionNotOpen */
export function openCorrection<Proposal extends { readonly outcome: ReplacementOutcome }>(
  proposal: Proposal | null,
): Proposal {
  if (proposal?.outcome !== 'open') throw CorrectionNotOpen();
  return proposal;
}

/** What the register says of a numbered document beside its number. */
export type NumberedParts = Readonly<Record<keyof typeof NUMBERED_PART_LABELS, unknown>>;

/**
 * A numbered document that was sent back is corrected in its files and recipients: what stands in the register with its number
 * is no other document's.
 *
 * @throws NumberBindsDraft naming each part that would change
 * @source EX-NUM-3
 */
export function assertNumberedPartsKept(registered: NumberedParts, wanted: NumberedParts): void {
  const parts = Object.keys(NUMBERED_PART_LABELS) as (keyof NumberedParts)[];
  const changed = parts.filter((part) => registered[part] !== wanted[part]);
  if (changed.length > 0) throw NumberBindsDraft({ fields: changed.map((part) => NUMBERED_PART_LABELS[part]) });
}

/** What a document's own history says beside its state. */
export interface ActContext {
  readonly replacement: ReplacementOutcome | undefined;
  readonly correction: ReplacementOutcome | undefined;
  readonly isNumbered: boolean;
}

/** Without decisions on what nobody proposes; a number is cancelled where there is one, and with it the document. */
export const withoutIdleActs = (
  acts: readonly OutgoingAct[],
  { replacement, correction, isNumbered }: ActContext,
): OutgoingAct[] => {
  const idle: Partial<Record<OutgoingAct, boolean>> = {
    decide_replacement: replacement !== 'open',
    approve_correction: correction !== 'open',
    refuse_correction: correction !== 'open',
    cancel: isNumbered,
    cancel_number: !isNumbered,
  };
  return acts.filter((act) => !idle[act]);
};
