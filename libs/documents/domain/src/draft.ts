import type { DocumentKindCode, Urgency } from '@qlvb/records';
import { DraftIncomplete, ReturnNeedsComment } from './problems.ts';
import type { OutgoingState } from './outgoing-state.ts';

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

const REQUIRED: readonly { field: keyof Draft; vi: string; source: string }[] = [
  { field: 'assignedBy', vi: 'người giao soạn thảo', source: 'NĐ30-A10-1' },
  { field: 'leadUnitId', vi: 'đơn vị chủ trì soạn thảo', source: 'NĐ30-A10-1' },
  { field: 'drafterId', vi: 'người soạn thảo', source: 'NĐ30-A10-1' },
  { field: 'kind', vi: 'tên loại', source: 'NĐ30-A10-2' },
  { field: 'subject', vi: 'trích yếu', source: 'NĐ30-A10-2' },
  { field: 'urgency', vi: 'độ khẩn', source: 'NĐ30-A10-2' },
  { field: 'notSecret', vi: 'xác nhận không thuộc bí mật nhà nước', source: 'NĐ30-A10-2' },
  { field: 'signerId', vi: 'người ký', source: 'NĐ30-A11-1' },
  { field: 'mainFile', vi: 'tệp văn bản chính', source: 'NĐ30-A10-3' },
];

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
  const missing = REQUIRED.filter(({ field }) => {
    const value = draft[field];
    return typeof value === 'string' ? value.trim() === '' : value !== true;
  });
  if (missing.length === 0) return;
  throw DraftIncomplete(
    { missing: missing.map(({ vi }) => vi).join(', ') },
    {
      faults: missing.map(({ field, vi, source }) => ({
        pointer: `/${field}`,
        code: source,
        detail: `Thiếu ${vi}.`,
      })),
    },
  );
}

/** Who finds a returned draft on his task list first. */
export type ReturnTarget = 'unit_head' | 'drafter';

/**
 * A draft goes back with a comment: from later steps to the head of the lead unit, who passes it to the drafter.
 *
 * @throws ReturnNeedsComment
 * @source NĐ30-A10-4
 */
export function returnTarget(from: OutgoingState, comment: string): ReturnTarget {
  if (comment.trim() === '') throw ReturnNeedsComment();
  return from === 'unit_review' ? 'drafter' : 'unit_head';
}
