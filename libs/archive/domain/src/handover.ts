import type { CalendarDate } from '@qlvb/vietnam';
import { formatDayMonthYear } from '@qlvb/vietnam';
import { termText } from './retention.ts';
import type { RetentionTerm } from './retention.ts';

export interface ListedDossier {
  readonly notation: string;
  readonly title: string;
  readonly startedOn: CalendarDate;
  readonly endedOn: CalendarDate;
  readonly term: RetentionTerm;
  readonly pageCount: number;
  readonly fileCount: number;
  readonly note?: string;
}

export interface SubmissionListRow {
  readonly ordinal: number;
  readonly notation: string;
  readonly title: string;
  readonly period: string;
  /** Absent in the list of permanent dossiers, which has no such column. */
  readonly term?: string;
  readonly pageCount: number;
  readonly note: string;
}

/**
 * Submission list (mục lục hồ sơ, tài liệu nộp lưu): permanent and limited dossiers in two lists of their own.
 *
 * @source SUB-5
 */
export function submissionLists(dossiers: readonly ListedDossier[]): {
  readonly permanent: readonly SubmissionListRow[];
  readonly limited: readonly SubmissionListRow[];
} {
  const row = (dossier: ListedDossier, index: number, withTerm: boolean): SubmissionListRow => ({
    ordinal: index + 1,
    notation: dossier.notation,
    title: dossier.title,
    period: `${formatDayMonthYear(dossier.startedOn)} - ${formatDayMonthYear(dossier.endedOn)}`,
    ...(withTerm ? { term: termText(dossier.term) } : {}),
    pageCount: dossier.pageCount,
    note: dossier.note ?? '',
  });
  return {
    permanent: dossiers.filter(({ term }) => term.kind === 'permanent').map((each, index) => row(each, index, false)),
    limited: dossiers.filter(({ term }) => term.kind !== 'permanent').map((each, index) => row(each, index, true)),
  };
}

export interface ContentsDocument {
  readonly documentCode: string;
  readonly issuedOn: CalendarDate;
  readonly kindName: string;
  readonly subject: string;
  readonly author: string;
  readonly pageCount: number;
  readonly note?: string;
}

export interface ContentsRow {
  readonly ordinal: number;
  readonly documentCode: string;
  readonly issuedOn: string;
  readonly title: string;
  readonly author: string;
  /** Pages in the dossier, `1-3`. */
  readonly pages: string;
  readonly note: string;
}

/**
 * Contents list (mục lục văn bản, tài liệu): every document with the pages that it takes in the dossier.
 *
 * @source SUB-6
 * @source NĐ30-A29-7
 */
export function contentsList(documents: readonly ContentsDocument[]): readonly ContentsRow[] {
  let page = 1;
  return documents.map((document, index) => {
    const first = page;
    page += document.pageCount;
    const last = page - 1;
    return {
      ordinal: index + 1,
      documentCode: document.documentCode,
      issuedOn: formatDayMonthYear(document.issuedOn),
      title: `${document.kindName} ${document.subject}`.trim(),
      author: document.author,
      pages: last > first ? `${first}-${last}` : `${first}`,
      note: document.note ?? '',
    };
  });
}

/** Figures of the hand-over record (biên bản giao nhận) of electronic dossiers. @source SUB-4 */
export function handoverTotals(dossiers: readonly ListedDossier[]): {
  readonly dossierCount: number;
  readonly fileCount: number;
  readonly period: string;
} {
  const starts = dossiers.map((dossier) => dossier.startedOn).sort();
  const ends = dossiers.map((dossier) => dossier.endedOn).sort();
  const [first] = starts;
  const last = ends.at(-1);
  return {
    dossierCount: dossiers.length,
    fileCount: dossiers.reduce((sum, dossier) => sum + dossier.fileCount, 0),
    period: first && last ? `${formatDayMonthYear(first)} - ${formatDayMonthYear(last)}` : '',
  };
}
