import { DOSSIER_CODE_PART_LABELS } from '@qlvb/contracts';
import { BadDossierCode } from './dossier-code.problems.ts';

export interface DossierCodeParts {
  /** Code of the agency that made the list, up to 35 characters; of its fonds when that is closed. */
  readonly agencyCode: string;
  /** Year in which the dossier came into being. */
  readonly year: number;
  /** Number and symbol in the list, such as `01.TCCB`. */
  readonly notation: string;
}

/**
 * Dossier code (mã hồ sơ): agency code, year, number and symbol, joined by dots.
 *
 * @throws BadDossierCode naming the part
 * @source EX-HS-1
 */
export function composeDossierCode({ agencyCode, year, notation }: DossierCodeParts): string {
  if (!/^[A-Z0-9]+(?:\.[A-Z0-9]+)*$/.test(agencyCode) || agencyCode.length > 35) {
    throw BadDossierCode({ part: DOSSIER_CODE_PART_LABELS.agencyCode, value: agencyCode });
  }
  if (!Number.isInteger(year) || year < 1900 || year > 9999)
    throw BadDossierCode({ part: DOSSIER_CODE_PART_LABELS.year, value: year });
  assertNotation(notation);
  return `${agencyCode}.${year}.${notation}`;
}

/**
 * Number and symbol of a dossier: ordinal and abbreviation of its large heading, such as `01.TCCB`.
 *
 * @param ordinal 1…
 * @source NĐ30-PL5-I.2
 */
export function composeNotation(ordinal: number, headingAbbreviation: string): string {
  return assertNotation(`${String(ordinal).padStart(2, '0')}.${headingAbbreviation.normalize('NFC').trim()}`);
}

/** @throws BadDossierCode when it is empty, longer than 20 characters or has other than letters, digits, `.`, `-`, `/` */
export function assertNotation(notation: string): string {
  const text = notation.normalize('NFC').trim();
  if (!/^[\p{L}\p{N}]+(?:[./-][\p{L}\p{N}]+)*$/u.test(text) || [...text].length > 20) {
    throw BadDossierCode({ part: DOSSIER_CODE_PART_LABELS.notation, value: notation });
  }
  return text;
}
