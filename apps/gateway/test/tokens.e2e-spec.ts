import { generateKeyPair, SignJWT } from 'jose';
import type { TestTokenFaults } from '@qlvb/platform-auth-testing';
import { until } from '@qlvb/platform-service-testing';
import { newId } from '@qlvb/shared-domain';
import { AGENCY, Gate, officer } from './gate.ts';

let gate: Gate;
beforeAll(async () => {
  gate = await Gate.open();
});
afterEach(() => Object.values(gate.services).forEach((upstream) => upstream.usually()));
afterAll(() => gate.close());

const bearer = (token: string): Promise<[number, string | undefined]> =>
  gate.refusal('/api/v1/tasks', { headers: { authorization: `Bearer ${token}` } });
const encoded = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
const minutes = (count: number): Date => new Date(Date.now() + count * 60_000);

describe('a token', () => {
  it('that is good passes with its header, and the service sees no more of it than that', async () => {
    const { authorization } = await gate.issuer.authorization(officer);
    expect((await gate.ask('/api/v1/tasks', { headers: { authorization } })).statusCode).toBe(200);
    expect(gate.services.workflow.last.headers.authorization).toBe(authorization);
  });

  it('may be missing: the service knows what is public', async () => {
    gate.services.workflow.answers((_request, response) =>
      response.writeHead(401).end('{"code":"auth.token-missing"}'),
    );
    expect(await gate.refusal('/api/v1/tasks')).toEqual([401, 'auth.token-missing']);
  });

  it.each<[string, TestTokenFaults, string]>([
    ['expired', { issuedAt: minutes(-20), expires: minutes(-10) }, 'auth.token-expired'],
    ['of another issuer', { issuer: 'https://identity.example' }, 'auth.token-invalid'],
    ['for another audience', { audience: 'another' }, 'auth.token-invalid'],
    ['of another type, an ID token', { type: 'JWT' }, 'auth.token-invalid'],
    ['not good yet', { notBefore: minutes(10) }, 'auth.token-invalid'],
    ['good for a day', { expires: minutes(24 * 60) }, 'auth.token-invalid'],
    ['signed by a key nobody published', { keyId: newId() }, 'auth.token-invalid'],
  ])('SEC-S05 %s is refused before any service is asked', async (_title, faults, code) => {
    expect(await bearer(await gate.issuer.issueTestToken(officer, faults))).toEqual([401, code]);
    expect(gate.services.workflow.seen).toEqual([]);
  });

  it('SEC-S05 unsigned, signed with the public key as a secret, by a stranger, altered or cut is refused', async () => {
    const good = await gate.issuer.issueTestToken(officer);
    const [header = '', payload = '', signature = ''] = good.split('.');
    const { keys } = (await (await fetch(gate.issuer.jwksUrl)).json()) as { keys: { kid: string }[] };
    const kid = keys[0]?.kid ?? '';
    const claims = JSON.parse(Buffer.from(payload, 'base64url').toString()) as Record<string, unknown>;
    const stranger = (await generateKeyPair('ES256')).privateKey;
    const publicText = new TextEncoder().encode(JSON.stringify(keys[0]));
    const tokens = [
      `${encoded({ alg: 'none', typ: 'at+jwt' })}.${payload}.`,
      `${encoded({ alg: 'none', typ: 'at+jwt', kid })}.${payload}.${signature}`,
      `${encoded({ alg: 'None', typ: 'at+jwt', kid })}.${payload}.${signature}`,
      await new SignJWT(claims).setProtectedHeader({ alg: 'HS256', typ: 'at+jwt', kid }).sign(publicText),
      await new SignJWT(claims).setProtectedHeader({ alg: 'ES256', typ: 'at+jwt', kid }).sign(stranger),
      `${header}.${encoded({ ...claims, permissions: ['users.manage'] })}.${signature}`,
      `${header}.${payload}.`,
      `${header}.${payload}.${signature.slice(0, -2)}`,
      `${header}.${payload}`,
      'x',
    ];
    for (const token of tokens) expect(await bearer(token)).toEqual([401, 'auth.token-invalid']);
    expect(gate.services.workflow.seen).toEqual([]);
    expect((await bearer(good))[0]).toBe(200);
  });

  it.each(['Basic dXNlcjpwYXNz', 'Bearer', 'Bearer  x.y.z', 'Token x.y.z'])('%s is no token', async (authorization) => {
    const [status] = await gate.refusal('/api/v1/tasks', { headers: { authorization } });
    expect(status).toBe(401);
  });

  it('SEC-S05 signed with a key that came later is good, and so is one signed before', async () => {
    const before = await gate.issuer.issueTestToken(officer);
    const other = await Gate.open();
    try {
      const old = await other.issuer.issueTestToken(officer);
      await other.issuer.rotate();
      const fresh = await other.issuer.issueTestToken(officer);
      for (const token of [fresh, old]) {
        const answer = await other.ask('/api/v1/tasks', { headers: { authorization: `Bearer ${token}` } });
        expect(answer.statusCode).toBe(200);
      }
      const foreign = await other.ask('/api/v1/tasks', { headers: { authorization: `Bearer ${before}` } });
      expect(foreign.statusCode).toBe(401);
    } finally {
      await other.close();
    }
  });

  it('cannot be checked without the issuer’s keys: refused, to be tried again', async () => {
    const other = await Gate.open({ QLVB_JWKS_URL: 'http://127.0.0.1:1/jwks' });
    try {
      const { authorization } = await other.issuer.authorization(officer);
      const answer = await other.ask('/api/v1/tasks', { headers: { authorization } });
      expect([answer.statusCode, answer.headers['retry-after']]).toEqual([503, '5']);
      expect(other.services.workflow.seen).toEqual([]);
    } finally {
      await other.close();
    }
  });
});

