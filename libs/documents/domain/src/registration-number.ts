import { vietnamDate, vietnamYear } from '@qlvb/vietnam';
import { NumberDateNotInOrder } from './registration-number.problems.ts';

/** The last number taken in one sequence and year; undefined when none was. */
export interface LastNumber {
  readonly number: number;
  /** Date of issue printed with it, yyyy-MM-dd. */
  readonly date: string;
}

export interface RegistrationNumber {
  readonly number: number;
  readonly year: number;
  readonly date: string;
}

/**
 * Next number of a sequence in the current year. The caller holds a lock on the sequence in the transaction that also
 * registers the document, so that numbers follow the order of issue.
 *
 * @param last last number of the sequence in the year of `now`; undefined at the start of the year
 * @param now instant of registration; its year in Vietnam is the year of the register
 * @param date date of issue asked for; today when undefined
 * @returns integer ≥ 1, consecutive within sequence and calendar year
 * @throws NumberDateNotInOrder for a date before the last issued one, in another year, or in the future
 * @source NĐ30-A15-1
 * @source NĐ30-A15-3
 * @source EX-NUM-3
 * @source EX-NUM-4
 */
export function nextRegistrationNumber(last: LastNumber | undefined, now: Date, date?: string): RegistrationNumber {
  const today = vietnamDate(now);
  const year = vietnamYear(now);
  const earliest = last?.date ?? `${year}-01-01`;
  const issued = date ?? today;
  if (issued < earliest || issued > today) throw NumberDateNotInOrder({ date: issued, earliest, today });
  return { number: (last?.number ?? 0) + 1, year, date: issued };
}
