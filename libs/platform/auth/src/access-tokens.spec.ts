import { jest } from '@jest/globals';
import { exportJWK, generateKeyPair, importJWK, SignJWT } from 'jose';
import { AccessTokens } from './access-tokens.ts';

const ISSUER = 'https://identity.test';

async function world() {
  const { publicKey, privateKey } = await generateKeyPair('ES256', { extractable: true });
  const key = await importJWK(await exportJWK(publicKey), 'ES256');
  let asked = 0;
  const tokens = new AccessTokens({
    keys: () => {
      asked += 1;
      return Promise.resolve(key as never);
    },
    issuer: ISSUER,
    audience: 'qlvb',
  });
  const issue = async (seconds: number): Promise<string> => {
    const now = Math.floor(Date.now() / 1000);
    const token = await new SignJWT({ agency: 'a', permissions: [], pv: 1 })
      .setProtectedHeader({ alg: 'ES256', typ: 'at+jwt', kid: 'k' })
      .setSubject('u')
      .setIssuer(ISSUER)
      .setAudience('qlvb')
      .setIssuedAt(now)
      .setExpirationTime(now + seconds)
      .sign(privateKey);
    return `Bearer ${token}`;
  };
  return { tokens, issue, asked: () => asked };
}

describe('access tokens that come again', () => {
  afterEach(() => jest.useRealTimers());

  it('SEC-S05 are checked once and remembered until they expire, not longer', async () => {
    const { tokens, issue, asked } = await world();
    const token = await issue(60);
    expect((await tokens.verify(token)).userId).toBe('u');
    expect((await tokens.verify(token)).userId).toBe('u');
    expect(asked()).toBe(1);
    jest.useFakeTimers({ now: Date.now() + 66_000, doNotFake: ['nextTick', 'setImmediate', 'queueMicrotask'] });
    await expect(tokens.verify(token)).rejects.toMatchObject({ code: 'auth.token-expired' });
  });

  it('SEC-S05 are never remembered when they were refused', async () => {
    const { tokens, issue, asked } = await world();
    const forged = `${(await issue(60)).slice(0, -4)}AAAA`;
    await expect(tokens.verify(forged)).rejects.toMatchObject({ code: 'auth.token-invalid' });
    await expect(tokens.verify(forged)).rejects.toMatchObject({ code: 'auth.token-invalid' });
    expect(asked()).toBe(2);
  });
});
