import { vietnamDate, vietnamYear } from '@qlvb/vietnam';

export interface ArrivalNumber {
  readonly arrivalNumber: number;
  /** Calendar year in Vietnam in which the document was registered. */
  readonly year: number;
  /** yyyy-MM-dd in Vietnam. */
  readonly arrivalDate: string;
}

/**
 * Next arrival number (số đến): one run per agency and calendar year for paper and electronic documents together. The
 * caller holds a lock on the run in the transaction that registers the document.
 *
 * @param last highest arrival number of the agency in the year of `now`; 0 when none
 * @source NĐ30-A22-2
 */
export function nextArrivalNumber(last: number, now: Date): ArrivalNumber {
  return { arrivalNumber: last + 1, year: vietnamYear(now), arrivalDate: vietnamDate(now) };
}
