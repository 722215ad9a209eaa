import type { Problem } from '@qlvb/platform-http';
import { json, newKey, startNotes } from './testing/notes-service.ts';
import type { NotesService } from './testing/notes-service.ts';

let notes: NotesService;

beforeAll(async () => {
  notes = await startNotes();
});

afterAll(() => notes.stop());

describe('idempotency', () => {
  it('answers a repetition byte for byte and carries it out once', async () => {
    const request = json({ title: 'Quyết định', tags: ['a'] });
    const first = await notes.ask('/notes', request);
    const created = notes.notes.created;
    const body = JSON.stringify({ tags: ['a'], title: 'Quyết định' }, null, 2);
    const second = await notes.ask('/notes', { ...request, body });
    expect([first.status, second.status]).toEqual([201, 201]);
    expect(Buffer.from(await second.arrayBuffer())).toEqual(Buffer.from(await first.arrayBuffer()));
    expect(second.headers.get('etag')).toBe(first.headers.get('etag'));
    expect([first, second].map((answer) => answer.headers.get('idempotency-replayed'))).toEqual([null, 'true']);
    expect(notes.notes.created).toBe(created);
  });

  it('refuses the same key with another body', async () => {
    const request = json({ title: 'một' });
    await notes.ask('/notes', request);
    const answer = await notes.ask('/notes', { ...request, body: '{"title":"hai"}' });
    expect([answer.status, answer.headers.get('idempotency-replayed')]).toEqual([422, null]);
  });

  it('tells apart by body, route and caller', async () => {
    const { FakeCommandStore } = await import('./testing/fake-command-store.ts');
    const store = notes.service.app.get(FakeCommandStore);
    for (const title of ['một', 'hai']) await notes.ask('/notes', json({ title }));
    const fingerprints = [...store.answers.values()].slice(-2).map((answer) => answer.fingerprint);
    expect(new Set(fingerprints).size).toBe(2);
    expect(fingerprints[0]).toMatch(/^[0-9a-f]{64}$/);
  });

  it.each([
    [undefined, 'http.idempotency-key-missing'],
    ['short', 'http.input-invalid'],
    ['x'.repeat(129), 'http.input-invalid'],
    [`${newKey()} with spaces`, 'http.input-invalid'],
    ['khóa-chống-lặp-đủ-dài'.normalize('NFD').replace(/[^\x20-\xff]/g, 'é'), 'http.input-invalid'],
  ])('refuses the key %p', async (key, code) => {
    const headers = { 'content-type': 'application/json', ...(key ? { 'idempotency-key': key } : {}) };
    const answer = await notes.ask('/notes', { method: 'POST', headers, body: '{"title":"x"}' });
    expect([answer.status, ((await answer.json()) as Problem).code]).toEqual([400, code]);
  });
});

describe('versions', () => {
  const edit = async (ifMatch?: string): Promise<string> => {
    const headers = { 'content-type': 'application/json', ...(ifMatch ? { 'if-match': ifMatch } : {}) };
    const answer = await notes.ask('/notes/1', { method: 'PATCH', headers, body: '{"title":"x"}' });
    return answer.status === 204 ? '204' : `${answer.status} ${((await answer.json()) as Problem).code}`;
  };

  it('come out as ETag and go in as If-Match', async () => {
    expect((await notes.ask('/notes/1')).headers.get('etag')).toBe('"7"');
    expect(await edit('"7"')).toBe('204');
    expect(notes.notes.seen.at(-1)).toBe(7);
  });

  it.each([
    [undefined, '428 http.version-required'],
    ['*', '428 http.version-required'],
    ['W/"7"', '400 http.input-invalid'],
    ['"7", "8"', '400 http.input-invalid'],
    ['7', '400 http.input-invalid'],
    ['"abc"', '400 http.input-invalid'],
  ])('refuses If-Match %p', async (ifMatch, expected) => {
    expect(await edit(ifMatch)).toBe(expected);
  });
});

