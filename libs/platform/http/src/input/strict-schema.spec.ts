import { z } from 'zod';
import { strict } from './strict-schema.ts';

const Tree = z.object({
  name: z.string(),
  get children() {
    return z.array(Tree).optional();
  },
});

const unknownKeys = (schema: z.ZodType, value: unknown): string[] =>
  (strict(schema).safeParse(value).error?.issues ?? []).flatMap((issue) =>
    issue.code === 'unrecognized_keys' ? issue.keys.map((key) => [...issue.path, key].join('.')) : [issue.code],
  );

describe('SEC-Z03: members nobody declared are refused', () => {
  it.each<[string, z.ZodType, unknown, string[]]>([
    ['in an object', z.object({ a: z.string() }), { a: '', b: 1 }, ['b']],
    ['in a list', z.array(z.object({ a: z.string() })), [{ a: '' }, { a: '', b: 1 }], ['1.b']],
    ['behind optional and default', z.object({ o: z.object({}).optional().default({}) }), { o: { x: 1 } }, ['o.x']],
    ['in a record', z.record(z.string(), z.object({})), { k: { x: 1 } }, ['k.x']],
    ['in a tuple', z.tuple([z.object({})]), [{ x: 1 }], ['0.x']],
    ['in a pipe', z.object({ p: z.object({}).transform(() => 1) }), { p: { x: 1 } }, ['p.x']],
    ['in a lazy schema', z.lazy(() => z.object({})), { x: 1 }, ['x']],
    ['in a recursive one', Tree, { name: 'a', children: [{ name: 'b', x: 1 }] }, ['children.0.x']],
    [
      'in one of several kinds',
      z.discriminatedUnion('kind', [z.object({ kind: z.literal('a') }), z.object({ kind: z.literal('b') })]),
      { kind: 'b', x: 1 },
      ['x'],
    ],
    ['but not where any are declared', z.looseObject({ a: z.string() }), { a: '', b: 1 }, []],
  ])('%s', (_title, schema, value, expected) => {
    expect(unknownKeys(schema, value)).toEqual(expected);
  });

  it('keeps refinements, defaults and messages', () => {
    const schema = z
      .object({ from: z.int(), to: z.int().default(9) })
      .refine(({ from, to }) => from <= to, { path: ['to'], params: { code: 'ends-before-start' } });
    expect(strict(schema).parse({ from: 1 })).toEqual({ from: 1, to: 9 });
    expect(strict(schema).safeParse({ from: 10 }).error?.issues).toMatchObject([
      { code: 'custom', path: ['to'], params: { code: 'ends-before-start' } },
    ]);
    expect(strict(schema)).toBe(strict(schema));
  });
});
