import { isCalendarDate, textFault } from '@qlvb/vietnam';
import type { Bilingual, FaultPointer, InputFault } from '@qlvb/shared-domain';
import { agencyCodeScheme, isExchangeCode } from '../codes/agency-code.ts';
import { FIELD_LIMITS } from '../package/field-limits.ts';
import type { LimitedField } from '../package/field-limits.ts';
import { exchangeTextFault, written } from './exchange-text.ts';
import type { ExchangeTextFault } from './exchange-text.ts';

/** The letters of the older exchange form: missing, too long, not allowed, wrong format. */
export type FaultLetter = 'N' | 'R' | 'M' | 'T';

const DETAILS: Readonly<Record<FaultLetter, Bilingual>> = {
  N: { vi: 'Thiếu thông tin bắt buộc', en: 'required value is missing' },
  R: { vi: 'Dài quá quy định', en: 'longer than allowed' },
  M: { vi: 'Giá trị không được phép', en: 'value not allowed' },
  T: { vi: 'Sai định dạng', en: 'wrong format' },
};

const tooLong = (limit: number): Bilingual => ({
  vi: `${DETAILS.R.vi}: ${limit} ký tự`,
  en: `${DETAILS.R.en}: ${limit} characters`,
});

/** @see written */
export const cleaned = (text: string | undefined): string | undefined =>
  text === undefined || textFault(text) !== undefined ? text : written(text);

const LETTERS: Readonly<Record<Exclude<ExchangeTextFault, 'state-secret'>, FaultLetter>> = {
  missing: 'N',
  'says-nothing': 'M',
  'too-long': 'R',
  'not-unicode': 'T',
  'control-character': 'T',
  'line-break': 'T',
  'direction-mark': 'T',
  'not-a-character': 'T',
  'too-many-marks': 'T',
};

/** Collects what is wrong with a package to be written, in the error grammar of the exchange: `N.MessageHeader.To`. */
export class Faults {
  readonly list: InputFault[] = [];

  add(letter: FaultLetter, path: string, pointer: string, detail = DETAILS[letter]): void {
    this.list.push({ code: `${letter}.${path}`, pointer: `/package${pointer}` as FaultPointer, detail });
  }

  text(
    value: string | undefined,
    path: string,
    pointer: string,
    { limit, isRequired = false }: { limit: LimitedField; isRequired?: boolean },
  ): void {
    const fault = exchangeTextFault(value ?? '', limit);
    // marks of secrecy are refused as such, before anything else
    if (fault === undefined || fault === 'state-secret' || (fault === 'missing' && !isRequired)) return;
    const letter = LETTERS[fault];
    this.add(letter, path, pointer, letter === 'R' ? tooLong(FIELD_LIMITS[limit]) : DETAILS[letter]);
  }

  date(value: string | undefined, path: string, pointer: string, isRequired = false): void {
    if (value === undefined) {
      if (isRequired) this.add('N', path, pointer);
    } else if (!isCalendarDate(value)) this.add('T', path, pointer);
  }

  instant(value: Date, path: string, pointer: string): void {
    if (Number.isNaN(value.getTime())) this.add('T', path, pointer);
  }

  /** An agency to write to or from: hubs carry packages and are no agencies. */
  agencyCode(value: string, path: string, pointer: string): void {
    const code = cleaned(value) ?? '';
    if (code === '') this.add('N', path, pointer);
    else if (!isExchangeCode(code)) this.add('T', path, pointer);
    else if (agencyCodeScheme(code) === 'hub') this.add('M', path, pointer);
  }

  /** A number within the range of the element. */
  number(value: number | undefined, path: string, pointer: string, most: number): void {
    if (value !== undefined && !(Number.isInteger(value) && value >= 0 && value <= most)) this.add('T', path, pointer);
  }
}
