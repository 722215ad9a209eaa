import { createHash } from 'node:crypto';
import { connect } from 'node:net';
import { Readable } from 'node:stream';
import { setTimeout as wait } from 'node:timers/promises';
import type { Problem } from '@qlvb/platform-http';
import { startNotes } from './testing/notes-service.ts';
import type { NotesService } from './testing/notes-service.ts';

let notes: NotesService;

beforeAll(async () => {
  notes = await startNotes({ uploadIdleMs: 300 });
});

afterAll(() => notes.stop());

/** Requests that the service says it is answering, the one that asks included. */
async function inFlight(): Promise<number> {
  const text = await (await fetch(`${notes.service.url}/-/metrics`)).text();
  return Number(/qlvb_http_requests_in_flight\{[^}]*\} (\d+)/.exec(text)?.[1]);
}

describe('uploads', () => {
  const send = (body: Uint8Array | Readable, type = 'application/pdf'): Promise<Response> =>
    notes.ask('/files', {
      method: 'POST',
      headers: { 'content-type': type },
      body,
      duplex: 'half',
    } as unknown as RequestInit);
  const codeOf = async (answer: Response): Promise<string> =>
    `${answer.status} ${((await answer.json()) as Problem).code}`;

  it('stream to the handler', async () => {
    const bytes = Buffer.alloc(100_000, 7);
    const answer = await send(bytes);
    expect(answer.status).toBe(201);
    expect(await answer.json()).toEqual({
      sha256: createHash('sha256').update(bytes).digest('hex'),
      sizeBytes: 100_000,
    });
  });

  it('end with 413 when too large, whether or not the length was announced', async () => {
    expect(await codeOf(await send(Buffer.alloc(100_001)))).toBe('413 http.body-too-large');
    expect(await codeOf(await send(Readable.from(Array(40).fill(Buffer.alloc(10_000)))))).toBe(
      '413 http.body-too-large',
    );
  });

  it.each([
    ['of files', '/files', 'application/pdf'],
    ['of JSON', '/notes', 'application/json'],
  ])('F-54 that announce too much and send nothing are answered at once: %s', async (_, path, type) => {
    const { authorization } = await notes.issuer.authorization({ permissions: ['notes.note.create'] });
    const socket = connect(notes.service.port, '127.0.0.1');
    socket.write(
      `POST /api/v1${path} HTTP/1.1\r\nHost: x\r\nAuthorization: ${authorization}\r\nIdempotency-Key: ${'k'.repeat(20)}\r\nContent-Type: ${type}\r\nContent-Length: 99999999999\r\n\r\n`,
    );
    let text = '';
    for await (const chunk of socket as AsyncIterable<Buffer>) {
      text += chunk.toString();
      if (text.includes('http.body-too-large')) break;
    }
    expect(text).toMatch(/^HTTP\/1\.1 413 /);
  });

  it('end with 415 for a type that was not declared', async () => {
    expect(await codeOf(await send(Buffer.from('x'), 'text/html'))).toBe('415 http.media-type-unsupported');
  });

  it('need the permission before a byte is taken', async () => {
    const init = { method: 'POST', headers: { 'content-type': 'application/pdf' }, body: Buffer.alloc(5_000_000) };
    const answer = await fetch(`${notes.service.url}/api/v1/files`, init);
    expect(await codeOf(answer)).toBe('401 auth.token-missing');
  });

  it('run into a time limit when nothing comes any more', async () => {
    const { authorization } = await notes.issuer.authorization({ permissions: ['notes.note.create'] });
    const text = await notes.raw(
      `POST /api/v1/files HTTP/1.1\r\nHost: x\r\nAuthorization: ${authorization}\r\nContent-Type: application/pdf\r\nContent-Length: 1000\r\n\r\nabc`,
    );
    expect(text).toMatch(/^HTTP\/1\.1 408 /);
    expect(text).toContain('http.body-timeout');
  });

  it('that the client cuts off leave the service well', async () => {
    const { authorization } = await notes.issuer.authorization({ permissions: ['notes.note.create'] });
    const socket = connect(notes.service.port, '127.0.0.1');
    socket.write(
      `POST /api/v1/files HTTP/1.1\r\nHost: x\r\nAuthorization: ${authorization}\r\nContent-Type: application/pdf\r\nContent-Length: 1000\r\n\r\nabc`,
    );
    await wait(100);
    socket.destroy();
    await wait(100);
    expect((await fetch(`${notes.service.url}/-/live`)).status).toBe(200);
    expect(notes.log.filter((line) => /"level":"(error|fatal)"/.test(line))).toEqual([]);
  });
});

