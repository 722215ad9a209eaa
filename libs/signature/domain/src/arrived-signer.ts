import type { NumberMatch } from './holder-number.ts';

/**
 * What is known of the person whose certificate signed an arrived document: the sender's own, somebody else, not to be told,
 * or nobody this platform keeps accounts of.
 */
export type SignerIdentity = 'confirmed' | 'another' | 'unproven' | 'not_kept';

/** Somebody of the sending agency, who works there or did. */
export interface Colleague {
  readonly userId: string;
  readonly fullName: string;
  readonly title: string;
}

const folded = (text: string): string => text.normalize('NFKC').trim().replace(/\s+/g, ' ').toLowerCase();

/**
 * Those of the sending agency whom the certificate may be of, by name; where several bear it, only those who hold the position
 * that the sender states, if any does.
 *
 * @param position as the package states it; may be empty
 * @source VN-05
 */
export function possibleSigners(
  staff: readonly Colleague[],
  certified: string,
  position: string,
): readonly [string, ...string[]] | undefined {
  const named = staff.filter(({ fullName }) => folded(fullName) === folded(certified));
  const placed = named.filter(({ title }) => folded(title) === folded(position));
  const people = [...new Set((placed.length > 0 ? placed : named).map(({ userId }) => userId))];
  const [first, ...others] = people;
  return first === undefined ? undefined : [first, ...others];
}

/**
 * One match is enough; that nobody matches is known only when everybody could be compared.
 *
 * @source VN-05
 */
export function signerIdentity(matches: readonly NumberMatch[]): SignerIdentity {
  if (matches.includes('confirmed')) return 'confirmed';
  return matches.length > 0 && matches.every((match) => match === 'another') ? 'another' : 'unproven';
}
