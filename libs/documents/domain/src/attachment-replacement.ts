import { REPLACEMENT_OUTCOME_LABELS } from '@qlvb/contracts';
import type { OutgoingState } from './outgoing-state.ts';
import { AttachmentNotFound, FileAttachedAlready, ReplacementNotOpen } from './attachment-replacement.problems.ts';

export const REPLACEMENT_OUTCOMES = Object.keys(REPLACEMENT_OUTCOME_LABELS) as [ReplacementOutcome];
export type ReplacementOutcome = keyof typeof REPLACEMENT_OUTCOME_LABELS;

interface Listed {
  readonly fileId: string;
  readonly role: 'main' | 'attachment';
}

/**
 * The files of a document with another one in the place of an attachment. The main file is what the person signed: it stays.
 *
 * @throws AttachmentNotFound, FileAttachedAlready
 * @source EX-NUM-3 the number stays
 * @source NĐ30-A11-2
 */
export function withReplaced<File extends Listed>(files: readonly File[], attachmentId: string, file: File): File[] {
  if (files.some(({ fileId }) => fileId === file.fileId)) throw FileAttachedAlready();
  const replaced = files.find(({ fileId, role }) => fileId === attachmentId && role === 'attachment');
  if (!replaced) throw AttachmentNotFound({ id: attachmentId });
  return files.map((one) => (one === replaced ? file : one));
}

/** A proposal that nobody decided before the document went on is open no more. */
export const shownOutcome = (outcome: ReplacementOutcome, state: OutgoingState): ReplacementOutcome =>
  outcome === 'open' && state !== 'numbered' ? 'lapsed' : outcome;

/** What waits for a decision. @throws ReplacementNotOpen */
export function openReplacement<Proposal extends { readonly outcome: ReplacementOutcome }>(
  proposal: Proposal | null,
): Proposal {
  if (proposal?.outcome !== 'open') throw ReplacementNotOpen();
  return proposal;
}
