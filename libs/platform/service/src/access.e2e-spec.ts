import { createHmac, createPublicKey } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { Controller, Get, Module } from '@nestjs/common';
import { exportSPKI, importJWK } from 'jose';
import { AccessTokens } from '@qlvb/platform-auth';
import { startTestTokenIssuer } from '@qlvb/platform-auth-testing';
import type { TestTokenClaims, TestTokenFaults } from '@qlvb/platform-auth-testing';
import { parseConfig } from '@qlvb/platform-config';
import type { Problem } from '@qlvb/platform-http';
import { createLogger } from '@qlvb/platform-observability';
import { serviceConfig, startService } from './index.ts';
import { startNotes } from './testing/notes-service.ts';
import type { NotesService } from './testing/notes-service.ts';

let notes: NotesService;
const permitted: TestTokenClaims = { permissions: ['notes.note.create'] };
const inMinutes = (minutes: number): Date => new Date(Date.now() + minutes * 60_000);
const encode = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');

beforeAll(async () => {
  notes = await startNotes();
});

afterAll(() => notes.stop());

async function codeFor(authorization: string | undefined): Promise<string> {
  const answer = await fetch(`${notes.service.url}/api/v1/notes`, { headers: authorization ? { authorization } : {} });
  if (answer.ok) return 'ok';
  const problem = (await answer.json()) as Problem;
  expect(answer.status).toBe(problem.status);
  if (problem.status === 401) expect(answer.headers.get('www-authenticate')).toMatch(/^Bearer /);
  return `${problem.status} ${problem.code}`;
}

describe('SEC-S05: access tokens', () => {
  it.each<[string, TestTokenFaults, string]>([
    ['a good one', {}, 'ok'],
    ['expired a moment ago, within the skew', { issuedAt: inMinutes(-5), expires: new Date(Date.now() - 2_000) }, 'ok'],
    ['expired', { issuedAt: inMinutes(-10), expires: inMinutes(-1) }, '401 auth.token-expired'],
    ['not valid yet', { notBefore: inMinutes(2) }, '401 auth.token-invalid'],
    ['of another issuer', { issuer: 'https://elsewhere.test' }, '401 auth.token-invalid'],
    ['for another audience', { audience: 'another' }, '401 auth.token-invalid'],
    ['of another type: an ID token', { type: 'JWT' }, '401 auth.token-invalid'],
    ['with an unknown key', { keyId: 'unknown' }, '401 auth.token-invalid'],
    ['that lives too long', { expires: inMinutes(60) }, '401 auth.token-invalid'],
  ])('%s', async (_title, faults, expected) => {
    expect(await codeFor(`Bearer ${await notes.issuer.issueTestToken(permitted, faults)}`)).toBe(expected);
  });

  it('of a foreign signer with our key id', async () => {
    const foreign = await startTestTokenIssuer();
    const { keys } = (await (await fetch(notes.issuer.jwksUrl)).json()) as { keys: { kid: string }[] };
    const token = await foreign.issueTestToken(permitted, { keyId: keys[0]?.kid ?? '' });
    await foreign.close();
    expect(await codeFor(`Bearer ${token}`)).toBe('401 auth.token-invalid');
  });

  it.each([
    ['nothing', undefined, '401 auth.token-missing'],
    ['another scheme', 'Basic YTpi', '401 auth.token-invalid'],
    ['no token', 'Bearer ', '401 auth.token-invalid'],
    ['no JWT', 'Bearer abc.def.ghi', '401 auth.token-invalid'],
  ])('%s in the header', async (_title, authorization, expected) => {
    expect(await codeFor(authorization)).toBe(expected);
  });

  it('with alg none, or with the public key as an HMAC secret', async () => {
    const good = await notes.issuer.issueTestToken(permitted);
    const [, payload = '', signature = ''] = good.split('.');
    const { keys } = (await (await fetch(notes.issuer.jwksUrl)).json()) as { keys: Record<string, string>[] };
    const [jwk = {}] = keys;
    const pem = await exportSPKI((await importJWK(jwk, 'ES256', { extractable: true })) as never);
    const kid = jwk['kid'];
    for (const alg of ['none', 'None', 'HS256', 'ES384']) {
      const head = `${encode({ alg, typ: 'at+jwt', kid })}.${payload}`;
      const hmac = createHmac('sha256', pem).update(head).digest('base64url');
      for (const end of ['', signature, hmac]) {
        expect(await codeFor(`Bearer ${head}.${end}`)).toBe('401 auth.token-invalid');
      }
    }
    expect(createPublicKey(pem).asymmetricKeyType).toBe('ec');
  });

  it('with a changed payload', async () => {
    const [header = '', , signature = ''] = (await notes.issuer.issueTestToken(permitted)).split('.');
    const payload = encode({ sub: 'x', agency: 'y', permissions: ['notes.note.create'], pv: 1 });
    expect(await codeFor(`Bearer ${header}.${payload}.${signature}`)).toBe('401 auth.token-invalid');
  });

  it('SEC-Z08: is looked at before the body and the idempotency key', async () => {
    const answer = await fetch(`${notes.service.url}/api/v1/notes`, { method: 'POST', body: '{mangled' });
    expect(answer.status).toBe(401);
  });
});

