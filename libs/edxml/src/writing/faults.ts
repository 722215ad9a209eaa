import { isCalendarDate, textFault } from '@qlvb/vietnam';
import type { InputFault } from '@qlvb/shared-domain';
import { agencyCodeScheme, isExchangeCode } from '../codes/agency-code.ts';
import { FIELD_LIMITS } from '../package/field-limits.ts';
import type { LimitedField } from '../package/field-limits.ts';

/** The letters of the older exchange form: missing, too long, not allowed, wrong format. */
export type FaultLetter = 'N' | 'R' | 'M' | 'T';

const DETAILS: Readonly<Record<FaultLetter, string>> = {
  N: 'Thiếu thông tin bắt buộc / required value is missing',
  R: 'Dài quá quy định / longer than allowed',
  M: 'Giá trị không được phép / value not allowed',
  T: 'Sai định dạng / wrong format',
};

/** A text as it is written: composed, without blanks around, with plain line ends. */
export const cleaned = (text: string | undefined): string | undefined =>
  text === undefined ? undefined : text.normalize('NFC').replace(/\r\n?/g, '\n').trim();

/** Collects what is wrong with a package to be written, in the error grammar of the exchange: `N.MessageHeader.To`. */
export class Faults {
  readonly list: InputFault[] = [];

  add(letter: FaultLetter, path: string, pointer: string, detail = DETAILS[letter]): void {
    this.list.push({ code: `${letter}.${path}`, pointer, detail });
  }

  text(
    value: string | undefined,
    path: string,
    pointer: string,
    { limit, isRequired = false }: { limit: LimitedField; isRequired?: boolean },
  ): void {
    const text = cleaned(value);
    if (text === undefined || text === '') {
      if (isRequired) this.add('N', path, pointer);
      return;
    }
    if (textFault(text) !== undefined) this.add('T', path, pointer);
    if ([...text].length > FIELD_LIMITS[limit]) this.add('R', path, pointer, `${DETAILS.R}: ${FIELD_LIMITS[limit]}`);
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
