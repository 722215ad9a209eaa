import { AgencyClosed, AgencyNotClosed, AgencyDayPast } from './agency-proposal.problems.ts';

export const AGENCY_PROPOSAL_KINDS = ['closure', 'code', 'reopening'] as const;
export type AgencyProposalKind = (typeof AGENCY_PROPOSAL_KINDS)[number];

/** What an agency and its codes are now. Days are yyyy-MM-dd, inclusive. */
export interface AgencyDays {
  readonly name: string;
  readonly validFrom: string;
  readonly validTo: string | null;
  /** First day of the last code it was given. */
  readonly codeFrom: string;
}

/**
 * An agency ends with a day that is not over yet: on days before it acted, and what it issued stays its own.
 *
 * @param endsOn its last day
 * @param today the present day in Vietnam
 * @throws AgencyClosed when it is closed already, or before its first day or the first day of a code
 * @throws AgencyDayPast
 * @source AGC-08
 */
export function assertClosable(
  { name, validFrom, validTo, codeFrom }: AgencyDays,
  endsOn: string,
  today: string,
): void {
  if (validTo !== null || endsOn < validFrom || endsOn < codeFrom) throw AgencyClosed({ agency: name });
  if (endsOn < today) throw AgencyDayPast({ day: endsOn, first: today });
}

/**
 * Another code begins with a day on which nothing was issued yet: what bears the present one today keeps a code that was good.
 *
 * @param startsOn first day of the other code
 * @param tomorrow the day after the present one in Vietnam
 * @throws AgencyClosed for an agency that closes, and for a day not after the first of the last code
 * @throws AgencyDayPast
 * @source AGC-08
 * @source AGC-15
 */
export function assertCodeReplaceable(
  { name, validTo, codeFrom }: AgencyDays,
  startsOn: string,
  tomorrow: string,
): void {
  if (validTo !== null || startsOn <= codeFrom) throw AgencyClosed({ agency: name });
  if (startsOn < tomorrow) throw AgencyDayPast({ day: startsOn, first: tomorrow });
}

/** @throws AgencyNotClosed */
export function assertReopenable({ name, validTo }: AgencyDays): void {
  if (validTo === null) throw AgencyNotClosed({ agency: name });
}
