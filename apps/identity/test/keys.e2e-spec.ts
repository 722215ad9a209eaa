import { SigningKeys } from '@qlvb/identity-feature';
import { createLocalJWKSet, decodeProtectedHeader, jwtVerify } from 'jose';
import type { JSONWebKeySet } from 'jose';
import { HOME_CODE, refusal, Registry } from './registry.ts';

let registry: Registry;
beforeAll(async () => {
  registry = await Registry.open();
});
afterAll(() => registry.test.stop());

const published = async (): Promise<JSONWebKeySet> =>
  (await (await registry.test.ask('/jwks', { as: null })).json()) as JSONWebKeySet;

const verify = async (token: string, keys: JSONWebKeySet): Promise<unknown> =>
  (await jwtVerify(token, createLocalJWKSet(keys), { issuer: registry.test.issuer.issuer, audience: 'qlvb' })).payload;

describe('signing keys', () => {
  it('SEC-S05 turn: announced before use, old tokens still good, gone when the last of them has expired', async () => {
    const keys = registry.test.service.app.get(SigningKeys);
    const number = await registry.employ(HOME_CODE, 'officer');
    const old = await registry.login(number);
    const first = decodeProtectedHeader(old.accessToken).kid;

    expect(await keys.rotateIfDue(new Date())).toBe(false);
    await registry.test.admin.query(`UPDATE signing_key SET activates_at = activates_at - interval '31 days'`);
    const turns = await Promise.all([1, 2, 3].map(() => keys.rotateIfDue(new Date())));
    expect(turns.filter(Boolean)).toHaveLength(1);

    // Announced: everybody can fetch it, nobody signs with it yet.
    const announced = await published();
    expect(announced.keys).toHaveLength(2);
    const waiting = await registry.login(number);
    expect(decodeProtectedHeader(waiting.accessToken).kid).toBe(first);
    expect((await registry.ask(old, '/me')).status).toBe(200);

    await registry.test.admin.query(
      `UPDATE signing_key SET activates_at = now() - interval '1 second' WHERE activates_at > now()`,
    );
    const fresh = await registry.login(number);
    const second = decodeProtectedHeader(fresh.accessToken).kid;
    expect(second).not.toBe(first);
    expect(announced.keys.map(({ kid }) => kid).sort()).toEqual([first, second].sort());
    for (const session of [old, waiting, fresh]) {
      expect((await registry.ask(session, '/me')).status).toBe(200);
      await verify(session.accessToken, announced);
    }

    await registry.test.admin.query('UPDATE signing_key SET retires_at = now() WHERE kid = $1', [first]);
    const after = await published();
    expect(after.keys.map(({ kid }) => kid)).toEqual([second]);
    await expect(verify(old.accessToken, after)).rejects.toThrow('no applicable key');
    await verify(fresh.accessToken, after);
  });

  it('SEC-S05 stay public until the last token signed with them has expired', async () => {
    const { rows } = await registry.test.admin.query<{ minutes: number }>(
      `SELECT extract(epoch FROM (SELECT max(activates_at) FROM signing_key) - min(activates_at))::int / 60 AS minutes
       FROM signing_key`,
    );
    expect(rows[0]?.minutes).toBeGreaterThan(0);
    const keys = registry.test.service.app.get(SigningKeys);
    await registry.test.admin.query(`UPDATE signing_key SET activates_at = activates_at - interval '31 days'`);
    const now = new Date();
    expect(await keys.rotateIfDue(now)).toBe(true);
    const retiring = await registry.test.admin.query<{ retires_at: Date }>(
      'SELECT retires_at FROM signing_key ORDER BY activates_at DESC OFFSET 1 LIMIT 1',
    );
    const seconds = ((retiring.rows[0]?.retires_at.getTime() ?? 0) - now.getTime()) / 1000;
    // Announced for a quarter of an hour, then ten minutes of the last token's life.
    expect(seconds).toBeGreaterThanOrEqual(15 * 60 + 600);
  });

  it('SEC-C02 publish nothing private, and keep the private part sealed', async () => {
    const text = JSON.stringify(await published());
    expect(text).not.toMatch(/"d":/);
    for (const key of (await published()).keys) {
      expect(key).toMatchObject({ kty: 'EC', crv: 'P-256', alg: 'ES256', use: 'sig' });
    }
    const { rows } = await registry.test.admin.query<{ row: string }>(
      `SELECT s::text || encode(private_sealed, 'escape') AS row FROM signing_key s`,
    );
    expect(rows.map(({ row }) => row).join()).not.toMatch(/PRIVATE KEY/);
  });

  it('CID-22 sign tokens that say nothing about the person', async () => {
    const session = await registry.newcomer(HOME_CODE, 'officer');
    const payload = (await verify(session.accessToken, await published())) as Record<string, unknown>;
    expect(Object.keys(payload).sort()).toEqual(
      ['agency', 'aud', 'exp', 'iat', 'iss', 'jti', 'nbf', 'permissions', 'post', 'pv', 'sid', 'sub', 'unit'].sort(),
    );
    const text = JSON.stringify(payload);
    expect(text).not.toContain(session.number);
    expect(text).not.toContain(session.number.slice(-6));
    expect(text).not.toContain('Trần');
  });
});

describe('rights that change', () => {
  it('SEC-S03 end the tokens that name the old ones; a refresh brings the new ones', async () => {
    const admin = await registry.newcomer(HOME_CODE, 'agency_admin');
    const person = await registry.newcomer(HOME_CODE, 'officer');
    const [post] = person.posts;
    const postId = post?.postId;
    const content = { unitId: post?.unitId, title: 'Văn thư', roles: ['clerk'] };
    await registry.change(admin, { kind: 'post-change', postId, post: content });
    expect(await refusal(registry.ask(person, '/me'))).toEqual([401, 'auth.token-revoked']);
    const next = await registry.refresh(person.refreshToken);
    const { permissions } = await registry.json<{ permissions: string[] }>(next, '/me');
    expect(permissions).toContain('signing.agency');

    await registry.change(admin, { kind: 'post-end', postId });
    expect(await refusal(registry.ask(next, '/me'))).toEqual([401, 'auth.token-revoked']);
    expect((await registry.tryRefresh(next.refreshToken)).status).toBe(401);
    expect(await refusal(registry.tryLogin(person.number))).toEqual([403, 'auth.no-post']);
  });

  it('SEC-S03 a disabled account is out at once', async () => {
    const person = await registry.newcomer(HOME_CODE, 'officer');
    await registry.test.admin.query(`UPDATE account SET state = 'disabled' WHERE id = $1`, [person.user.userId]);
    expect(await refusal(registry.ask(person, '/me'))).toEqual([401, 'auth.token-revoked']);
    expect(await refusal(registry.tryRefresh(person.refreshToken))).toEqual([401, 'auth.refresh-invalid']);
    expect(await refusal(registry.tryLogin(person.number))).toEqual([401, 'auth.login-failed']);
  });
});
