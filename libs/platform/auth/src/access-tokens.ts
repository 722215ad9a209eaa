import { KeyObject } from 'node:crypto';
import { createRemoteJWKSet, decodeProtectedHeader, errors } from 'jose';
import type { CryptoKey, JWTVerifyGetKey, ProtectedHeaderParameters } from 'jose';
import passport from 'passport';
import { Strategy } from 'passport-jwt';
import { z } from 'zod';
import type { Actor } from '@qlvb/platform-context';
import { DomainError } from '@qlvb/shared-domain';
import { KeysUnavailable, TokenExpired, TokenInvalid, TokenMissing } from './auth.problems.ts';

/** The one signature algorithm; a token that names another is refused before any key is looked up. */
export const TOKEN_ALGORITHM = 'ES256';
/** RFC 9068 2.1: an ID token or any other JWT of the same issuer is no access token. */
export const TOKEN_TYPE = 'at+jwt';
const CLOCK_SKEW_SECONDS = 5;
const STRATEGY = 'access-token';

export interface AccessTokenOptions {
  /** Where the issuer publishes its keys, or a function that finds a key (the issuer's own process). */
  readonly keys: URL | JWTVerifyGetKey;
  readonly issuer: string;
  readonly audience: string;
  /** Longest life that is believed, whatever the token says. */
  readonly maxLifetimeSeconds?: number;
  /** Shortest time between two fetches of the key set, so that forged key ids cause no load. */
  readonly keysCooldownMs?: number;
}

/** Claims of an access token: no name, no citizen number, nothing about the person. */
const Claims = z.object({
  sub: z.string().min(1).max(64),
  agency: z.string().min(1).max(64),
  unit: z.string().max(64).optional(),
  post: z.string().max(64).optional(),
  permissions: z.array(z.string().max(100)).max(500),
  pv: z.int().nonnegative(),
  sid: z.uuid().optional(),
  iat: z.int(),
  exp: z.int(),
});

export type AccessTokenClaims = z.infer<typeof Claims>;

interface TokenRequest {
  readonly headers: { readonly authorization?: string | undefined };
}

/**
 * Verifies access tokens: ES256 by a key of the issuer, type, issuer, audience, times.
 *
 * @source SEC-S05
 */
export class AccessTokens {
  readonly #passport = new passport.Passport();
  readonly #findKey: JWTVerifyGetKey;
  readonly #keyObjects = new WeakMap<object, KeyObject>();
  readonly #verified = new VerifiedTokens();

  constructor(options: AccessTokenOptions) {
    this.#findKey =
      options.keys instanceof URL
        ? createRemoteJWKSet(options.keys, {
            cacheMaxAge: 600_000,
            cooldownDuration: options.keysCooldownMs ?? 10_000,
            timeoutDuration: 3_000,
          })
        : options.keys;
    const maxLifetime = options.maxLifetimeSeconds ?? 900;
    const strategy = new Strategy(
      {
        jwtFromRequest: (request: TokenRequest) => bearerToken(request.headers.authorization) ?? null,
        secretOrKeyProvider: (_request: unknown, token: string, done: (error: unknown, key?: KeyObject) => void) => {
          this.#keyFor(token).then((key) => done(null, key), done);
        },
        issuer: options.issuer,
        audience: options.audience,
        algorithms: [TOKEN_ALGORITHM],
        jsonWebTokenOptions: { clockTolerance: CLOCK_SKEW_SECONDS },
      } as unknown as ConstructorParameters<typeof Strategy>[0],
      (payload: unknown, done: (error: unknown, verified?: Verified | false) => void) => {
        const claims = Claims.safeParse(payload);
        const believed = claims.success && claims.data.exp - claims.data.iat <= maxLifetime;
        done(null, believed ? { actor: actorOf(claims.data), expires: claims.data.exp } : false);
      },
    );
    this.#passport.use(STRATEGY, strategy);
  }

