import { startTestTokenIssuer } from '@qlvb/platform-auth-testing';
import type { TestTokenClaims, TestTokenFaults } from '@qlvb/platform-auth-testing';
import pg from 'pg';
import type { RunningPlatform } from '../running-platform.ts';

/** What every service takes as the issuer unless told otherwise. */
const TOKEN_ISSUER = 'qlvb-identity';

export type Authorize = (claims: TestTokenClaims, faults?: TestTokenFaults) => Promise<string>;

/**
 * Makes tokens that the whole platform believes, whatever they claim: their key stands among those identity publishes, put
 * there through the database. Call it before the first request, so that every service fetches the key with the others.
 *
 * @returns a function that gives the value of an Authorization header
 */
export async function trustedIssuer(platform: RunningPlatform): Promise<Authorize> {
  const issuer = await startTestTokenIssuer();
  const response = await fetch(issuer.jwksUrl);
  const { keys } = (await response.json()) as { keys: [{ kid: string }] };
  await issuer.close();
  const client = new pg.Client({ connectionString: platform.databaseUrl('qlvb_identity') });
  await client.connect();
  await client.query(
    `INSERT INTO signing_key (kid, public_jwk, private_sealed, activates_at, retires_at)
     VALUES ($1, $2, '', '2000-01-01', now() + interval '1 day')`,
    [keys[0].kid, keys[0]],
  );
  await client.end();
  return async (claims, faults) =>
    (await issuer.authorization(claims, { issuer: TOKEN_ISSUER, ...faults })).authorization;
}
