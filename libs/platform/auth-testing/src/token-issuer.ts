import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import type { CryptoKey, JWK } from 'jose';
import { newId } from '@qlvb/shared-domain';

export interface TestTokenClaims {
  readonly userId?: string;
  readonly agencyId?: string;
  readonly unitId?: string;
  readonly postId?: string;
  readonly permissions?: readonly string[];
  readonly permissionVersion?: number;
  readonly sessionId?: string;
}

/** What a token for attack tests has otherwise than a good one. */
export interface TestTokenFaults {
  readonly issuer?: string;
  readonly audience?: string;
  readonly type?: string;
  readonly keyId?: string;
  readonly notBefore?: Date;
  readonly expires?: Date;
  readonly issuedAt?: Date;
}

/** An issuer of access tokens for service tests, with its key set served over HTTP on loopback. */
export interface TestTokenIssuer {
  readonly jwksUrl: string;
  readonly issuer: string;
  readonly audience: string;
  /** The settings of a service under test that believes this issuer. */
  readonly environment: Readonly<Record<string, string>>;
  issueTestToken(claims?: TestTokenClaims, faults?: TestTokenFaults): Promise<string>;
  /** `{ authorization: 'Bearer …' }` */
  authorization(claims?: TestTokenClaims, faults?: TestTokenFaults): Promise<{ authorization: string }>;
  /** Makes a new key and publishes it beside the old ones. */
  rotate(): Promise<void>;
  close(): Promise<void>;
}

export async function startTestTokenIssuer(): Promise<TestTokenIssuer> {
  const issuer = 'https://identity.test';
  const audience = 'qlvb';
  const keys: { readonly jwk: JWK; readonly privateKey: CryptoKey }[] = [];
  const rotate = async (): Promise<void> => {
    const pair = await generateKeyPair('ES256', { extractable: true });
    const jwk = { ...(await exportJWK(pair.publicKey)), kid: newId(), alg: 'ES256', use: 'sig' };
    keys.push({ jwk, privateKey: pair.privateKey });
  };
  await rotate();
  const server = createServer((_request, response) => {
    response.setHeader('content-type', 'application/jwk-set+json');
    response.end(JSON.stringify({ keys: keys.map(({ jwk }) => jwk) }));
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const jwksUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/jwks.json`;

  const issueTestToken = async (claims: TestTokenClaims = {}, faults: TestTokenFaults = {}): Promise<string> => {
    const key = keys.at(-1);
    if (!key) throw new Error('the issuer has no key');
    const issuedAt = Math.floor((faults.issuedAt?.getTime() ?? Date.now()) / 1000);
    const seconds = (date: Date | undefined): number | undefined => date && Math.floor(date.getTime() / 1000);
    return new SignJWT({
      agency: claims.agencyId ?? '0191e9a0-0000-7000-8000-0000000000a1',
      unit: claims.unitId,
      post: claims.postId,
      permissions: claims.permissions ?? [],
      pv: claims.permissionVersion ?? 1,
      sid: claims.sessionId,
    })
      .setProtectedHeader({ alg: 'ES256', typ: faults.type ?? 'at+jwt', kid: faults.keyId ?? key.jwk.kid ?? '' })
      .setSubject(claims.userId ?? '0191e9a0-0000-7000-8000-0000000000b1')
      .setIssuer(faults.issuer ?? issuer)
      .setAudience(faults.audience ?? audience)
      .setIssuedAt(issuedAt)
      .setNotBefore(seconds(faults.notBefore) ?? issuedAt)
      .setExpirationTime(seconds(faults.expires) ?? issuedAt + 600)
      .sign(key.privateKey);
  };

  return {
    jwksUrl,
    issuer,
    audience,
    environment: { QLVB_JWKS_URL: jwksUrl, QLVB_TOKEN_ISSUER: issuer, QLVB_TOKEN_AUDIENCE: audience },
    issueTestToken,
    authorization: async (claims, faults) => ({ authorization: `Bearer ${await issueTestToken(claims, faults)}` }),
    rotate,
    close: () =>
      new Promise((closed) => {
        server.close(() => closed());
        server.closeAllConnections();
      }),
  };
}