describe('answers', () => {
  it('SEC-I03: hold only what the declaration names', async () => {
    const answer = await notes.ask('/notes', json({ title: 'x' }));
    const text = await answer.text();
    expect(text).not.toContain('internalRemark');
    expect(JSON.parse(text)).toEqual({
      id: expect.any(String),
      title: 'x',
      version: 1,
      createdAt: '2026-11-23T09:00:00.000+07:00',
    });
  });

  it('SEC-E01: that break the declaration, and errors nobody foresaw, show a trace id and nothing else', async () => {
    for (const id of ['broken', 'boom']) {
      const answer = await notes.ask(`/notes/${id}`);
      const problem = (await answer.json()) as Problem;
      expect(problem).toMatchObject({ status: 500, code: 'http.unexpected' });
      expect(JSON.stringify(problem)).not.toMatch(/SELECT|Error|\.ts|declaration/);
      const line = notes.log.find((text) => text.includes('"level":"error"') && text.includes(problem.traceId));
      expect(line).toMatch(id === 'boom' ? /SELECT \* FROM notes/ : /breaks its declaration: \/title/);
    }
  });

  it('speak Vietnamese, or English when the caller prefers it', async () => {
    const vi = (await (await notes.ask('/notes/2')).json()) as Problem;
    const headers = { 'accept-language': 'en-GB, vi;q=0.5' };
    const en = (await (await notes.ask('/notes/2', { headers })).json()) as Problem;
    expect(vi).toMatchObject({ code: 'notes.note-missing', source: 'TEST-1', detail: 'Không có ghi chú này.' });
    expect(en).toMatchObject({ code: 'notes.note-missing', source: 'TEST-1', detail: 'There is no such note.' });
    const fault = (await (await notes.ask('/notes?limit=0', { headers })).json()) as Problem;
    expect(fault.errors?.[0]?.detail).toBe('Must be 1 or more.');
  });

  it('carry the headers that keep a browser from guessing', async () => {
    const { headers } = await notes.ask('/notes/1');
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('cache-control')).toBe('no-store');
    expect(headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(headers.has('x-powered-by') || headers.has('server')).toBe(false);
  });

  it('come as a problem when the handler takes too long', async () => {
    const answer = await notes.ask('/slow/1700');
    expect([answer.status, ((await answer.json()) as Problem).code]).toEqual([503, 'http.handling-timeout']);
  });
});

describe('request context', () => {
  it('continues the caller’s trace and keeps its request id, when they are well-formed', async () => {
    const headers = {
      traceparent: '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01',
      'x-request-id': 'req-12345',
    };
    const answer = await notes.ask('/slow/1', { headers });
    expect(answer.headers.get('x-request-id')).toBe('req-12345');
    expect(await answer.json()).toEqual({
      traceparent: expect.stringMatching(/^00-4bf92f3577b34da6a3ce929d0e0e4736-/),
    });
    const line = notes.log.find((text) => text.includes('"requestId":"req-12345"') && text.includes('"msg":"request"'));
    expect(JSON.parse(line ?? '{}')).toMatchObject({
      traceId: '4bf92f3577b34da6a3ce929d0e0e4736',
      route: '/api/v1/slow/:ms',
      status: 200,
    });
  });

  it('believes X-Forwarded-For of the gateway alone', async () => {
    const send = async (forwarded: string): Promise<unknown> => {
      const headers = { 'content-type': 'application/json', 'if-match': '"7"', 'x-forwarded-for': forwarded };
      await notes.ask('/notes/1', { method: 'PATCH', headers, body: '{"title":"x"}' });
      return notes.notes.seen.at(-2);
    };
    expect(await send('10.9.8.7')).toBe('10.9.8.7');
    expect(await send('1.2.3.4, 10.9.8.7')).toBe('10.9.8.7');
  });

  it('makes its own request id in place of a forged one', async () => {
    const answer = await notes.ask('/slow/1', { headers: { 'x-request-id': 'a b<script>' } });
    expect(answer.headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/);
  });

  it('names the problem and never the token in the log', async () => {
    const { authorization } = await notes.issuer.authorization();
    const citizenNumber = ['044', '201', '000123'].join('');
    await fetch(`${notes.service.url}/api/v1/notes?cursor=${citizenNumber}`, { headers: { authorization } });
    const log = notes.log.join('');
    expect(log).toContain('"code":"auth.permission-missing"');
    expect(log).not.toContain(authorization.slice(20, 60));
    expect(log).not.toContain(citizenNumber);
  });
});

describe('internal routes', () => {
  const get = (path: string): Promise<Response> => fetch(`${notes.service.url}${path}`);

  it('measure by route template', async () => {
    await notes.ask('/notes/1');
    const text = await (await get('/-/metrics')).text();
    expect(text).toMatch(/qlvb_http_request_duration_seconds_count\{[^}]*route="\/api\/v1\/notes\/:id"[^}]*\} \d/);
    expect(text).not.toContain('/api/v1/notes/1"');
    expect(text).toContain('process_cpu_seconds_total');
  });

  it('say which probe failed, and not why', async () => {
    const { Health } = await import('@qlvb/platform-http');
    const health = notes.service.app.get(Health);
    let broken = true;
    health.readiness('database', () => {
      if (broken) throw new Error('password of the database');
    });
    health.progress('consumers', () => (broken ? Promise.reject(new Error('stuck')) : Promise.resolve()));
    const [ready, live] = [await get('/-/ready'), await get('/-/live')];
    expect([ready.status, await ready.json()]).toEqual([503, { status: 'failed', checks: { database: 'failed' } }]);
    expect([live.status, await live.json()]).toEqual([503, { status: 'failed', checks: { consumers: 'failed' } }]);
    broken = false;
    expect([(await get('/-/ready')).status, (await get('/-/live')).status]).toEqual([200, 200]);
  });
});
