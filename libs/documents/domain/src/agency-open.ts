import { AgencyNoLonger } from './agency-open.problems.ts';

/**
 * An agency that has ended keeps its documents and makes no new ones.
 *
 * @param validTo last day of the agency, yyyy-MM-dd; null when none is set
 * @param today in Vietnam, yyyy-MM-dd
 * @throws AgencyNoLonger
 * @source AGC-08
 */
export function assertAgencyOpen({ validTo }: { readonly validTo: string | null }, today: string): void {
  if (validTo !== null && validTo < today) throw AgencyNoLonger({ validTo });
}
