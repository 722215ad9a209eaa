import { normaliseCccd } from '@qlvb/vietnam';

/**
 * How the citizen number in a certificate and the one of an account agree. `not_named`: the certificate bears none;
 * `not_told`: identity has not said what the account's is. Both prove nothing.
 */
export type NumberMatch = 'confirmed' | 'another' | 'not_named' | 'not_told';

/**
 * The citizen number that a certificate was issued for (`UID=CCCD:<12 digits>`).
 *
 * @param userIds values of the subject's UID attributes
 * @returns 12 digits; undefined when there is none, or more than one
 * @source VN-05
 * @source PR-08
 */
export function citizenNumberIn(userIds: readonly string[]): string | undefined {
  const numbers = new Set(
    userIds
      .filter((value) => value.startsWith('CCCD:'))
      .map((value) => normaliseCccd(value.slice('CCCD:'.length)) ?? ''),
  );
  const [number] = numbers;
  return numbers.size === 1 && number ? number : undefined;
}
