import { connect } from 'node:net';
import { once } from 'node:events';
import { until } from '@qlvb/platform-service-testing';
import { AGENCY, Gate, HOST, officer, SHARED, Upstream } from './gate.ts';

let gate: Gate;
beforeAll(async () => {
  gate = await Gate.open({ QLVB_UPSTREAM_TIMEOUT_MS: '1000', QLVB_RATE_PER_MINUTE: '100000' });
});
afterEach(() => Object.values(gate.services).forEach((upstream) => upstream.usually()));
afterAll(() => gate.close());

describe('what is passed on', () => {
  it.each([
    ['identity', '/api/v1/users'],
    ['documents', '/api/v1/outgoing-documents/1/issues'],
    ['workflow', '/api/v1/tasks?state=open'],
    ['signature', '/api/v1/signing-sessions'],
    ['exchange', '/api/v1/deliveries'],
    ['archive', '/api/v1/dossiers'],
  ] as const)('%s answers for %s, asked exactly so', async (service, path) => {
    expect((await gate.ask(path)).statusCode).toBe(200);
    expect(gate.services[service].last.url).toBe(path);
  });

  it.each(['GET', 'POST', 'PUT', 'PATCH', 'DELETE'])('%s with a body arrives whole', async (method) => {
    const answer = await gate.ask('/api/v1/tasks', { method, body: '{"tên":"Phòng Nội vụ"}' });
    expect(await answer.body.json()).toEqual({ method, url: '/api/v1/tasks' });
    expect(gate.services.workflow.bodies).toEqual(['{"tên":"Phòng Nội vụ"}']);
  });

  it('HEAD is answered like GET, without a body', async () => {
    const answer = await gate.ask('/api/v1/tasks', { method: 'HEAD' });
    expect([answer.statusCode, await answer.body.text()]).toEqual([200, '']);
  });

  it('status, headers and bytes of the answer come back as they were', async () => {
    const bytes = Buffer.from(Array.from({ length: 256 }, (_, index) => index));
    gate.services.documents.answers((_request, response) => {
      response.writeHead(206, {
        'content-type': 'application/pdf',
        'content-range': 'bytes 0-255/1000',
        'content-disposition': "attachment; filename*=UTF-8''v%C4%83n-b%E1%BA%A3n.pdf",
        etag: '"7"',
        'cache-control': 'private, immutable',
        'set-cookie': ['a=1', 'b=2'],
      });
      response.end(bytes);
    });
    const answer = await gate.ask('/api/v1/files/1/content');
    expect(answer.statusCode).toBe(206);
    expect(answer.headers).toMatchObject({
      'content-type': 'application/pdf',
      'content-range': 'bytes 0-255/1000',
      'content-disposition': "attachment; filename*=UTF-8''v%C4%83n-b%E1%BA%A3n.pdf",
      etag: '"7"',
      'cache-control': 'private, immutable',
      'set-cookie': ['a=1', 'b=2'],
    });
    expect(Buffer.from(await answer.body.arrayBuffer()).equals(bytes)).toBe(true);
  });

  it.each([204, 304, 400, 404, 409, 422, 500, 503])('an answer %s stays what it is', async (status) => {
    gate.services.workflow.answers((_request, response) => {
      if (status === 204 || status === 304) response.writeHead(status).end();
      else response.writeHead(status, { 'content-type': 'application/problem+json' }).end('{"code":"x.y"}');
    });
    expect(await gate.refusal('/api/v1/tasks')).toEqual([status, status === 204 || status === 304 ? undefined : 'x.y']);
  });

  it('a request has one id, in the answer, at the service and in the log', async () => {
    const given = await gate.ask('/api/v1/tasks', { headers: { 'x-request-id': 'client-0123456789' } });
    expect(given.headers['x-request-id']).toBe('client-0123456789');
    expect(gate.services.workflow.last.headers['x-request-id']).toBe('client-0123456789');
    const made = await gate.ask('/api/v1/tasks', { headers: { 'x-request-id': 'x y\t"' } });
    expect(made.headers['x-request-id']).toMatch(/^[0-9a-f-]{36}$/);
    expect(gate.services.workflow.last.headers['x-request-id']).toBe(made.headers['x-request-id']);
    expect(gate.log.some((line) => line.includes('"msg":"request"') && line.includes('client-0123456789'))).toBe(true);
  });

  it('a trace goes on, in a span of its own', async () => {
    const trace = 'a'.repeat(32);
    await gate.ask('/api/v1/tasks', { headers: { traceparent: `00-${trace}-${'b'.repeat(16)}-01` } });
    expect(gate.services.workflow.last.headers['traceparent']).toMatch(
      new RegExp(`^00-${trace}-(?!b{16})[0-9a-f]{16}-01$`),
    );
  });
});

