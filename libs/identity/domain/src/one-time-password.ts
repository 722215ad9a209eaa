/** Letters of one part. */
const PART_LENGTH = 16;

const PARTS = new RegExp(`^([^-]{${PART_LENGTH}})-([^-]{${PART_LENGTH}})$`, 'u');

/**
 * The two parts of a one-time password, as two persons handed them over, joined by the dash that neither holds.
 *
 * @returns undefined for what cannot be one
 * @source SEC-A03
 */
export function oneTimeParts(password: string): readonly [string, string] | undefined {
  const [, first, second] = PARTS.exec(password) ?? [];
  return first === undefined || second === undefined ? undefined : [first, second];
}
