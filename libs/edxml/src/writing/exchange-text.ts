import { secrecyMarkIn } from '@qlvb/records';
import { normaliseText, textFault } from '@qlvb/vietnam';
import type { TextFault } from '@qlvb/vietnam';
import { FIELD_LIMITS } from '../package/field-limits.ts';
import type { LimitedField } from '../package/field-limits.ts';
import { saysNothing } from '../reading/values.ts';

/** Why a text cannot go out in an element of a package. */
export type ExchangeTextFault = TextFault | 'missing' | 'says-nothing' | 'too-long' | 'state-secret';

/** A text as it is written: composed, without blanks around, with plain line ends. */
export const written = (text: string): string => normaliseText(text).trim();

/**
 * Holds a text against everything that the writer of packages asks of it, so that who takes the text in can refuse it at once:
 * what has no fault here is written, and read by the receiver as the same text.
 *
 * @source QĐ28-A10-1
 * @source EX-SEC-1
 */
export function exchangeTextFault(text: string, field: LimitedField): ExchangeTextFault | undefined {
  const fault = textFault(text);
  if (fault) return fault;
  const sent = written(text);
  if (sent === '') return 'missing';
  if (saysNothing(sent)) return 'says-nothing';
  if ([...sent].length > FIELD_LIMITS[field]) return 'too-long';
  return secrecyMarkIn(sent) === undefined ? undefined : 'state-secret';
}
