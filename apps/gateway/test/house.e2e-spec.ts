import { idFrom } from '@qlvb/shared-domain';
import { until } from '@qlvb/platform-service-testing';
import { request } from 'undici';
import type { Dispatcher } from 'undici';
import { DOMAIN, HOST, OTHER_HOST, SHARED } from './gate.ts';
import { House, PASSWORD, somebody } from './programs.ts';

const officer = somebody('H46.11', 'officer');
const other = somebody('H46.02', 'officer');
const commune = somebody('H46.67.31', 'officer');
const admin = somebody('H46', 'agency_admin');
const forgetful = somebody('H46.11', 'officer');

let house: House;
beforeAll(async () => {
  house = await House.open([officer, other, commune, admin, forgetful]);
  await until('hosts and accounts', async () => (await ask('/api/v1/hosts')).statusCode === 200 || undefined);
  await until('accounts', () => house.identity.output().includes('demonstration accounts made') || undefined);
}, 120_000);
afterAll(() => house.close());

interface Ask {
  readonly host?: string;
  readonly method?: Dispatcher.HttpMethod;
  readonly body?: unknown;
  readonly token?: string;
}

function ask(path: string, { host = HOST, method, body, token }: Ask = {}): Promise<Dispatcher.ResponseData> {
  return request(`http://127.0.0.1:${house.gateway.port}${path}`, {
    method: method ?? (body === undefined ? 'GET' : 'POST'),
    headers: {
      host,
      ...(token ? { authorization: `Bearer ${token}` } : {}),
      ...(body === undefined
        ? {}
        : { 'content-type': 'application/json', 'idempotency-key': `test-${crypto.randomUUID()}` }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
}

async function login(login: string, host: string): Promise<string> {
  const answer = await ask('/api/v1/auth/sessions', { host, body: { cccd: login, password: PASSWORD } });
  expect(answer.statusCode).toBe(201);
  return ((await answer.body.json()) as { accessToken: string }).accessToken;
}

const status = async (path: string, more: Ask): Promise<[number, string | undefined]> => {
  const answer = await ask(path, more);
  const text = await answer.body.text();
  return [answer.statusCode, text === '' ? undefined : (JSON.parse(text) as { code?: string }).code];
};

describe('gateway and identity together', () => {
  it('DOM-08, DOM-23 a person signs in anywhere and works under the own agency’s host and the shared one', async () => {
    for (const [who, own, foreign] of [
      [officer, HOST, OTHER_HOST],
      [other, OTHER_HOST, HOST],
      [commune, `qlvb-quangninh.${DOMAIN}`, HOST],
    ] as const) {
      const token = await login(who.login, foreign);
      expect((await status('/api/v1/me', { host: own, token }))[0]).toBe(200);
      expect((await status('/api/v1/me', { host: SHARED, token }))[0]).toBe(200);
      const refused = await ask('/api/v1/me', { host: foreign, token });
      expect(refused.statusCode).toBe(403);
      expect(((await refused.body.json()) as { detail: string }).detail).toContain(own);
    }
  });

  it('SEC-S03 a session that was ended is refused through the gateway, too', async () => {
    const token = await login(officer.login, HOST);
    expect(await status('/api/v1/auth/sessions/current', { method: 'DELETE', token })).toEqual([204, undefined]);
    expect(await status('/api/v1/me', { token })).toEqual([401, 'auth.token-revoked']);
  });

  it('SEC-A07 a lock is told through the gateway, to known and unknown alike', async () => {
    const unknown = somebody('H46.11', 'officer');
    for (const { login } of [forgetful, unknown]) {
      const answers = [];
      for (let attempt = 1; attempt <= 6; attempt += 1) {
        answers.push((await status('/api/v1/auth/sessions', { body: { cccd: login, password: 'sai' } }))[0]);
      }
      expect(answers).toEqual([401, 401, 401, 401, 423, 423]);
    }
  });

  it('DOM-27 an agency that is added has its host within a moment', async () => {
    const token = await login(admin.login, SHARED);
    const host = `qlvb-scds.${DOMAIN}`;
    expect(await status('/api/v1/jwks', { host })).toEqual([404, 'gateway.host-unknown']);
    const body = {
      code: 'H46.22',
      name: 'Sở Chuyển đổi số',
      shortName: 'SCĐS',
      level: 'department',
      parentId: idFrom('agency:H46'),
      placeOfIssue: 'Quảng Bình',
      startsOn: '2024-01-01',
    };
    expect((await status('/api/v1/agencies', { host: SHARED, token, body }))[0]).toBe(201);
    await until('the new host', async () => (await status('/api/v1/jwks', { host }))[0] === 200 || undefined);
  });

  it('no path that the gateway lets through reaches identity’s inside', async () => {
    for (const path of [
      '/api/v1/agencies/../../../-/metrics',
      '/api/v1/agencies/%2e%2e/%2e%2e/%2e%2e/-/metrics',
      '/api/v1/jwks/../../../-/openapi.json',
      '/api/v1/jwks%2f..%2f..%2f..%2f-%2fmetrics',
    ]) {
      const answer = await fetchRaw(path);
      expect([path, answer.split('\r\n')[0]]).toEqual([path, expect.stringMatching(/ (401|404) /)]);
      expect(answer).not.toContain('process_cpu');
    }
  });

  it('a body too large is refused by identity, and the refusal arrives', async () => {
    for (const mebibytes of [4, 32, 4, 32]) {
      const body = { cccd: 'x'.repeat(mebibytes * 1024 * 1024), password: 'x' };
      expect([mebibytes, ...(await status('/api/v1/auth/sessions', { body }))]).toEqual([
        mebibytes,
        413,
        'http.body-too-large',
      ]);
    }
  });

  it('CID-22 no number is in the log of either', () => {
    for (const program of [house.gateway, house.identity]) {
      for (const { login } of [officer, other, commune, admin, forgetful])
        expect(program.output()).not.toContain(login);
    }
  });
});

async function fetchRaw(path: string): Promise<string> {
  const { connect } = await import('node:net');
  const socket = connect(house.gateway.port, '127.0.0.1');
  socket.write(`GET ${path} HTTP/1.1\r\nHost: ${HOST}\r\nConnection: close\r\n\r\n`);
  let text = '';
  for await (const chunk of socket) text += String(chunk);
  return text;
}

describe('SIGTERM', () => {
  it('lets what is in flight finish, takes nothing new, cuts what never ends, and leaves with 0', async () => {
    const { workflow, documents } = house.others;
    if (!workflow || !documents) throw new Error('the small services are missing');
    workflow.answers((_asked, response) => setTimeout(() => response.end('{"done":true}'), 1_000));
    let uploaded = 0;
    documents.answers((asked, response) => {
      if (asked.method === 'GET') return void response.write('data: 1\n\n');
      asked.on('data', (chunk: Buffer) => (uploaded += chunk.length));
      asked.on('end', () => response.end('{}'));
      return undefined;
    });
    const slow = ask('/api/v1/tasks');
    async function* pieces(): AsyncGenerator<Buffer> {
      for (let piece = 0; piece < 6; piece += 1) {
        yield Buffer.alloc(10_000);
        await new Promise((resolve) => setTimeout(resolve, 200));
      }
    }
    const upload = request(`http://127.0.0.1:${house.gateway.port}/api/v1/files`, {
      method: 'POST',
      headers: { host: HOST },
      body: pieces() as never,
    });
    const endless = await ask('/api/v1/files/1/content');
    const cut = endless.body.text().then(
      () => 'whole',
      () => 'cut',
    );
    await until('all in flight', () => (workflow.seen.length > 0 && documents.seen.length > 1) || undefined);
    house.gateway.child.kill('SIGTERM');
    await new Promise((resolve) => setTimeout(resolve, 200));
    await expect(ask('/api/v1/tasks')).rejects.toThrow(/ECONNREFUSED|ECONNRESET|other side closed/);
    const answer = await slow;
    expect([answer.statusCode, await answer.body.json()]).toEqual([200, { done: true }]);
    expect((await upload).statusCode).toBe(200);
    expect(uploaded).toBe(60_000);
    expect(await cut).toBe('cut');
    expect(await house.gateway.exited).toBe(0);
  }, 20_000);
});