describe('headers', () => {
  it('DOM-21 that say where a request comes from are the gateway’s own', async () => {
    const forged = {
      forwarded: 'for=203.0.113.7;host=evil.example',
      'x-forwarded-for': '203.0.113.7',
      'x-forwarded-host': 'evil.example',
      'x-forwarded-proto': 'gopher',
      'x-forwarded-port': '1',
      'x-forwarded-prefix': '/evil',
      'x-real-ip': '203.0.113.7',
      'x-client-ip': '203.0.113.7',
      'x-original-url': '/-/metrics',
      'x-rewrite-url': '/-/metrics',
      'x-http-method-override': 'DELETE',
      'true-client-ip': '203.0.113.7',
      via: '1.1 evil',
    };
    await gate.ask('/api/v1/tasks', { headers: forged });
    const { headers } = gate.services.workflow.last;
    expect(headers).toMatchObject({
      'x-forwarded-for': '127.0.0.1',
      'x-forwarded-host': HOST,
      'x-forwarded-proto': 'http',
    });
    const text = JSON.stringify(headers);
    for (const lie of ['203.0.113.7', 'evil', 'gopher', 'metrics', 'DELETE']) expect(text).not.toContain(lie);
  });

  it('DOM-21 that only services of ours may set do not come from outside', async () => {
    const names = [
      'x-agency-id',
      'x-user-id',
      'x-unit-id',
      'x-post-id',
      'x-actor',
      'x-permissions',
      'x-internal-call',
      'x-tenant',
    ];
    await gate.ask('/api/v1/tasks', { headers: Object.fromEntries(names.map((name) => [name, AGENCY])), as: officer });
    const seen = Object.keys(gate.services.workflow.last.headers);
    for (const name of names) expect(seen).not.toContain(name);
  });

  it('DOM-21 of a proxy that is known are believed', async () => {
    const other = await Gate.open({ QLVB_TRUSTED_PROXIES: '127.0.0.1' });
    try {
      await other.ask('/api/v1/tasks', { headers: { 'x-forwarded-for': '203.0.113.7', 'x-forwarded-proto': 'https' } });
      expect(other.services.workflow.last.headers).toMatchObject({
        'x-forwarded-for': '203.0.113.7',
        'x-forwarded-proto': 'https',
      });
    } finally {
      await other.close();
    }
  });

  it('of one connection end there, also those that Connection names, both ways', async () => {
    gate.services.workflow.answers((_request, response) => {
      response.writeHead(200, {
        connection: 'x-of-one-connection, keep-alive',
        'x-of-one-connection': 'back',
        'keep-alive': 'timeout=99',
        'proxy-authenticate': 'Basic',
        'x-kept': 'back',
      });
      response.end('{}');
    });
    const answer = await gate.raw(
      [
        'GET /api/v1/tasks HTTP/1.1',
        `Host: ${HOST}`,
        'Connection: X-Of-One-Connection, close',
        'X-Of-One-Connection: there',
        'Keep-Alive: timeout=99',
        'Proxy-Authorization: Basic eDp5',
        'Proxy-Connection: keep-alive',
        'TE: trailers',
        'X-Kept: there',
        '\r\n',
      ].join('\r\n'),
    );
    const { headers } = gate.services.workflow.last;
    expect(headers['x-kept']).toBe('there');
    expect(answer).toMatch(/x-kept: back/i);
    for (const name of ['x-of-one-connection', 'keep-alive', 'proxy-authorization', 'proxy-connection', 'te']) {
      expect(Object.keys(headers)).not.toContain(name);
    }
    expect(answer).not.toMatch(/x-of-one-connection|timeout=99|proxy-authenticate/i);
  });
});

