import { foldText } from '@qlvb/vietnam';
import { z } from 'zod';
import { asks } from '../input/input-messages.ts';

/** The text of a search: at least one word. */
export const searchText = (max: number) =>
  z
    .string()
    .max(max)
    .refine(
      (text) => searchPatterns(text).length > 0,
      asks({ vi: 'Hãy nhập ít nhất một từ để tìm.', en: 'Give at least one word to search for.' }),
    );

/**
 * The words of a search as regular expressions of PostgreSQL, each of which the folded text has to match, in any order: case
 * and marks make no difference, signs stand for themselves, and a number is the whole number (2/QĐ finds 02/QĐ, not 12/QĐ).
 * The longest come first, since an index tells most about them.
 *
 * @source CHR-05
 */
export function searchPatterns(text: string): string[] {
  const words = foldText(text)
    .split(/[\s\u00a0]+/)
    .filter(Boolean);
  return [...new Set(words)].sort((a, b) => b.length - a.length).map(pattern);
}

/** The condition that a column's text, folded as a search is, has all words of a parameter of type text[]. */
export const hasWords = (column: string, words: string): string =>
  `replace(lower(unaccent(${column})), 'đ', 'd') ~ ALL (${words}::text[])`;

const SPECIAL = /[\\^$.|?*+()[\]{}]/g;

function pattern(word: string): string {
  const digits = /^\d+/.exec(word)?.[0];
  const number = digits?.replace(/^0+(?=\d)/, '') ?? '';
  const literal = `${number}${word.slice(digits?.length ?? 0)}`.replace(SPECIAL, '\\$&');
  return `${digits === undefined ? '' : '(^|[^0-9])0*'}${literal}${/\d$/.test(word) ? '($|[^0-9])' : ''}`;
}
