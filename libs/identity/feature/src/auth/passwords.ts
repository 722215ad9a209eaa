import { hash, verify } from '@node-rs/argon2';
import { normalisePassword } from '@qlvb/identity-domain';

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