describe('smuggling', () => {
  const smuggled = 'GET /api/v1/users HTTP/1.1\r\nHost: x\r\n\r\n';

  it.each([
    [
      'length and chunks',
      `Content-Length: ${smuggled.length + 5}\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n${smuggled}`,
    ],
    ['two lengths', `Content-Length: 0\r\nContent-Length: ${smuggled.length}\r\n\r\n${smuggled}`],
    ['two lengths in one line', `Content-Length: 0, ${smuggled.length}\r\n\r\n${smuggled}`],
    ['a length with a sign', `Content-Length: +0\r\n\r\n${smuggled}`],
    ['a length in hexadecimal', `Content-Length: 0x0\r\n\r\n${smuggled}`],
    ['a negative length', `Content-Length: -1\r\n\r\n${smuggled}`],
    ['an unknown coding', `Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n${smuggled}`],
    ['chunks that are not last', `Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n${smuggled}`],
    [
      'two codings',
      `Transfer-Encoding: identity\r\nTransfer-Encoding: chunked\r\nContent-Length: 4\r\n\r\n0\r\n\r\n${smuggled}`,
    ],
    ['a space before the colon', `Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n${smuggled}`],
    ['a folded header', `X: y\r\n Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n${smuggled}`],
    ['a bare line feed', `X: y\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n${smuggled}`],
    ['a null in a header', `X: y\0z\r\n\r\n${smuggled}`],
    ['a wrong chunk size', `Transfer-Encoding: chunked\r\n\r\nzz\r\n\r\n${smuggled}`],
  ])('by %s does not reach a service as a second request', async (_title, rest) => {
    const answer = await gate.raw(`POST /api/v1/tasks HTTP/1.1\r\nHost: ${HOST}\r\n${rest}`);
    expect(answer).toMatch(/^HTTP\/1\.1 400 /);
    expect(answer.match(/HTTP\/1\.1 2\d\d/g)).toBeNull();
    expect(gate.services.identity.seen).toEqual([]);
    expect(gate.services.workflow.bodies).toEqual([]);
  });

  it('by a body on GET does not leave it behind for the next request', async () => {
    const answer = await gate.raw(
      `GET /api/v1/tasks HTTP/1.1\r\nHost: ${HOST}\r\nContent-Length: ${smuggled.length}\r\n\r\n${smuggled}` +
        `GET /api/v1/tasks?second HTTP/1.1\r\nHost: ${HOST}\r\nConnection: close\r\n\r\n`,
      1000,
    );
    expect(answer.match(/HTTP\/1\.1 200/g)).toHaveLength(2);
    expect(gate.services.identity.seen).toEqual([]);
    expect(gate.services.workflow.seen.map(({ url }) => url)).toEqual(['/api/v1/tasks', '/api/v1/tasks?second']);
    expect(gate.services.workflow.bodies).toEqual([smuggled, '']);
  });

  it('two requests in one packet are two requests', async () => {
    const one = (path: string, more = ''): string => `GET ${path} HTTP/1.1\r\nHost: ${HOST}\r\n${more}\r\n`;
    const answer = await gate.raw(one('/api/v1/tasks?a') + one('/api/v1/tasks?b', 'Connection: close\r\n'));
    expect(answer.match(/HTTP\/1\.1 200/g)).toHaveLength(2);
    expect(gate.services.workflow.seen.map(({ url }) => url)).toEqual(['/api/v1/tasks?a', '/api/v1/tasks?b']);
  });
});

