import { HandlingResultMissing } from './problems.ts';

/** What came out of handling an incoming document. */
export interface HandlingResult {
  /** `replied`: an outgoing document answers it; `filed`: for information, nothing to send. */
  readonly outcome: 'replied' | 'filed';
  /** The answering outgoing document; needed for `replied`. */
  readonly replyDocumentId?: string | undefined;
  /** The work dossier that holds the document. */
  readonly dossierId?: string | undefined;
}

/**
 * The lead handler finishes with a result and a dossier.
 *
 * @throws HandlingResultMissing
 * @source NĐ30-A4-5
 */
export function assertHandlingResult(result: HandlingResult): void {
  const missing = [
    ...(result.outcome === 'replied' && !result.replyDocumentId ? ['văn bản trả lời'] : []),
    ...(result.dossierId ? [] : ['hồ sơ công việc']),
  ];
  if (missing.length > 0) throw HandlingResultMissing({ missing: missing.join(', ') });
}
