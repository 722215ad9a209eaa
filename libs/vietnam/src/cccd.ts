import { CCCD_PROVINCES } from './cccd-provinces.ts';

/** What the twelve digits of a citizen number (số căn cước công dân) say. */
export interface CccdParts {
  /** Three digits: place where the birth was registered; says nothing about where the person lives or works now. */
  provinceCode: string;
  sex: 'male' | 'female';
  birthYear: number;
  /** Six digits without meaning. */
  serial: string;
}

export type CccdFault =
  'CCCD_FORMAT' | 'CCCD_IMPLAUSIBLE_YEAR' | 'CCCD_MISMATCH' | 'CCCD_TEST_PREFIX' | 'CCCD_UNKNOWN_PREFIX';

export type CccdStrictness = 'strict' | 'warn' | 'off';

export interface CccdCheckOptions {
  /** Calendar year in which the account is created. */
  year: number;
  /** Default `warn`: the law only guarantees twelve digits, so a doubt about the structure may be overridden with a reason. */
  strictness?: CccdStrictness;
  /** What the personnel record says; a difference is a warning that an administrator may accept with a reason. */
  record?: { birthYear?: number; sex?: 'male' | 'female' };
  ageYears?: { min: number; max: number };
  /** Test realms accept the unassigned prefix that production refuses. */
  testRealm?: boolean;
}

export interface CccdCheck {
  /** Twelve digits; absent when the input is not a citizen number at all. */
  number?: string;
  parts?: CccdParts;
  /** Reasons to refuse. */
  refusals: CccdFault[];
  /** Doubts that an administrator may override with a reason. */
  warnings: CccdFault[];
}

/**
 * Prefix that no place has, used for numbers made in tests.
 *
 * @source CID-34
 */
export const CCCD_TEST_PREFIX = '099';

const DEFAULT_AGE_YEARS = { min: 15, max: 100 };

/**
 * Twelve ASCII digits from what a person typed: spaces, dots and hyphens between groups are dropped, anything else refuses.
 * The number stays a string for ever: its leading zero must survive. Nine digits (the old CMND) are not a citizen number.
 *
 * @source CID-01
 * @source CID-02
 * @source CID-13
 */
export function normaliseCccd(input: string): string | undefined {
  const digits = input.trim().replace(/(?<=[0-9])[ .-]+(?=[0-9])/g, '');
  return /^[0-9]{12}$/.test(digits) ? digits : undefined;
}

/**
 * Splits twelve digits into place, sex and century, year and serial.
 *
 * @source CID-03
 * @source CID-04
 * @source CID-05
 */
export function parseCccd(number: string): CccdParts | undefined {
  if (!/^[0-9]{12}$/.test(number)) return undefined;
  const century = Number(number[3]);
  return {
    provinceCode: number.slice(0, 3),
    sex: century % 2 === 0 ? 'male' : 'female',
    birthYear: 1900 + 100 * Math.floor(century / 2) + Number(number.slice(4, 6)),
    serial: number.slice(6),
  };
}

/**
 * Judges a citizen number that is to become the name of an account.
 * There is no check digit, so a wrong digit in the serial cannot be found here: see `sameCccdEntry`.
 *
 * @source CID-06
 * @source CID-07
 * @source CID-08
 * @source CID-10
 */
export function checkCccd(input: string, options: CccdCheckOptions): CccdCheck {
  const number = normaliseCccd(input);
  const parts = number === undefined ? undefined : parseCccd(number);
  if (number === undefined || parts === undefined) return { refusals: ['CCCD_FORMAT'], warnings: [] };

  const refusals: CccdFault[] = [];
  const warnings: CccdFault[] = [];
  const strictness = options.strictness ?? 'warn';
  const structure = strictness === 'strict' ? refusals : warnings;

  if (parts.provinceCode === CCCD_TEST_PREFIX) {
    // CID-34: whatever the strictness, numbers of test realms never enter production
    if (options.testRealm !== true) refusals.push('CCCD_TEST_PREFIX');
  } else if (strictness !== 'off' && !CCCD_PROVINCES.has(parts.provinceCode)) {
    structure.push('CCCD_UNKNOWN_PREFIX');
  }
  const { min, max } = options.ageYears ?? DEFAULT_AGE_YEARS;
  const age = options.year - parts.birthYear;
  if (strictness !== 'off' && (age < min || age > max)) structure.push('CCCD_IMPLAUSIBLE_YEAR');

  const { birthYear, sex } = options.record ?? {};
  const differs = (birthYear ?? parts.birthYear) !== parts.birthYear || (sex ?? parts.sex) !== parts.sex;
  if (strictness !== 'off' && differs) warnings.push('CCCD_MISMATCH');
  return { number, parts, refusals, warnings };
}

/**
 * Two entries name the same number: a form asks twice because no check digit guards the serial.
 *
 * @source CID-09
 */
export function sameCccdEntry(first: string, second: string): boolean {
  const number = normaliseCccd(first);
  return number !== undefined && number === normaliseCccd(second);
}

/**
 * How others see the number: the first and last three digits.
 *
 * @source CID-21
 */
export function maskCccd(number: string): string {
  return /^[0-9]{12}$/.test(number) ? `${number.slice(0, 3)}******${number.slice(-3)}` : '************';
}

/**
 * Whether a password gives away part of the number (six digits of it in a row) or the birth date in a usual order.
 *
 * @param birthDate `YYYY-MM-DD`
 * @source CID-26
 */
export function passwordRevealsCccd(password: string, number: string, birthDate?: string): boolean {
  for (let start = 0; start + 6 <= number.length; start += 1) {
    if (password.includes(number.slice(start, start + 6))) return true;
  }
  if (birthDate === undefined) return false;
  const [year = '', month = '', day = ''] = birthDate.split('-');
  const digits = password.replace(/[^0-9]/g, '');
  return [year, year.slice(2)].some((y) =>
    [`${day}${month}${y}`, `${month}${day}${y}`, `${y}${month}${day}`, `${y}${day}${month}`].some((order) =>
      digits.includes(order),
    ),
  );
}
