import { DOMAIN, Gate, HOST, officer } from './gate.ts';

let gate: Gate;
let token: string;
beforeAll(async () => {
  gate = await Gate.open({ QLVB_UPSTREAM_TIMEOUT_MS: '1000', QLVB_LOGIN_RATE_PER_MINUTE: '1' });
  ({ authorization: token } = await gate.issuer.authorization(officer));
});
afterAll(() => gate.close());
afterEach(() => {
  for (const service of Object.values(gate.services)) service.usually();
});

const head = (target: string, method = 'GET', ...lines: string[]): string =>
  [`${method} ${target} HTTP/1.1`, `Host: ${HOST}`, ...lines, 'Connection: close', '', ''].join('\r\n');
const bearer = (): string => `Authorization: ${token}`;

/** How each answer comes about that the gateway makes by itself. */
type Case = [status: number, code: string, how: string, bytes: () => string, waitMs?: number];
const CASES: Case[] = [
  [400, 'http.request-malformed', 'no host', () => 'GET /api/v1/jwks HTTP/1.1\r\nConnection: close\r\n\r\n'],
  [400, 'http.request-malformed', 'two hosts', () => head('/api/v1/jwks', 'GET', `Host: ${HOST}`)],
  [400, 'http.request-malformed', 'no HTTP', () => 'hello\r\n\r\n'],
  [
    400,
    'http.request-malformed',
    'two lengths',
    () => head('/api/v1/tasks', 'POST', 'Content-Length: 1', 'Content-Length: 2'),
  ],
  [401, 'auth.token-invalid', 'a bad token', () => head('/api/v1/tasks', 'GET', 'Authorization: Bearer x')],
  [404, 'gateway.resource-unknown', 'no resource', () => head('/api/v1/nothing')],
  [404, 'http.route-unknown', 'no address', () => head('/nothing')],
  [404, 'gateway.host-unknown', 'nobody’s host', () => head('/api/v1/jwks').replace(HOST, `qlvb-hanoi.${DOMAIN}`)],
  [405, 'http.method-not-allowed', 'no such method', () => head('/api/v1/tasks', 'TRACE')],
  [405, 'http.method-not-allowed', 'none of ours', () => head('/api/v1/tasks', 'OPTIONS')],
  [
    408,
    'http.request-timeout',
    'headers that never end',
    () => `GET /api/v1/jwks HTTP/1.1\r\nHost: ${HOST}\r\n`,
    20_000,
  ],
  [413, 'http.body-too-large', 'a large body', () => head('/api/v1/tasks', 'POST', 'Content-Length: 99999999999')],
  [421, 'gateway.host-misdirected', 'a foreign host', () => head('/api/v1/jwks').replace(HOST, 'evil.example')],
  [429, 'gateway.too-many-requests', 'many logins', () => head('/api/v1/auth/sessions', 'POST', 'Content-Length: 0')],
  [431, 'http.headers-too-large', 'large headers', () => head('/api/v1/jwks', 'GET', `X-A: ${'x'.repeat(20_000)}`)],
  [431, 'http.headers-too-large', 'a long address', () => head(`/api/v1/jwks?${'x'.repeat(20_000)}`)],
  [503, 'gateway.service-unavailable', 'a service that hangs up', () => head('/api/v1/tasks', 'GET', bearer())],
  [503, 'gateway.service-unavailable', 'a silent service', () => head('/api/v1/deliveries', 'GET', bearer()), 10_000],
];

describe('what the gateway answers by itself', () => {
  it.each<Case>(CASES)('SEC-E01, DOM-20 %s %s says why: %s', async (status, code, how, bytes, waitMs = 4_000) => {
    gate.services.workflow.answers((asked) => asked.socket.destroy());
    gate.services.exchange.answers(() => undefined);
    if (how === 'many logins') await gate.raw(bytes());
    const answer = await gate.raw(bytes(), 300, waitMs);
    const [header = '', body = ''] = answer.split('\r\n\r\n');
    expect(header).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `));
    expect(header).toMatch(/^content-type: application\/problem\+json/im);
    const requestId = /^x-request-id: (\S+)/im.exec(header)?.[1];
    const problem = JSON.parse(body) as Record<string, unknown>;
    expect(problem).toMatchObject({ status, code, type: `urn:qlvb:problem:${code}` });
    expect(problem['instance']).toBe(`urn:qlvb:request:${requestId ?? ''}`);
    expect(problem['traceId']).toMatch(/^[0-9a-f]{32}$/);
    for (const text of ['title', 'detail']) expect(problem[text]).toMatch(/\S/);
  });

  it('RFC 9110 10.1.1 passes over an expectation that nobody knows', async () => {
    expect(await gate.raw(head('/api/v1/jwks', 'GET', 'Expect: miracles'))).toMatch(/^HTTP\/1\.1 200 /);
  });
});