  /** @throws TokenMissing, TokenExpired, TokenInvalid, KeysUnavailable */
  verify(authorization: string | undefined): Promise<Actor> {
    if (authorization === undefined) return Promise.reject(TokenMissing());
    const known = this.#verified.find(authorization);
    if (known) return Promise.resolve(known);
    return new Promise((resolve, reject) => {
      const attempt = this.#passport.authenticate(
        STRATEGY,
        { session: false },
        (error: unknown, verified?: Verified | false, reason?: unknown) => {
          if (error) reject(error as Error);
          else if (verified) resolve(this.#verified.keep(authorization, verified));
          else reject(problemOf(reason));
        },
      ) as (request: TokenRequest, reply: object, next: (error: unknown) => void) => void;
      attempt({ headers: { authorization } }, {}, reject);
    });
  }

  async #keyFor(token: string): Promise<KeyObject> {
    const header = protectedHeader(token);
    if (header.alg !== TOKEN_ALGORITHM || header.typ !== TOKEN_TYPE || !header.kid) throw TokenInvalid();
    let key: object;
    try {
      key = await this.#findKey({ ...header, alg: TOKEN_ALGORITHM }, { payload: '', signature: '' });
    } catch (cause) {
      const unknown = cause instanceof errors.JWKSNoMatchingKey || cause instanceof errors.JWKSMultipleMatchingKeys;
      throw (unknown ? TokenInvalid : KeysUnavailable)({}, { cause });
    }
    const known = this.#keyObjects.get(key);
    if (known) return known;
    const keyObject = KeyObject.from(key as CryptoKey);
    this.#keyObjects.set(key, keyObject);
    return keyObject;
  }
}

interface Verified {
  readonly actor: Actor;
  /** Seconds since 1970. */
  readonly expires: number;
}

const MOST_REMEMBERED = 10_000;

/**
 * Tokens whose signature was checked, until they expire: the same token comes with every request of a session, and the
 * check costs more than everything else the gateway does. Only good ones are kept, the longest unused go first.
 */
class VerifiedTokens {
  readonly #tokens = new Map<string, Verified>();

  find(authorization: string): Actor | undefined {
    const found = this.#tokens.get(authorization);
    if (!found) return undefined;
    this.#tokens.delete(authorization);
    if (found.expires + CLOCK_SKEW_SECONDS <= Date.now() / 1000) return undefined;
    this.#tokens.set(authorization, found);
    return found.actor;
  }

  keep(authorization: string, verified: Verified): Actor {
    this.#tokens.set(authorization, verified);
    const [oldest] = this.#tokens.size > MOST_REMEMBERED ? this.#tokens.keys() : [];
    if (oldest !== undefined) this.#tokens.delete(oldest);
    return verified.actor;
  }
}

const bearerToken = (authorization: string | undefined): string | undefined =>
  /^bearer ([\w-]+\.[\w-]+\.[\w-]+)$/i.exec(authorization ?? '')?.[1];

function actorOf(claims: AccessTokenClaims): Actor {
  return {
    userId: claims.sub,
    agencyId: claims.agency,
    ...(claims.unit === undefined ? {} : { unitId: claims.unit }),
    ...(claims.post === undefined ? {} : { postId: claims.post }),
    permissions: claims.permissions,
    permissionVersion: claims.pv,
    ...(claims.sid === undefined ? {} : { sessionId: claims.sid }),
  };
}

function protectedHeader(token: string): ProtectedHeaderParameters {
  try {
    return decodeProtectedHeader(token);
  } catch (cause) {
    throw TokenInvalid({}, { cause });
  }
}

/** What the strategy reports: a problem of ours from the search for the key, or an error of the library. */
function problemOf(reason: unknown): DomainError {
  if (reason instanceof DomainError) return reason;
  const expired = reason instanceof Error && reason.name === 'TokenExpiredError';
  return (expired ? TokenExpired : TokenInvalid)({}, { cause: reason });
}
