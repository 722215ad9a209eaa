import { z } from 'zod';
import { operation } from '../operation/operation.decorator.ts';
import { serialise } from '../operation/operation.interceptor.ts';
import { openSecrets, secretText, withoutSecrets } from './secret-text.ts';

const Key = z.object({ name: z.string(), secret: secretText('Chỉ hiển thị một lần') });

describe('F-44 SEC-A03: what is secret in an answer', () => {
  it.each<[string, z.ZodType, unknown, unknown]>([
    ['a member', Key, { name: 'a', secret: 's' }, { name: 'a', secret: null }],
    ['in a list', z.array(Key), [{ name: 'a', secret: 's' }], [{ name: 'a', secret: null }]],
    [
      'deeper down',
      z.object({ key: Key.nullable() }),
      { key: { name: 'a', secret: 's' } },
      { key: { name: 'a', secret: null } },
    ],
    [
      'in one of several forms',
      z.union([z.object({ plain: z.string() }), Key]),
      { name: 'a', secret: 's' },
      { name: 'a', secret: null },
    ],
    ['nowhere', z.object({ key: Key.optional(), n: z.int() }), { n: 1 }, { n: 1 }],
  ])('F-44 is not kept: %s', (_where, schema, answer, kept) => {
    expect(withoutSecrets(schema, answer)).toEqual(kept);
  });

  it('F-44 goes out once and is stored without', () => {
    const spec = operation({
      id: 'addKeys',
      method: 'POST',
      path: '/keys',
      summary: 'x',
      authenticated: true,
      idempotent: true,
      response: { status: 201, schema: Key },
    });
    const { body, kept } = serialise(spec, { name: 'a', secret: 's' });
    expect([body, kept]).toEqual(['{"name":"a","secret":"s"}', '{"name":"a","secret":null}']);
    expect(serialise({ ...spec, response: { status: 201, schema: z.object({ n: z.int() }) } }, { n: 1 })).toEqual({
      status: 201,
      body: '{"n":1}',
    });
  });

  it('F-44 is found by its name when it is not marked', () => {
    expect(openSecrets(Key)).toEqual([]);
    expect(openSecrets(z.object({ a: z.object({ refreshToken: z.string() }).nullable() }))).toEqual([
      '/a/refreshToken',
    ]);
  });
});
