import { contentDisposition } from '../answer/download.ts';
import { entityTag, readIfMatch, versionOf } from '../operation/entity-tag.ts';
import { fingerprint, readIdempotencyKey } from '../operation/idempotency.ts';
import { preferredLanguage } from '../answer/language.ts';

describe('Accept-Language', () => {
  it.each([
    [undefined, 'vi'],
    ['*', 'vi'],
    ['fr', 'vi'],
    ['en', 'en'],
    ['en-US,en;q=0.9', 'en'],
    ['vi-VN,vi;q=0.9,en;q=0.8', 'vi'],
    ['vi;q=0.3, en;q=0.7', 'en'],
    ['en;q=0', 'vi'],
    ['english', 'vi'],
    [';;,,q=', 'vi'],
  ])('%p means %s', (header, language) => {
    expect(preferredLanguage(header)).toBe(language);
  });
});

describe('ETag and If-Match', () => {
  it('go there and back', () => {
    expect(readIfMatch(entityTag(12), [])).toBe(12);
    expect(versionOf({ version: 3 })).toBe(3);
    expect([versionOf({ version: '3' }), versionOf({ version: 1.5 }), versionOf(null)]).toEqual(
      Array(3).fill(undefined),
    );
  });
});

describe('Idempotency-Key', () => {
  const parts = { method: 'POST', url: '/api/v1/notes', userId: 'u', body: { a: 1, b: [{ c: 'x', d: null }] } };

  it('stands for method, address, caller and meaning of the body', () => {
    expect(fingerprint({ ...parts, body: { b: [{ d: null, c: 'x' }], a: 1 } })).toBe(fingerprint(parts));
    const others = [
      { method: 'PUT' },
      { url: '/api/v1/notes?x=1' },
      { userId: 'v' },
      { body: { a: 1 } },
      { body: { a: '1', b: [{ c: 'x', d: null }] } },
      { body: undefined },
      { body: '' },
    ].map((other) => fingerprint({ ...parts, ...other }));
    expect(new Set([fingerprint(parts), ...others]).size).toBe(others.length + 1);
  });

  it('has 16 to 128 visible ASCII characters', () => {
    expect(readIdempotencyKey('k'.repeat(16))).toBe('k'.repeat(16));
    for (const key of ['k'.repeat(15), 'k'.repeat(129), `${'k'.repeat(16)} `, 'é'.repeat(16)]) {
      expect(() => readIdempotencyKey(key)).toThrow('http.input-invalid');
    }
    expect(() => readIdempotencyKey(undefined)).toThrow('http.idempotency-key-missing');
  });
});

describe('Content-Disposition', () => {
  it.each([
    ['a.pdf', `attachment; filename="a.pdf"; filename*=UTF-8''a.pdf`],
    ['Đơn (1).pdf', `attachment; filename="Don (1).pdf"; filename*=UTF-8''%C4%90%C6%A1n%20%281%29.pdf`],
    [
      '../../etc/"x"\r\nSet-Cookie: a',
      `attachment; filename=".._.._etc__x___Set-Cookie: a"; filename*=UTF-8''.._.._etc__x___Set-Cookie%3A%20a`,
    ],
    ['', `attachment; filename="file"; filename*=UTF-8''file`],
  ])('for %j', (name, header) => {
    expect(contentDisposition(name)).toBe(header);
  });
});
