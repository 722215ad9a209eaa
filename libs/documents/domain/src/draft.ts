import { DRAFT_PART_LABELS, fillLabel, MISSING_LABEL } from '@qlvb/contracts';
import type { DocumentKindCode, Urgency } from '@qlvb/records';
import { DraftIncomplete, ReturnNeedsComment } from './draft.problems.ts';

/** What a draft must say before it is submitted. */
export interface Draft {
  readonly assignedBy?: string | undefined;
  readonly leadUnitId?: string | undefined;
  readonly drafterId?: string | undefined;
  readonly kind?: DocumentKindCode | undefined;
  readonly subject?: string | undefined;
  readonly urgency?: Urgency | undefined;
  /** The drafter's explicit statement that the content is no state secret. */
  readonly notSecret?: boolean | undefined;
  readonly signerId?: string | undefined;
  readonly mainFile?: string | undefined;
}

const REQUIRED: Readonly<Record<keyof Draft, string>> = {
  assignedBy: 'NĐ30-A10-1',
  leadUnitId: 'NĐ30-A10-1',
  drafterId: 'NĐ30-A10-1',
  kind: 'NĐ30-A10-2',
  subject: 'NĐ30-A10-2',
  urgency: 'NĐ30-A10-2',
  notSecret: 'NĐ30-A10-2',
  signerId: 'NĐ30-A11-1',
  mainFile: 'NĐ30-A10-3',
};

/**
 * A draft is submitted when it says who assigned it to whom, what it is, and its file lies in the system.
 *
 * @throws DraftIncomplete with one fault per missing field
 * @source NĐ30-A10-1
 * @source NĐ30-A10-2
 * @source NĐ30-A10-3
 * @source NĐ30-A11-1 the signer who will approve it is named
 */
export function assertSubmittable(draft: Draft): void {
  const missing = (Object.keys(REQUIRED) as (keyof Draft)[]).filter((field) => {
    const value = draft[field];
    return typeof value === 'string' ? value.trim() === '' : value !== true;
  });
  if (missing.length === 0) return;
  throw DraftIncomplete(
    { missing: missing.map((field) => DRAFT_PART_LABELS[field]) },
    {
      faults: missing.map((field) => ({
        pointer: '/path/documentId' as const,
        code: REQUIRED[field],
        detail: fillLabel(MISSING_LABEL, { part: DRAFT_PART_LABELS[field] }),
      })),
    },
  );
}

/**
 * A draft goes back with a comment; to whom, the process of workflow says.
 *
 * @throws ReturnNeedsComment
 * @source NĐ30-A10-4
 */
export function assertReturnCommented(comment: string): void {
  if (comment.trim() === '') throw ReturnNeedsComment();
}
