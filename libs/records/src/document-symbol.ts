import { documentKind, documentKindByAbbreviation } from './document-kinds.ts';
import type { CopyKindCode, DocumentKind, DocumentKindCode } from './document-kinds.ts';

/**
 * A number as printed: below 10 with a leading zero.
 *
 * @param number integer ≥ 1
 * @source NĐ30-PL1-II.3c-1
 * @source NĐ30-PL1-T2
 */
export function formatDocumentNumber(number: number): string {
  if (!Number.isSafeInteger(number) || number < 1) throw new RangeError(`document number: ${number}`);
  return String(number).padStart(2, '0');
}

export interface SymbolParts {
  kind: DocumentKindCode | CopyKindCode;
  /** Abbreviation of the issuing agency or state title, `UBND`. */
  issuer: string;
  /** Abbreviation of the drafting unit or the field; an official letter needs it. */
  unit?: string;
}

const ABBREVIATION = /^[A-ZĐ][A-ZĐa-zđ0-9.]*$/;
const UNIT_ABBREVIATION = /^[A-ZĐa-zđ0-9.]+$/;

/**
 * Symbol (ký hiệu) of a document: kind and issuer, `QĐ-UBND`; for kinds without an abbreviation issuer and unit, `STTTT-CNTT`.
 * Letter case is kept as given.
 *
 * @throws RangeError when a part cannot stand in a symbol, or a letter names no unit or field
 * @source NĐ30-PL1-II.3b-1
 * @source NĐ30-PL1-II.3b-2
 * @source EX-NUM-1
 */
export function composeSymbol({ kind, issuer, unit }: SymbolParts): string {
  const { abbreviation, code } = documentKind(kind);
  const groups = abbreviation === null ? [issuer, unit] : [abbreviation, issuer];
  if (code === 'official_note' && unit === undefined) groups.pop();
  const [first, ...rest] = groups.map((group) => (group ?? '').normalize('NFC'));
  if (!ABBREVIATION.test(first ?? '') || !rest.every((group) => UNIT_ABBREVIATION.test(group))) {
    throw new RangeError(`not a symbol: ${groups.join('-')}`);
  }
  return groups.join('-').normalize('NFC');
}

/**
 * Number and symbol (số và ký hiệu), the unique code of a document in the agency and year: `15/QĐ-UBND`; a legal normative
 * document carries the year, `25/2019/QĐ-UBND`.
 *
 * @source NĐ30-PL1-II.3c-1
 * @source EX-NUM-2
 */
export function composeDocumentCode(number: number, symbol: string, normativeYear?: number): string {
  const parts = [formatDocumentNumber(number), ...(normativeYear === undefined ? [] : [String(normativeYear)]), symbol];
  return parts.join('/');
}

/** What can be read from a code that somebody else gave. Nothing of it proves the kind: that has a field of its own. */
export interface ParsedDocumentCode {
  /** Number as written, letters included (`12a`); empty when there is none. */
  number: string;
  /** Year of a normative document. */
  year?: number;
  /** Symbol as written, without the number. */
  symbol: string;
  /** Kind whose abbreviation the symbol starts with. */
  kindHint?: DocumentKind;
}

/**
 * Reads a foreign number and symbol tolerantly: `Số:` in front, blanks, leading and trailing slashes, a missing number.
 *
 * @returns undefined for a text without anything to read
 * @source NĐ30-PL6-T1
 */
export function parseDocumentCode(text: string): ParsedDocumentCode | undefined {
  const code = text
    .normalize('NFC')
    .replace(/^\s*số\s*[:.]?\s*/i, '')
    .replace(/\s*([/–—-])\s*/g, '$1')
    .replace(/[–—]/g, '-')
    .replace(/\s+/g, ' ')
    .replace(/^[/\s]+|[/\s]+$/g, '');
  if (code === '') return undefined;
  const [first = '', ...rest] = code.split('/');
  const hasNumber = /^[0-9]/.test(first);
  const [second = ''] = rest;
  const hasYear = hasNumber && rest.length > 1 && /^(19|20)[0-9]{2}$/.test(second);
  const symbol = (hasNumber ? rest.slice(hasYear ? 1 : 0) : [first, ...rest]).join('/');
  const kindHint = symbol.includes('-') ? documentKindByAbbreviation(symbol.split('-')[0] ?? '') : undefined;
  return {
    number: hasNumber ? first : '',
    ...(hasYear ? { year: Number(second) } : {}),
    symbol,
    ...(kindHint ? { kindHint } : {}),
  };
}

/**
 * Key under which two writings of a code are the same document's: leading zeros, blanks, `Số:` and dashes do not matter.
 *
 * @source NĐ30-PL6-F1h
 */
export function documentCodeKey(text: string): string {
  const parsed = parseDocumentCode(text);
  if (!parsed) return '';
  const number = parsed.number.replace(/^0+(?=[0-9])/, '').toLowerCase();
  return [number, ...(parsed.year === undefined ? [] : [parsed.year]), parsed.symbol].join('/');
}