describe('limits', () => {
  let slow: Gate;
  beforeAll(async () => {
    slow = await Gate.open({ QLVB_RATE_PER_MINUTE: '12', QLVB_LOGIN_RATE_PER_MINUTE: '3', QLVB_CONCURRENCY: '4' });
  });
  afterAll(() => slow.close());
  const someone = () => ({ userId: newId(), agencyId: AGENCY });

  it('SEC-S06 an account that asks too often waits as long as it is told, others do not', async () => {
    const as = someone();
    const answers = [];
    for (let count = 0; count < 13; count += 1) answers.push(await slow.ask('/api/v1/tasks', { as }));
    expect(answers.map(({ statusCode }) => statusCode)).toEqual([...Array<number>(12).fill(200), 429]);
    const refused = answers.at(-1);
    expect(Number(refused?.headers['retry-after'])).toBeGreaterThanOrEqual(1);
    expect(Number(refused?.headers['retry-after'])).toBeLessThanOrEqual(5);
    expect(refused?.headers['content-type']).toContain('application/problem+json');
    expect(await refused?.body.json()).toMatchObject({ code: 'gateway.too-many-requests', status: 429 });
    expect((await slow.ask('/api/v1/tasks', { as: someone() })).statusCode).toBe(200);
  });

  it('SEC-S06 logins of one address are few, whatever the spelling; refreshes do not count', async () => {
    const login = (path: string): Promise<number> =>
      slow.ask(path, { method: 'POST', body: '{}', as: someone() }).then(({ statusCode }) => statusCode);
    for (let count = 0; count < 5; count += 1) expect(await login('/api/v1/auth/refreshes')).toBe(200);
    const spellings = ['/api/v1/auth/sessions', '/api/v1/auth/%73essions', '/api/v1/auth/sessions?x=1'];
    for (const path of spellings) expect(await login(path)).toBe(200);
    for (const path of [...spellings, '/api/v1/auth/password-changes', '/api/v1/auth/sessions/']) {
      expect([path, await login(path)]).toEqual([path, 429]);
    }
  });

  it('DOM-21 cannot be escaped by forged addresses', async () => {
    const statuses = [];
    for (let count = 0; count < 20; count += 1) {
      const from = `203.0.113.${count}`;
      const headers = { 'x-forwarded-for': from, 'x-real-ip': from, forwarded: `for=${from}`, 'true-client-ip': from };
      statuses.push((await slow.ask('/api/v1/hosts', { headers })).statusCode);
    }
    expect(statuses).toContain(429);
  });

  it('SEC-S06 one bad token after another from an address has to wait as well', async () => {
    const codes = [];
    for (let count = 0; count < 14; count += 1) {
      codes.push((await slow.refusal('/api/v1/tasks', { headers: { authorization: 'Bearer a.b.c' } }))[0]);
    }
    expect(codes).toEqual([...Array<number>(12).fill(401), 429, 429]);
    expect((await slow.ask('/api/v1/tasks', { as: someone() })).statusCode).toBe(200);
  });

  it('SEC-S06 an account has so many requests at the same time and no more, and gets them back', async () => {
    const other = await Gate.open({ QLVB_CONCURRENCY: '4' });
    try {
      const waiting: (() => void)[] = [];
      other.services.workflow.answers((_request, response) => waiting.push(() => response.end('{}')));
      const as = someone();
      const running = Array.from({ length: 4 }, () => other.ask('/api/v1/tasks', { as }));
      await until('all are waiting', () => waiting.length === 4);
      const refused = await other.ask('/api/v1/tasks', { as });
      expect([refused.statusCode, refused.headers['retry-after']]).toEqual([429, '1']);
      waiting.splice(0).forEach((answer) => answer());
      for (const answer of await Promise.all(running)) expect(await answer.body.text()).toBe('{}');
      other.services.workflow.usually();
      await until('the answer', async () => (await other.ask('/api/v1/tasks', { as })).statusCode === 200);
    } finally {
      await other.close();
    }
  });

  it('SEC-S06 a few accounts that keep their requests open leave room for the others', async () => {
    const other = await Gate.open({ QLVB_CONCURRENCY: '20' });
    try {
      const waiting: (() => void)[] = [];
      other.services.workflow.answers((_request, response) => waiting.push(() => response.end('{}')));
      const held = Array.from({ length: 10 }, someone).flatMap((as) =>
        Array.from({ length: 20 }, () => other.ask('/api/v1/tasks', { as })),
      );
      await until('all are waiting', () => waiting.length === 200);
      other.services.workflow.usually();
      expect((await other.ask('/api/v1/tasks', { as: someone() })).statusCode).toBe(200);
      waiting.splice(0).forEach((answer) => answer());
      for (const answer of await Promise.all(held)) await answer.body.dump();
    } finally {
      await other.close();
    }
  });

  it('SEC-S06 those who do not say who they are have so many at the same time from one address', async () => {
    const other = await Gate.open({ QLVB_CONCURRENCY: '2' });
    try {
      const waiting: (() => void)[] = [];
      other.services.workflow.answers((_request, response) => waiting.push(() => response.end('{}')));
      const running = Array.from({ length: 4 }, () => other.ask('/api/v1/tasks'));
      await until('all are waiting', () => waiting.length === 4);
      expect((await other.ask('/api/v1/tasks')).statusCode).toBe(429);
      const named = other.ask('/api/v1/tasks', { as: someone() });
      await until('all are waiting', () => waiting.length === 5);
      waiting.splice(0).forEach((answer) => answer());
      for (const answer of await Promise.all([...running, named])) expect(await answer.body.text()).toBe('{}');
    } finally {
      await other.close();
    }
  });
});