describe('SEC-Z01: deny by default', () => {
  it('refuses an account without the permission, or with one that only looks like it', async () => {
    for (const permissions of [[], ['notes.note'], ['notes.note.create2'], ['NOTES.NOTE.CREATE'], ['*']]) {
      const { authorization } = await notes.issuer.authorization({ permissions });
      expect(await codeFor(authorization)).toBe('403 auth.permission-missing');
    }
  });

  it('takes one of several accepted permissions', async () => {
    const { authorization } = await notes.issuer.authorization({ permissions: ['notes.note.read'] });
    expect(await codeFor(authorization)).toBe('ok');
  });

  it('does not start with a route that declares nobody', async () => {
    @Controller()
    class OpenController {
      @Get('open')
      read(): string {
        return 'open';
      }
    }
    @Module({ controllers: [OpenController] })
    class OpenModule {}
    const config = parseConfig(serviceConfig, notes.issuer.environment);
    const logger = createLogger({ service: 'open', level: 'silent' });
    await expect(startService({ name: 'open', module: OpenModule, config, logger })).rejects.toThrow(
      'routes without declared permission: OpenController.read',
    );
  });

  it('does not start with an operation whose permission nobody knows', async () => {
    const { NotesModule } = await import('./testing/notes.module.ts');
    const config = parseConfig(serviceConfig, notes.issuer.environment);
    const logger = createLogger({ service: 'notes', level: 'silent' });
    const permissions = ['notes.note.create'];
    await expect(startService({ name: 'notes', module: NotesModule, config, logger, permissions })).rejects.toThrow(
      'unknown permissions: notes.note.read',
    );
  });
});

describe('key set', () => {
  it('follows a rotation without a restart, fetched again only after a pause', async () => {
    const { jwksUrl, issuer, audience } = notes.issuer;
    const tokens = new AccessTokens({ keys: new URL(jwksUrl), issuer, audience, keysCooldownMs: 200 });
    const verify = async (token: string): Promise<unknown> => tokens.verify(`Bearer ${token}`);
    const before = await notes.issuer.issueTestToken(permitted);
    expect(await verify(before)).toMatchObject({ permissions: ['notes.note.create'] });
    await notes.issuer.rotate();
    const after = await notes.issuer.issueTestToken(permitted);
    await expect(verify(after)).rejects.toMatchObject({ code: 'auth.token-invalid' });
    await wait(250);
    expect(await verify(after)).toMatchObject({ permissions: ['notes.note.create'] });
    expect(await verify(before)).toMatchObject({ permissions: ['notes.note.create'] });
  });

  it('that cannot be fetched is a fault of ours, not of the token: closed, with 503', async () => {
    const config = parseConfig(serviceConfig, {
      ...notes.issuer.environment,
      QLVB_JWKS_URL: 'http://127.0.0.1:1/jwks',
    });
    const { NotesModule } = await import('./testing/notes.module.ts');
    const logger = createLogger({ service: 'notes', level: 'silent' });
    const service = await startService({ name: 'notes', module: NotesModule, config, logger });
    const headers = await notes.issuer.authorization(permitted);
    const answer = await fetch(`${service.url}/api/v1/notes`, { headers });
    expect([answer.status, ((await answer.json()) as Problem).code]).toEqual([503, 'auth.keys-unavailable']);
    expect(answer.headers.get('retry-after')).toBe('5');
    await service.stop();
  });
});
