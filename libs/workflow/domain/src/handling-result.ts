import { HANDLING_PART_LABELS } from '@qlvb/contracts';
import { HandlingResultMissing } from './handling-result.problems.ts';

/** What came out of handling an incoming document. */
export interface HandlingResult {
  /** `replied`: an outgoing document answers it; `filed`: done or noted, nothing to send. */
  readonly outcome: 'replied' | 'filed';
  /** The result in the handler's words. */
  readonly summary: string;
  /** The answering outgoing document; needed for `replied`. */
  readonly replyDocumentId?: string | undefined;
  /** The work dossier that holds the document, when it was filed already. */
  readonly dossierId?: string | undefined;
}

/**
 * The lead handler finishes with a result.
 *
 * @throws HandlingResultMissing
 * @source NĐ30-A24-2
 */
export function assertHandlingResult(result: HandlingResult): void {
  const missing = [
    ...(result.summary.trim() === '' ? [HANDLING_PART_LABELS.summary] : []),
    ...(result.outcome === 'replied' && !result.replyDocumentId ? [HANDLING_PART_LABELS.reply] : []),
  ];
  if (missing.length > 0) throw HandlingResultMissing({ missing });
}