describe('addresses', () => {
  it.each([
    '/-/metrics',
    '/-/live',
    '/-/ready',
    '/-/openapi.json',
    '/%2d/metrics',
    '/api/v1/-/metrics',
    '/api/v1/%2e%2e/-/metrics',
    '/api/v1/../-/metrics',
    '/api/v1//-/metrics',
    '//-/metrics',
    '/api/-/metrics',
    '/api/v1/agencies%2f..%2f..%2f-%2fmetrics',
    '/api/v1/agencies\\..\\-\\metrics',
    '/API/V1/agencies',
    '/api/v1/Agencies',
    '/api/v1/nothing',
    '/api/v2/agencies',
    '/metrics',
    '/',
  ])('of inside, or of nothing, is not there from outside: %s', async (path) => {
    const answer = await gate.raw(`GET ${path} HTTP/1.1\r\nHost: ${SHARED}\r\nConnection: close\r\n\r\n`);
    expect(answer).toMatch(/^HTTP\/1\.1 (404|400) /);
    expect(answer).not.toMatch(/process_cpu|openapi"/);
    for (const { seen } of Object.values(gate.services)) expect(seen).toEqual([]);
  });

  it.each(['http://127.0.0.1:1/api/v1/tasks', 'https://evil.example/api/v1/tasks'])(
    'of another server (%s) is never called',
    async (target) => {
      const answer = await gate.raw(`GET ${target} HTTP/1.1\r\nHost: ${HOST}\r\nConnection: close\r\n\r\n`);
      expect(answer).toMatch(/^HTTP\/1\.1 4\d\d /);
    },
  );

  it('dots that lead out of a resource are the service’s to refuse, passed on as they are', async () => {
    await gate.raw(`GET /api/v1/agencies/../../../-/metrics HTTP/1.1\r\nHost: ${HOST}\r\nConnection: close\r\n\r\n`);
    expect(gate.services.identity.seen.map(({ url }) => url)).toEqual(['/api/v1/agencies/../../../-/metrics']);
  });

  it('operators see health and metrics, from an inner network, without a proxy and without an agency’s host', async () => {
    const direct = (headers: Record<string, string>): Promise<number> =>
      gate.ask('/-/live', { host: `127.0.0.1:${gate.service.port}`, headers }).then(({ statusCode }) => statusCode);
    expect(await direct({})).toBe(200);
    expect(await direct({ 'x-forwarded-for': '127.0.0.1' })).toBe(404);
    expect(await direct({ forwarded: 'for=127.0.0.1' })).toBe(404);
  });

  it.each(['TRACE', 'OPTIONS', 'CONNECT', 'PROPFIND'])('%s is no method here', async (method) => {
    const answer = await gate.raw(`${method} /api/v1/tasks HTTP/1.1\r\nHost: ${HOST}\r\nConnection: close\r\n\r\n`);
    expect(answer).not.toMatch(/HTTP\/1\.1 2/);
    expect(gate.services.workflow.seen).toEqual([]);
  });

  it('a protocol is not changed through the gateway', async () => {
    const upgrade = 'Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n';
    const answer = await gate.raw(
      `GET /api/v1/tasks HTTP/1.1\r\nHost: ${HOST}\r\n${upgrade}Sec-WebSocket-Version: 13\r\n\r\n`,
    );
    expect(answer).not.toMatch(/HTTP\/1\.1 101/);
    for (const { headers } of gate.services.workflow.seen) expect(headers.upgrade).toBeUndefined();
  });

  it('headers of more than 16 KiB are refused', async () => {
    const answer = await gate.raw(`GET /api/v1/tasks HTTP/1.1\r\nHost: ${HOST}\r\nX: ${'y'.repeat(20_000)}\r\n\r\n`);
    expect(answer).toMatch(/^HTTP\/1\.1 431 /);
  });
});

describe('a service that', () => {
  it('is dead: 503 with a problem and Retry-After; alive again it is asked again', async () => {
    const other = await Gate.open();
    try {
      const port = Number(new URL(other.services.workflow.url).port);
      await other.services.workflow.stop();
      const answer = await other.ask('/api/v1/tasks', { headers: { 'accept-language': 'en' } });
      expect([answer.statusCode, answer.headers['retry-after']]).toEqual([503, '5']);
      expect(answer.headers['content-type']).toContain('application/problem+json');
      const problem = await answer.body.json();
      expect(problem).toMatchObject({
        code: 'gateway.service-unavailable',
        detail: expect.stringContaining('workflow') as string,
      });
      expect(JSON.stringify(problem)).not.toMatch(/ECONNREFUSED|127\.0\.0\.1/);
      const sent = { method: 'POST', body: Buffer.alloc(1024 * 1024) };
      expect(await other.refusal('/api/v1/tasks', sent)).toEqual([503, 'gateway.service-unavailable']);
      expect((await other.ask('/api/v1/files')).statusCode).toBe(200);
      const revived = await Upstream.start(port);
      expect((await other.ask('/api/v1/tasks')).statusCode).toBe(200);
      await revived.stop();
      await Upstream.start(port).then((again) => Object.assign(other.services, { workflow: again }));
    } finally {
      await other.close();
    }
  });

  it('does not answer in time: 503, and nothing waits on', async () => {
    let closed = false;
    gate.services.workflow.answers((asked) => asked.on('close', () => (closed = true)));
    expect(await gate.refusal('/api/v1/tasks')).toEqual([503, 'gateway.service-unavailable']);
    await until('closed', () => closed);
  });

  it('hangs up before answering: 503', async () => {
    gate.services.workflow.answers((_request, response) => response.destroy());
    expect(await gate.refusal('/api/v1/tasks')).toEqual([503, 'gateway.service-unavailable']);
  });

  it('answers what is no HTTP: 503', async () => {
    gate.services.workflow.answers((_request, response) => response.socket?.end('nonsense\r\n\r\n'));
    expect(await gate.refusal('/api/v1/tasks')).toEqual([503, 'gateway.service-unavailable']);
  });

  it('breaks off in the middle: the caller sees a broken answer, not a whole one', async () => {
    gate.services.workflow.answers((_request, response) => {
      response.writeHead(200, { 'content-length': '1000' });
      response.write('half');
      setTimeout(() => response.destroy(), 50);
    });
    const answer = await gate.ask('/api/v1/tasks');
    await expect(answer.body.text()).rejects.toThrow();
  });

  it('goes silent in the middle is given up', async () => {
    gate.services.workflow.answers((_request, response) => {
      response.writeHead(200);
      response.write('half');
    });
    const answer = await gate.ask('/api/v1/tasks');
    await expect(answer.body.text()).rejects.toThrow();
  });

  it.each([
    ['/api/v1/files', 99_999_999_999],
    ['/api/v1/tasks', 2_000_000],
  ])(
    'F-54 is not waited for when %s is sent a body that is announced as too large and never comes',
    async (path, length) => {
      const socket = connect(gate.service.port, '127.0.0.1');
      socket.write(`POST ${path} HTTP/1.1\r\nHost: ${HOST}\r\nContent-Length: ${length}\r\n\r\n`);
      let text = '';
      for await (const chunk of socket as AsyncIterable<Buffer>) {
        text += chunk.toString();
        if (text.includes('"code"')) break;
      }
      expect(text).toMatch(/^HTTP\/1\.1 413 /);
      expect(text).toContain('http.body-too-large');
    },
  );

  it('F-54 says of a range that is none how long the file is: the caller is told so', async () => {
    gate.services.documents.answers((_request, response) => {
      response.writeHead(416, { 'content-type': 'application/problem+json', 'content-range': 'bytes */10' });
      response.end('{"code":"http.range-not-satisfiable"}');
    });
    const answer = await gate.ask('/api/v1/files/1/content', { headers: { range: 'bytes=50-' } });
    expect([answer.statusCode, answer.headers['content-range']]).toEqual([416, 'bytes */10']);
    await answer.body.dump();
  });

  it('refuses a large upload at once: its answer comes through', async () => {
    gate.services.documents.answers((_request, response) => {
      response.writeHead(403, { 'content-type': 'application/problem+json' });
      response.end('{"code":"auth.permission-missing"}');
    });
    const upload = {
      method: 'POST',
      body: Buffer.alloc(4 * 1024 * 1024),
      headers: { 'content-type': 'application/pdf' },
    };
    for (let count = 0; count < 5; count += 1) {
      expect(await gate.refusal('/api/v1/files?name=a.pdf', upload)).toEqual([403, 'auth.permission-missing']);
    }
  });
});

describe('a caller that', () => {
  /** It would wait two minutes for a service: what ends earlier was ended by the caller. */
  let patient: Gate;
  beforeAll(async () => {
    patient = await Gate.open();
  });
  afterEach(() => Object.values(patient.services).forEach((upstream) => upstream.usually()));
  afterAll(() => patient.close());

  it('hangs up while waiting ends the work at the service', async () => {
    let closed = false;
    patient.services.workflow.answers((_request, response) => response.on('close', () => (closed = true)));
    const abort = new AbortController();
    const asked = patient.ask('/api/v1/tasks', { signal: abort.signal });
    await until('it arrives', () => patient.services.workflow.seen.length === 1);
    abort.abort();
    await expect(asked).rejects.toThrow();
    await until('closed', () => closed);
  });

  it('hangs up in the middle of an answer ends it at the service', async () => {
    let closed = false;
    patient.services.workflow.answers((_request, response) => {
      response.on('close', () => (closed = true));
      response.write('data: 1\n\n');
    });
    const answer = await patient.ask('/api/v1/notifications');
    await once(answer.body, 'data');
    answer.body.on('error', () => undefined);
    answer.body.destroy();
    await until('closed', () => closed);
  });

  it('hangs up in the middle of an upload: the service sees it broken off', async () => {
    let aborted = false;
    let whole = false;
    patient.services.documents.answers((asked) => {
      asked.on('error', () => (aborted = true));
      asked.on('end', () => (whole = true));
      asked.resume();
    });
    const socket = connect(patient.service.port, '127.0.0.1');
    socket.write(`POST /api/v1/files HTTP/1.1\r\nHost: ${HOST}\r\nContent-Length: 1000000\r\n\r\n${'x'.repeat(1000)}`);
    await until('it arrives', () => patient.services.documents.seen.length === 1);
    socket.destroy();
    await until('aborted', () => aborted);
    expect(whole).toBe(false);
  });
});
