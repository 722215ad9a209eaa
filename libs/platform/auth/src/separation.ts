import { brokenSeparation } from '@qlvb/contracts';
import type { PerformedAct, SeparatedAct } from '@qlvb/contracts';
import { DutiesNotSeparate } from './auth.problems.ts';

/**
 * Whether a person, whatever the roles, may still do an act after what was done on the same object; views tell it beforehand.
 *
 * @param version version on which the act would be done
 */
export const isSeparate = (
  act: SeparatedAct,
  performed: readonly PerformedAct[],
  person: { readonly userId: string; readonly version?: number },
): boolean => brokenSeparation(act, performed, person) === undefined;

/**
 * The one place where separations of duties are held.
 *
 * @param performed what was done so far on the same object, by whomever
 * @throws DutiesNotSeparate
 */
export function assertSeparate(
  act: SeparatedAct,
  performed: readonly PerformedAct[],
  person: { readonly userId: string; readonly version?: number },
): void {
  if (!isSeparate(act, performed, person)) throw DutiesNotSeparate();
}
