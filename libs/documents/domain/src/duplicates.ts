import { documentCodeKey } from '@qlvb/records';
import { foldText } from '@qlvb/vietnam';
import { DuplicateNotConfirmed } from './duplicates.problems.ts';

/** What identifies a document of another agency. */
export interface DocumentIdentity {
  /** Mã định danh văn bản; undefined for documents that carry none. */
  readonly documentId?: string | undefined;
  /** Number and symbol as written by the issuer. */
  readonly code: string;
  readonly issuerName: string;
}

/**
 * Whether two documents may be the same: equal ids, or number, symbol and issuer all equal however they are written.
 *
 * @source NĐ30-PL6-F1h
 */
export function isPossibleDuplicate(a: DocumentIdentity, b: DocumentIdentity): boolean {
  if (a.documentId !== undefined && a.documentId === b.documentId) return true;
  const key = duplicateKey(a);
  return key !== undefined && key === duplicateKey(b);
}

/**
 * Number, symbol and issuer as one key, the same however they are written; undefined for a document without a number.
 *
 * @source NĐ30-PL6-F1h
 */
export function duplicateKey({ code, issuerName }: Omit<DocumentIdentity, 'documentId'>): string | undefined {
  const key = documentCodeKey(code);
  return key === '' ? undefined : `${key}|${foldText(issuerName).trim()}`;
}

/**
 * A possible duplicate is registered only when the clerk, who decides, confirmed that it is none.
 *
 * @param known registered documents of the receiving agency with the same id or code
 * @throws DuplicateNotConfirmed
 * @source NĐ30-PL6-F1h
 */
export function assertDuplicatesConfirmed(
  arrived: DocumentIdentity,
  known: readonly (DocumentIdentity & { readonly arrivalNumber: number })[],
  confirmed: boolean,
): void {
  const same = known.find((document) => isPossibleDuplicate(arrived, document));
  if (same && !confirmed) throw DuplicateNotConfirmed({ arrivalNumber: same.arrivalNumber });
}
