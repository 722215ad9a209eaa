import { hash, verify } from '@node-rs/argon2';
import { normalisePassword, oneTimeParts } from '@qlvb/identity-domain';

/** Argon2id, 19 MiB, two passes: the library's default variant is Argon2id. @source SEC-A02 */
const PARAMETERS = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

let decoy: Promise<string> | undefined;

export const hashPassword = (password: string): Promise<string> => hash(normalisePassword(password), PARAMETERS);

/**
 * Takes the same time whether or not there is a hash to compare with.
 *
 * @source CID-25
 */
export async function passwordMatches(stored: string | undefined, password: string): Promise<boolean> {
  decoy ??= hash('a password nobody has', PARAMETERS);
  const matches = await verify(stored ?? (await decoy), normalisePassword(password));
  return stored !== undefined && matches;
}

/** What opens an account: the password its holder set, or the two parts of an invitation, of which the second may not be there yet. */
export interface Credentials {
  readonly passwordHash?: string;
  readonly invitation?: { readonly firstHash: string; readonly secondHash: string | null };
}

/**
 * Whether what was typed is the password, or both parts of the invitation. How many hashes are computed depends on what was typed
 * and on nothing that is stored.
 *
 * @source CID-25
 * @source SEC-A03
 */
export async function credentialsMatch({ passwordHash, invitation }: Credentials, password: string): Promise<boolean> {
  const parts = oneTimeParts(password);
  if (!parts) return passwordMatches(passwordHash, password);
  const [first, second] = parts;
  if (!invitation) {
    const matches = await passwordMatches(passwordHash, password);
    await passwordMatches(undefined, second);
    return matches;
  }
  const firstMatches = await passwordMatches(invitation.firstHash, first);
  const secondMatches = await passwordMatches(invitation.secondHash ?? undefined, second);
  return firstMatches && secondMatches;
}
