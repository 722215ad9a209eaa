import type { CalendarDate } from '@qlvb/vietnam';
import { BadRetention, RetentionTooShort } from './retention.problems.ts';

/**
 * How long records are kept (thời hạn lưu trữ): for ever, a number of years, or by an event that has to be recorded before
 * the years start to run.
 *
 * @source RET-2
 */
export type RetentionTerm =
  | { readonly kind: 'permanent' }
  | { readonly kind: 'years'; readonly years: number }
  | { readonly kind: 'until'; readonly event: string }
  | { readonly kind: 'lifetime'; readonly asset: string }
  | { readonly kind: 'years_after'; readonly event: string; readonly years: number };

export const LONGEST_YEARS = 70;

/**
 * @throws BadRetention for a number of years outside 1 to 70
 * @source LAW-7
 */
export function assertTerm(term: RetentionTerm): RetentionTerm {
  const years = 'years' in term ? term.years : 1;
  if (!Number.isInteger(years) || years < 1 || years > LONGEST_YEARS) throw BadRetention();
  return term;
}

/**
 * Orders terms: permanent above everything, then what only an event ends (nobody knows when), then the years.
 *
 * @returns negative when `a` is shorter, 0 when neither is
 * @source RET-4
 */
export function compareTerms(a: RetentionTerm, b: RetentionTerm): number {
  return rank(a) - rank(b);
}

const rank = (term: RetentionTerm): number => {
  if (term.kind === 'permanent') return 1_000_000;
  if (term.kind === 'years') return term.years;
  return 1000 + (term.kind === 'years_after' ? term.years : 0);
};

/**
 * The term of a dossier: the longest among its documents.
 *
 * @returns undefined when no document has a term
 * @source LAW-6
 * @source RET-4
 */
export function longestTerm(terms: readonly RetentionTerm[]): RetentionTerm | undefined {
  return terms.reduce<RetentionTerm | undefined>(
    (longest, term) => (longest === undefined || compareTerms(term, longest) > 0 ? term : longest),
    undefined,
  );
}

/**
 * A term chosen for a dossier may be longer than the schedule and its documents demand, never shorter.
 *
 * @throws RetentionTooShort
 * @source LAW-6
 * @source RET-5
 */
export function assertAtLeast(chosen: RetentionTerm, least: RetentionTerm | undefined): RetentionTerm {
  if (least && compareTerms(chosen, least) < 0) {
    throw RetentionTooShort({ chosen: termText(chosen), least: termText(least) });
  }
  return assertTerm(chosen);
}

/**
 * Last day on which the records are kept: 31 December of the year the work ended plus the years.
 *
 * @param endedOn day the work ended, or the day of the recorded event for terms that wait for one; null while it is unknown
 * @returns null when the term has no end, or none yet
 * @source LAW-5
 * @source RET-3
 */
export function lastDayKept(term: RetentionTerm, endedOn: CalendarDate | null): CalendarDate | null {
  if (term.kind === 'permanent' || endedOn === null) return null;
  const years = 'years' in term ? term.years : 0;
  return `${Number(endedOn.slice(0, 4)) + years}-12-31`;
}

/** The term as people write it in a list of dossiers. @source NĐ30-PL5-I.4 */
export function termText(term: RetentionTerm): string {
  switch (term.kind) {
    case 'permanent':
      return 'Vĩnh viễn';
    case 'years':
      return `${term.years} năm`;
    case 'until':
      return `Đến khi ${term.event}`;
    case 'lifetime':
      return `Theo tuổi thọ ${term.asset}`;
    case 'years_after':
      return `${term.years} năm sau khi ${term.event}`;
  }
}
