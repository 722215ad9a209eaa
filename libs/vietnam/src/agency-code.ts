/**
 * Electronic agency identifiers (mã định danh điện tử) in the two forms that are in use:
 * the current one grows from left to right (`H46.11.01`), the former one has 13 characters read right to left (`000.01.11.H46`).
 */

const CODE = /^[A-Y][0-9]{2}(\.[A-Z0-9]+)*$/;
const CODE_LENGTH_MAX = 35;
const LEGACY_CODE = /^[0-9]{3}\.[0-9]{2}\.[0-9]{2}\.[A-Y][0-9]{2}$/;

/** Digits per group below level 1 that the former form has room for: levels 2, 3 and 4. */
const LEGACY_GROUP_DIGITS = [2, 2, 3];

/**
 * A code in the current form: at most 35 characters, a letter A to Y with two digits, then groups of capitals and digits.
 *
 * @source AGC-01
 */
export function isAgencyCode(text: string): boolean {
  return text.length <= CODE_LENGTH_MAX && CODE.test(text);
}

/**
 * A code in the former 13-character form.
 *
 * @source AGC-10
 */
export function isLegacyAgencyCode(text: string): boolean {
  return LEGACY_CODE.test(text);
}

/**
 * Groups of a code from level 1 down. The number of groups is the level.
 *
 * @source AGC-03
 */
export function agencyCodeGroups(code: string): string[] {
  return code.split('.');
}

/**
 * The former form of a code: groups padded with zeros and reversed.
 *
 * @returns null when the former form has no room: letters or too many digits below level 1, or a fifth level
 * @source AGC-11
 * @source AGC-12
 */
export function toLegacyAgencyCode(code: string): string | null {
  if (!isAgencyCode(code)) return null;
  const [first = '', ...lower] = agencyCodeGroups(code);
  if (lower.length > LEGACY_GROUP_DIGITS.length) return null;
  const padded: string[] = [];
  for (const [index, digits] of LEGACY_GROUP_DIGITS.entries()) {
    const group = lower[index] ?? '0'.repeat(digits);
    // a shorter group would come back longer: '1' and '01' are different codes
    if (!/^[0-9]+$/.test(group) || group.length !== digits) return null;
    padded.unshift(group);
  }
  return [...padded, first].join('.');
}

/** What a code in the former form means today. */
export interface LegacyAgencyCode {
  code: string;
  /** A level in the middle is all zeros: the list it came from should be checked. */
  hasGap: boolean;
}

/**
 * The current form of a former code: level-1 group first, groups reversed, trailing zero groups cut.
 * A fallback: where the province's decision lists both forms, the listed pair wins.
 *
 * @source AGC-11
 * @source AGC-12
 */
export function fromLegacyAgencyCode(legacy: string): LegacyAgencyCode | undefined {
  if (!isLegacyAgencyCode(legacy)) return undefined;
  const [first = '', ...lower] = agencyCodeGroups(legacy).reverse();
  const isZero = (group: string | undefined): boolean => group !== undefined && /^0+$/.test(group);
  while (isZero(lower.at(-1))) lower.pop();
  return { code: [first, ...lower].join('.'), hasGap: lower.some(isZero) };
}

/**
 * The canonical (current) form of a code written in either form; spaces around and small letters are forgiven.
 *
 * @source AGC-14
 */
export function canonicalAgencyCode(text: string): string | undefined {
  const code = text.trim().toUpperCase();
  if (isLegacyAgencyCode(code)) return fromLegacyAgencyCode(code)?.code;
  return isAgencyCode(code) ? code : undefined;
}

/**
 * Whether two codes, in whatever form, mean the same agency by rule.
 *
 * @source AGC-14
 */
export function sameAgencyCode(a: string, b: string): boolean {
  const code = canonicalAgencyCode(a);
  return code !== undefined && code === canonicalAgencyCode(b);
}

/**
 * Whether a code continues its parent's code. A difference is a warning only: issued lists do not always follow the tree,
 * so the parent is stored and never derived.
 *
 * @source AGC-05
 */
export function agencyCodeContinues(code: string, parentCode: string): boolean {
  return code.startsWith(`${parentCode}.`);
}

/** A code with the days on which it may be used to send. */
export interface DatedAgencyCode {
  code: string;
  /** First day, `YYYY-MM-DD`; absent: since ever. */
  validFrom?: string | null;
  /** Last day, `YYYY-MM-DD`; absent: open. */
  validTo?: string | null;
}

/**
 * The code of an agency on a day. A closed code stays readable in history and cannot be used for a later document.
 *
 * @param on `YYYY-MM-DD`
 * @source AGC-08
 */
export function agencyCodeOn(codes: readonly DatedAgencyCode[], on: string): string | undefined {
  return codes.find(({ validFrom, validTo }) => (validFrom ?? on) <= on && on <= (validTo ?? on))?.code;
}

/**
 * Identifier of a document: code of the issuing agency on the issue date, that date, number and symbol.
 * The comma form is the one that systems on the axis use.
 *
 * @param agencyCode the one in force on the issue date
 * @param documentCode number and symbol, `15/QĐ-UBND`
 * @source AGC-15
 */
export const documentIdentifier = (agencyCode: string, issuedOn: string, documentCode: string): string =>
  `${agencyCode},${issuedOn.replaceAll('-', '/')},${documentCode}`;
