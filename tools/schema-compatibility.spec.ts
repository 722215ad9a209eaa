import { breaks } from './schema-compatibility.ts';

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
});
