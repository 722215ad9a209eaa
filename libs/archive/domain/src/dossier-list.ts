import { composeNotation, requireNotation } from './dossier-code.ts';
import { ActNotYours, DossierListActNotAllowed, DossierListIncomplete, NotationTaken } from './problems.ts';
import { termText } from './retention.ts';
import type { RetentionTerm } from './retention.ts';
import { findRow } from './transition-table.ts';
import type { TransitionRow } from './transition-table.ts';

export const DOSSIER_LIST_STATES = ['draft', 'approved', 'superseded'] as const;
export type DossierListState = (typeof DOSSIER_LIST_STATES)[number];
export type DossierListAct = 'edit' | 'approve' | 'supersede';
export type DossierListRole = 'archivist' | 'head' | 'system';

/**
 * A list is made by the archivist, approved by the head at the start of the year, and replaced only by its next version.
 *
 * @source NĐ30-A28-1
 */
export const DOSSIER_LIST_TRANSITIONS: readonly TransitionRow<DossierListState, DossierListAct, DossierListRole>[] = [
  { act: 'edit', from: 'draft', to: 'draft', by: 'archivist', source: 'NĐ30-A28-1' },
  { act: 'approve', from: 'draft', to: 'approved', by: 'head', source: 'NĐ30-A28-1' },
  { act: 'supersede', from: 'approved', to: 'superseded', by: 'system', source: 'NĐ30-A28-1' },
];

/** @throws DossierListActNotAllowed, ActNotYours */
export function performDossierListAct(
  state: DossierListState,
  act: DossierListAct,
  roles: readonly DossierListRole[],
): DossierListState {
  const row = findRow(DOSSIER_LIST_TRANSITIONS, state, act);
  if (!row) throw DossierListActNotAllowed({ act, state });
  if (!roles.includes(row.by)) throw ActNotYours({ act, role: row.by });
  return row.to;
}

export interface ListHeading {
  /** By organisation or by field; written with Roman numbers. */
  readonly title: string;
  /** Used in the numbers and symbols of its dossiers. */
  readonly abbreviation: string;
}

export interface ListEntry {
  /** Index of its heading. */
  readonly heading: number;
  readonly notation: string;
  readonly title: string;
  readonly term: RetentionTerm;
  /** Code of the retention rule that the term comes from. */
  readonly ruleCode?: string;
  readonly makerId: string;
  readonly note?: string;
}

export interface DossierList {
  readonly year: number;
  /** Ordinals run through the whole list, or start again under each large heading. */
  readonly numbering: 'whole_list' | 'per_heading';
  readonly headings: readonly ListHeading[];
  readonly entries: readonly ListEntry[];
}

/**
 * Adds a line; its number and symbol is the next one of the list's numbering unless given.
 *
 * @throws NotationTaken, BadDossierCode
 * @source NĐ30-PL5-I.2
 */
export function addEntry(list: DossierList, entry: Omit<ListEntry, 'notation'> & { notation?: string }): DossierList {
  const heading = list.headings[entry.heading];
  if (!heading) throw DossierListIncomplete({ missing: 'đề mục' });
  const peers =
    list.numbering === 'whole_list' ? list.entries : list.entries.filter((each) => each.heading === entry.heading);
  const highest = peers.reduce((max, each) => Math.max(max, Number.parseInt(each.notation, 10) || 0), 0);
  const notation =
    entry.notation === undefined ? composeNotation(highest + 1, heading.abbreviation) : requireNotation(entry.notation);
  if (list.entries.some((each) => each.notation === notation)) throw NotationTaken({ notation });
  return { ...list, entries: [...list.entries, { ...entry, notation }] };
}

/**
 * A list is complete when every heading and every line has what the form asks for.
 *
 * @throws DossierListIncomplete
 * @source NĐ30-PL5-I.1
 */
export function requireComplete(list: DossierList): void {
  const missing = [
    ...(list.entries.length === 0 ? ['hồ sơ'] : []),
    ...list.headings.filter((heading) => heading.title.trim() === '').map((_, index) => `tên đề mục ${index + 1}`),
    ...list.entries.flatMap((entry) => [
      ...(entry.title.trim() === '' ? [`tiêu đề của ${entry.notation}`] : []),
      ...(entry.makerId === '' ? [`người lập của ${entry.notation}`] : []),
    ]),
  ];
  if (missing.length > 0) throw DossierListIncomplete({ missing: missing.join('; ') });
}

export interface PrintedList {
  readonly rows: readonly {
    readonly notation: string;
    readonly title: string;
    readonly term: string;
    readonly makerId: string;
    readonly note: string;
  }[];
  readonly permanent: number;
  readonly limited: number;
}

/**
 * The list in the columns of the form: headings with Roman numbers, their dossiers below, totals at the end.
 *
 * @source NĐ30-PL5-II
 */
export function printedList(list: DossierList): PrintedList {
  const rows = list.headings.flatMap((heading, index) => [
    { notation: '', title: `${roman(index + 1)}. ${heading.title}`, term: '', makerId: '', note: '' },
    ...list.entries
      .filter((entry) => entry.heading === index)
      .map((entry) => ({
        notation: entry.notation,
        title: entry.title,
        term: termText(entry.term),
        makerId: entry.makerId,
        note: entry.note ?? '',
      })),
  ]);
  const permanent = list.entries.filter((entry) => entry.term.kind === 'permanent').length;
  return { rows, permanent, limited: list.entries.length - permanent };
}

const ROMAN = ['X', 'IX', 'V', 'IV', 'I'] as const;
const ROMAN_VALUES = { X: 10, IX: 9, V: 5, IV: 4, I: 1 } as const;

function roman(number: number): string {
  let rest = number;
  let text = '';
  for (const sign of ROMAN) {
    while (rest >= ROMAN_VALUES[sign]) {
      text += sign;
      rest -= ROMAN_VALUES[sign];
    }
  }
  return text;
}
