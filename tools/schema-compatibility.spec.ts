import { mustKeep } from './published-documents.ts';
import { breaks } from './schema-compatibility.ts';
import type { Schema, Side } from './schema-compatibility.ts';

const before = {
  type: 'object',
  properties: {
    id: { type: 'string' },
    list: { type: 'array', items: { type: 'object', properties: { n: { type: 'integer' } }, required: ['n'] } },
    kind: { enum: ['a', 'b'] },
  },
  required: ['id', 'list'],
};

describe('published schemas only gain optional fields', () => {
  it('accepts a new optional field, also inside a list', () => {
    const after = structuredClone(before) as typeof before & { properties: Record<string, unknown> };
    after.properties['extra'] = { type: 'string' };
    expect(breaks(before, after as never)).toEqual([]);
  });

  it.each([
    [
      'a new required field',
      (s: typeof before) => ({
        ...s,
        properties: { ...s.properties, x: { type: 'string' } },
        required: [...s.required, 'x'],
      }),
      '/x: became required',
    ],
    [
      'a removed field',
      (s: typeof before) => ({ ...s, properties: { id: s.properties.id, list: s.properties.list } }),
      '/kind: removed',
    ],
    [
      'another type',
      (s: typeof before) => ({ ...s, properties: { ...s.properties, id: { type: 'integer' } } }),
      '/id: type changed',
    ],
    ['a field no longer required', (s: typeof before) => ({ ...s, required: ['id'] }), '/list: became optional'],
    [
      'a removed value',
      (s: typeof before) => ({ ...s, properties: { ...s.properties, kind: { enum: ['a'] } } }),
      '/kind: values removed: b',
    ],
    [
      'a change inside a list',
      (s: typeof before) => ({
        ...s,
        properties: {
          ...s.properties,
          list: { type: 'array', items: { type: 'object', properties: {}, required: [] } },
        },
      }),
      '/list/*/n: removed',
    ],
  ])('refuses %s', (_, change, message) => {
    expect(breaks(before, change(structuredClone(before)))).toContain(message);
  });

  const nullable = (schema: object) => ({ anyOf: [schema, { type: 'null' }] });
  it.each([
    ['another type under null', nullable({ type: 'string', format: 'date' }), nullable({ type: 'integer' })],
    ['null no longer allowed', nullable({ type: 'string' }), { type: 'string' }],
    ['a longer least length', { type: 'string', minLength: 1 }, { type: 'string', minLength: 300 }],
    ['a higher least value', { type: 'integer', minimum: 0 }, { type: 'integer', minimum: 100 }],
    [
      'other values of a map',
      { additionalProperties: { type: 'string' } },
      { additionalProperties: { type: 'number' } },
    ],
    ['a map that is closed', { additionalProperties: { type: 'string' } }, { additionalProperties: false }],
    ['a list of anything', { type: 'array', items: { type: 'string' } }, { type: 'array' }],
    ['a keyword nobody knows here', { type: 'string' }, { type: 'string', contentEncoding: 'base64' }],
  ])('refuses %s', (_, old, now) => {
    expect(breaks({ properties: { x: old } }, { properties: { x: now } })).not.toEqual([]);
  });

  it('looks behind references, also those that lead back to themselves', () => {
    const tree = (leaf: string): Schema => ({ properties: { leaf: { type: leaf }, next: { $ref: 'tree' } } });
    const resolve = (leaf: string) => (): Schema => tree(leaf);
    const compare = (now: string): string[] =>
      breaks({ $ref: 'tree' }, { $ref: 'tree' }, { side: 'event', resolve: [resolve('string'), resolve(now)] });
    expect(compare('string')).toEqual([]);
    expect(compare('number')).toEqual(['/leaf: type changed']);
  });

  it('lets a request ask for less and an answer tell more', () => {
    const [small, large] = [
      { properties: { a: { type: 'string' } }, required: ['a'] },
      { properties: { a: { type: 'string' }, b: { type: 'string' } }, required: ['a', 'b'] },
    ];
    const none = (): never => {
      throw new Error('no references here');
    };
    const as = (side: Side) => ({ side, resolve: [none, none] as const });
    expect(breaks(small, large, as('response'))).toEqual([]);
    expect(breaks(small, large, as('request'))).toEqual(['/b: became required']);
    expect(breaks({ ...small, required: ['a'] }, { ...small, required: [] }, as('request'))).toEqual([]);
    expect(breaks({ ...small, required: ['a'] }, { ...small, required: [] }, as('response'))).toEqual([
      '/a: became optional',
    ]);
  });
});

describe('which versions of the API are held against each other', () => {
  it.each([
    ['0.2.0', '0.2.1', true],
    ['0.1.0', '0.2.0', false],
    ['1.0.0', '1.4.0', true],
    ['1.9.0', '2.0.0', false],
    ['0.2.0-dev', '0.2.0-dev', false],
    ['0.2.0-dev', '0.2.0', false],
  ])('%s before %s: %s', (before, after, held) => {
    expect(mustKeep(before, after)).toBe(held);
  });
});