describe('downloads', () => {
  const get = (headers: Record<string, string> = {}, method = 'GET'): Promise<Response> =>
    notes.ask('/files/1', { method, headers });

  it('send the whole file with a name that every browser reads', async () => {
    const answer = await get();
    expect([answer.status, await answer.text()]).toEqual([200, '0123456789']);
    expect(answer.headers.get('content-type')).toBe('application/pdf');
    expect(answer.headers.get('content-length')).toBe('10');
    expect(answer.headers.get('content-disposition')).toBe(
      `attachment; filename="Quyet dinh _so 1_.pdf"; filename*=UTF-8''Quy%E1%BA%BFt%20%C4%91%E1%BB%8Bnh%20_s%E1%BB%91%201_.pdf`,
    );
  });

  it.each([
    ['bytes=0-3', 206, '0123', 'bytes 0-3/10'],
    ['bytes=7-', 206, '789', 'bytes 7-9/10'],
    ['bytes=-2', 206, '89', 'bytes 8-9/10'],
    ['bytes=5-99', 206, '56789', 'bytes 5-9/10'],
    ['bytes=-99', 206, '0123456789', 'bytes 0-9/10'],
    ['bytes=0-1,3-4', 200, '0123456789', null],
    ['lines=1-2', 200, '0123456789', null],
  ])('send the range %s', async (range, status, text, contentRange) => {
    const answer = await get({ range });
    expect([answer.status, await answer.text(), answer.headers.get('content-range')]).toEqual([
      status,
      text,
      contentRange,
    ]);
  });

  it.each(['bytes=10-', 'bytes=5-2', 'bytes=-0'])(
    'F-54 refuse the range %s and say how long the file is',
    async (range) => {
      const answer = await get({ range });
      expect([answer.status, ((await answer.json()) as Problem).code]).toEqual([416, 'http.range-not-satisfiable']);
      expect(answer.headers.get('content-range')).toBe('bytes */10');
    },
  );

  it('send nothing that the client has already, and a range only of the same file', async () => {
    const etag = (await get()).headers.get('etag') ?? '';
    expect((await get({ 'if-none-match': `"other", ${etag}` })).status).toBe(304);
    expect((await get({ range: 'bytes=0-3', 'if-range': etag })).status).toBe(206);
    expect((await get({ range: 'bytes=0-3', 'if-range': '"other"' })).status).toBe(200);
  });

  it('answer HEAD without opening the file, on a connection that stays usable', async () => {
    for (let round = 0; round < 3; round += 1) {
      const answer = await get({}, 'HEAD');
      expect([answer.status, answer.headers.get('content-length'), await answer.text()]).toEqual([200, '10', '']);
    }
    expect(await inFlight()).toBe(1);
  });

  it.each(['bytes=0-3', 'bytes=50-', 'bytes=-2'])('F-54 answer HEAD as if nobody had asked for %s', async (range) => {
    const answer = await get({ range }, 'HEAD');
    expect([answer.status, answer.headers.get('content-length'), answer.headers.get('content-range')]).toEqual([
      200,
      '10',
      null,
    ]);
  });
});

describe('server-sent events', () => {
  it('go on after the last event that the client saw, and end with the client', async () => {
    const abort = new AbortController();
    const answer = await notes.ask('/inbox/events', { headers: { 'last-event-id': '41' }, signal: abort.signal });
    expect(answer.headers.get('content-type')).toBe('text/event-stream; charset=utf-8');
    let text = '';
    const decoder = new TextDecoder();
    const reader = answer.body?.getReader();
    while (!text.includes('id: 43')) text += decoder.decode((await reader?.read())?.value);
    abort.abort();
    expect(text).toContain('id: 42\nevent: note\ndata: {"n":42}\n\n');
    await wait(100);
    expect(await inFlight()).toBe(1);
  });
});
