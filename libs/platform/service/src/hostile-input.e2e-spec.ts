import { Readable } from 'node:stream';
import type { Problem } from '@qlvb/platform-http';
import { json, newKey, startNotes } from './testing/notes-service.ts';
import type { NotesService } from './testing/notes-service.ts';

let notes: NotesService;

beforeAll(async () => {
  notes = await startNotes({ bodyTimeoutMs: 300, headersTimeoutMs: 400 });
});

afterAll(() => notes.stop());

const problemOf = async (answer: Response): Promise<Problem> => {
  expect(answer.headers.get('content-type')).toBe('application/problem+json; charset=utf-8');
  return (await answer.json()) as Problem;
};

const deep = (levels: number): string => `${'{"author":'.repeat(levels)}{}${'}'.repeat(levels)}`;

describe('SEC-I01: hostile bodies', () => {
  it.each<[string, unknown, string, ...[string, string][]]>([
    ['wrong type', { title: 5 }, 'http.input-invalid', ['/body/title', 'wrong-type']],
    ['missing member', {}, 'http.input-invalid', ['/body/title', 'required']],
    ['empty body', '', 'http.input-invalid', ['/body', 'required']],
    ['null', 'null', 'http.input-invalid', ['/body', 'wrong-type']],
    ['list in place of an object', [], 'http.input-invalid', ['/body', 'wrong-type']],
    ['too long', { title: 'x'.repeat(101) }, 'http.input-invalid', ['/body/title', 'too-long']],
    ['too many', { title: 'x', tags: Array(6).fill('t') }, 'http.input-invalid', ['/body/tags', 'too-long']],
    ['unknown member', { title: 'x', role: 'admin' }, 'http.input-invalid', ['/body/role', 'unknown-field']],
    [
      'unknown member inside',
      { title: 'x', author: { unit: 'a', 'x/y~z': 1 } },
      'http.input-invalid',
      ['/body/author/x~1y~0z', 'unknown-field'],
    ],
    [
      'several faults together',
      { title: '', tags: [1] },
      'http.input-invalid',
      ['/body/title', 'too-short'],
      ['/body/tags/0', 'wrong-type'],
    ],
    ['NUL', '{"title":"a\\u0000b"}', 'http.input-invalid', ['/body/title', 'control-character']],
    ['escape character', '{"title":"\\u001b[31m"}', 'http.input-invalid', ['/body/title', 'control-character']],
    ['unpaired surrogate', '{"title":"\\ud800"}', 'http.input-invalid', ['/body/title', 'not-unicode']],
    ['F-20 isolates', '{"title":"V/v \\u2068A\\u2069"}', 'http.input-invalid', ['/body/title', 'direction-mark']],
    [
      'F-08 marks',
      `{"title":"a${'\u0301\u0323'.repeat(9000)}"}`,
      'http.input-invalid',
      ['/body/title', 'too-many-marks'],
    ],
    ['mangled JSON', '{"title":', 'http.body-malformed'],
    ['comment', '{"title":"x"/**/}', 'http.body-malformed'],
    ['byte order mark', '\uFEFF{"title":"x"}', 'http.body-malformed'],
    ['duplicate key', '{"title":"a","title":"b"}', 'http.body-malformed'],
    ['duplicate key, escaped', '{"title":"a","t\\u0069tle":"b"}', 'http.body-malformed'],
    ['__proto__', '{"title":"x","__proto__":{"admin":true}}', 'http.body-malformed'],
    ['__proto__ inside', '{"title":"x","author":{"__proto__":{"unit":"y"}}}', 'http.body-malformed'],
    [
      'constructor',
      '{"title":"x","constructor":{"prototype":{}}}',
      'http.input-invalid',
      ['/body/constructor', 'unknown-field'],
    ],
    ['deep nesting', deep(40), 'http.body-too-deep'],
    ['very deep nesting', '['.repeat(200_000) + ']'.repeat(200_000), 'http.body-too-deep'],
    ['very many values', `{"title":"x","tags":[${'0,'.repeat(60_000)}0]}`, 'http.body-too-deep'],
    ['huge number', '{"title":1e400}', 'http.input-invalid', ['/body/title', 'wrong-type']],
  ])('answers %s with its problem', async (_title, body, code, ...faults) => {
    const problem = await problemOf(await notes.ask('/notes', json(body)));
    expect(problem).toMatchObject({ status: 400, code, type: `urn:qlvb:problem:${code}` });
    expect((problem.errors ?? []).map((fault) => [fault.pointer, fault.code])).toEqual(faults);
    expect(notes.notes.created).toBe(0);
  });

  it('answers invalid UTF-8 as malformed', async () => {
    const body = Buffer.concat([Buffer.from('{"title":"'), Buffer.from([0xc3, 0x28]), Buffer.from('"}')]);
    const answer = await notes.ask('/notes', { ...json(''), body });
    expect(await problemOf(answer)).toMatchObject({ status: 400, code: 'http.body-malformed' });
  });

  it.each(['text/plain', 'application/x-www-form-urlencoded', 'application/json; charset=utf-16', 'nonsense', ''])(
    'refuses media type %p',
    async (type) => {
      const headers = { 'content-type': type, 'idempotency-key': newKey() };
      const answer = await notes.ask('/notes', { method: 'POST', headers, body: Buffer.from('{"title":"x"}') });
      expect(await problemOf(answer)).toMatchObject({ status: 415, code: 'http.media-type-unsupported' });
    },
  );

  it('refuses a body over the limit, and the client gets to read that', async () => {
    const answer = await notes.ask('/notes', json({ title: 'x'.repeat(3 * 1024 * 1024) }));
    expect(await problemOf(answer)).toMatchObject({ status: 413, code: 'http.body-too-large' });
  });

  it('refuses a body over the limit that does not say its length', async () => {
    const body = Readable.from(Array(12).fill(Buffer.alloc(256 * 1024, 0x20)));
    const init = { ...json(''), body, duplex: 'half' } as unknown as RequestInit;
    expect(await problemOf(await notes.ask('/notes', init))).toMatchObject({ status: 413 });
  });

  const asked = async (line: string, head: string, body: string): Promise<string> => {
    const { authorization } = await notes.issuer.authorization({ permissions: ['notes.note.create'] });
    return notes.raw(
      `${line} HTTP/1.1\r\nHost: x\r\nAuthorization: ${authorization}\r\n${head}Connection: close\r\n\r\n${body}`,
    );
  };
  const sent = (body: string, type = 'application/json'): [string, string] => [
    `Content-Type: ${type}\r\nContent-Length: ${Buffer.byteLength(body)}\r\n`,
    body,
  ];
  const NO_BODY: [string, [string, string]][] = [
    ['no body', ['', '']],
    ['no body of a type', sent('')],
    ['no body in chunks', ['Transfer-Encoding: chunked\r\n', '0\r\n\r\n']],
    ['an empty object', sent('{}')],
    ['an empty object over two lines', sent(' {\n }\n')],
    [
      'an empty object in chunks',
      ['Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n', '2\r\n{}\r\n0\r\n\r\n'],
    ],
  ];

  describe.each([
    ['DELETE /api/v1/notes/1', 204],
    ['GET /api/v1/notes/1', 200],
  ])('%s, which takes no body,', (line, status) => {
    it.each(NO_BODY)('takes %s', async (_title, [head, body]) => {
      expect(await asked(line, head, body)).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `));
    });

    it.each([
      ['a member', sent('{"title":"x"}')],
      ['a list', sent('[]')],
      ['null', sent('null')],
      ['blanks', sent('  ')],
      ['what is no JSON', sent('{')],
      ['two objects', sent('{}{}')],
      ['an empty object of another type', sent('{}', 'text/plain')],
      ['much', sent('{'.padEnd(5_000))],
      [
        'much in chunks',
        ['Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n', `80\r\n${' '.repeat(128)}\r\n0\r\n\r\n`],
      ],
    ] as [string, [string, string]][])('refuses %s', async (_title, [head, body]) => {
      const text = await asked(line, head, body);
      expect(text).toMatch(/^HTTP\/1\.1 400 /);
      expect(text).toContain('http.body-unexpected');
    });
  });

  it.each(NO_BODY)('takes %s for {} where nothing has to be said', async (_title, [head, body]) => {
    expect(await asked('POST /api/v1/notes/1/copies', head, body)).toMatch(/^HTTP\/1\.1 204 /);
    expect(notes.notes.seen.at(-1)).toEqual({ times: 1 });
  });

  it('tells that a body is missing where something has to be said', async () => {
    const problem = await problemOf(await notes.ask('/notes', { ...json(''), body: '' }));
    expect(problem).toMatchObject({ status: 400, code: 'http.input-invalid' });
    expect(problem.errors).toEqual([expect.objectContaining({ pointer: '/body', code: 'required' })]);
  });

  it('lets a slow body run into the time limit', async () => {
    const { authorization } = await notes.issuer.authorization({ permissions: ['notes.note.create'] });
    const text = await notes.raw(
      `POST /api/v1/notes HTTP/1.1\r\nHost: x\r\nAuthorization: ${authorization}\r\nIdempotency-Key: ${newKey()}\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{"ti`,
    );
    expect(text).toMatch(/^HTTP\/1\.1 408 /);
    expect(text).toContain('http.body-timeout');
    expect(text.toLowerCase()).toContain('connection: close');
  });
});

describe('CHR-02: text is normalised once, at the boundary', () => {
  it('stores one form for three ways of writing ệ', async () => {
    for (const title of ['e\u0302\u0323', 'e\u0323\u0302', '\u1ec7']) await notes.ask('/notes', json({ title }));
    expect(notes.notes.seen.slice(-3)).toEqual(Array(3).fill({ title: '\u1ec7', tags: [] }));
  });
});

describe('hostile addresses and headers', () => {
  it.each([
    ['?limit=0', '/query/limit', 'too-small'],
    ['?limit=101', '/query/limit', 'too-large'],
    ['?limit=ten', '/query/limit', 'wrong-type'],
    ['?limit=1e1', '/query/limit', 'wrong-type'],
    ['?limit=5&limit=6', '/query/limit', 'repeated'],
    ['?unread=yes', '/query/unread', 'wrong-type'],
    ['?tag=%00', '/query/tag/0', 'control-character'],
    ['?tag=a%0Ab', '/query/tag/0', 'line-break'],
    ['?tag=%ff', '/query', 'wrong-encoding'],
    ['?tag=%zz', '/query', 'wrong-encoding'],
    ['?page=1', '/query/page', 'unknown-field'],
    ['?__proto__=1', '/query/__proto__', 'unknown-field'],
    [`?${'tag=a&'.repeat(60)}`, '/query', 'too-many'],
  ])('GET /notes%s', async (query, pointer, code) => {
    const problem = await problemOf(await notes.ask(`/notes${query}`));
    expect(problem).toMatchObject({ status: 400, code: 'http.input-invalid' });
    expect(problem.errors).toEqual([expect.objectContaining({ pointer, code })]);
  });

  it('turns the text of a query into typed values', async () => {
    expect((await notes.ask('/notes?limit=3&unread=false&tag=a&tag=b+c')).status).toBe(200);
    expect(notes.notes.seen.at(-1)).toEqual({ limit: 3, unread: false, tag: ['a', 'b c'] });
  });

  it('guards a path however it is spelt', async () => {
    const bare = await fetch(`${notes.service.url}/api/v1/n%6ftes`);
    expect(await problemOf(bare)).toMatchObject({ status: 401, code: 'auth.token-missing' });
    for (const path of ['/api/v1/Notes', '/api/v1//notes', '/api/v1/notes/', '/API/v1/notes', '/api/v1/%2e%2e/notes']) {
      const text = await notes.raw(`GET ${path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`);
      expect(text).toMatch(/^HTTP\/1\.1 404 /);
      expect(text).toContain('http.route-unknown');
    }
  });

  it.each([
    [
      'bad percent-encoding',
      'GET /api/v1/notes/%zz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n',
      400,
      'http.request-malformed',
    ],
    [
      'NUL in a path',
      'GET /api/v1/slow/%00 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n',
      400,
      'http.input-invalid',
    ],
    [
      'overlong parameter',
      `GET /api/v1/notes/${'a'.repeat(500)} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`,
      414,
      'http.path-too-long',
    ],
    ['no host', 'GET /api/v1/notes HTTP/1.1\r\nConnection: close\r\n\r\n', 400, 'http.request-malformed'],
    [
      'header overflow',
      `GET / HTTP/1.1\r\nHost: x\r\nX-A: ${'a'.repeat(20_000)}\r\n\r\n`,
      431,
      'http.headers-too-large',
    ],
    ['not HTTP', 'HELO mail\r\n\r\n', 400, 'http.request-malformed'],
    ['unknown method', 'BREW /api/v1/notes HTTP/1.1\r\nHost: x\r\n\r\n', 400, 'http.request-malformed'],
    [
      'two lengths',
      'POST /api/v1/notes HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n',
      400,
      'http.request-malformed',
    ],
    [
      'length and chunks',
      'POST /api/v1/notes HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
      400,
      'http.request-malformed',
    ],
    ['headers that never end', 'GET / HTTP/1.1\r\nHost: x\r\n', 408, 'http.request-timeout'],
  ])('answers %s', async (_title, request, status, code) => {
    const text = await notes.raw(request);
    expect(text).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `));
    expect(text).toContain(code);
    expect(text.toLowerCase()).toContain('content-type: application/problem+json');
  });

  it.each(['PUT', 'DELETE', 'PATCH', 'OPTIONS', 'QUERY', 'PROPFIND', 'TRACE'])(
    'answers %s where it has no meaning',
    async (method) => {
      const text = await notes.raw(`${method} /api/v1/notes HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`);
      expect(text).toMatch(/^HTTP\/1\.1 405 /);
      expect(text.toLowerCase()).toContain('allow: get, head, post');
    },
  );

  it('answers HEAD as GET without a body', async () => {
    const head = await notes.ask('/notes/1', { method: 'HEAD' });
    expect([head.status, head.headers.get('etag'), await head.text()]).toEqual([200, '"7"', '']);
  });

  it('is still well after all of this', async () => {
    expect((await fetch(`${notes.service.url}/-/live`)).status).toBe(200);
    expect(notes.log.filter((line) => line.includes('"level":"error"'))).toEqual([]);
  });
});
