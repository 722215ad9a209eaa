import { Controller, Module } from '@nestjs/common';
import { z } from 'zod';
import { Operation, operationsOf } from './operation.decorator.ts';
import { checkSpec, successStatus } from './operation.ts';
import type { OperationSpec } from './operation.ts';

const base = {
  id: 'getNotes',
  method: 'GET',
  path: '/notes/:id',
  summary: 'x',
  public: true,
  params: z.object({ id: z.string() }),
} as const;

describe('a declaration of an operation', () => {
  it.each<[string, Partial<OperationSpec>, string]>([
    ['a path that is not kebab-case', { path: '/Notes/:id' }, 'kebab-case'],
    ['a path with a wildcard', { path: '/notes/*' }, 'kebab-case'],
    [
      'path parameters it does not name',
      { params: z.object({ other: z.string() }) },
      'path parameters id but declared other',
    ],
    ['a name without a noun', { id: 'read' }, 'not made of verb and noun'],
    ['F-53 a name made of method and path', { id: 'get_notes' }, 'not made of verb and noun'],
    ['a cached answer without a tag', { cached: true }, 'only a GET with an ETag'],
    ['a body for GET', { body: z.object({ x: z.string() }) }, 'takes no body'],
    ['a body that says nothing', { method: 'POST', body: z.object({}).meta({ id: 'Nothing' }) }, 'leave it away'],
    [
      'body and upload',
      { method: 'POST', body: z.object({ x: z.string() }), upload: { maxBytes: 1, mediaTypes: ['*'] } },
      'exclude',
    ],
    ['two kinds of answer', { download: { mediaTypes: [] }, events: z.string() }, 'more than one answer'],
    ['204 with a body', { response: { status: 204, schema: z.string() } }, '204 has no body'],
    ['an idempotent GET', { idempotent: true }, 'GET needs no Idempotency-Key'],
    [
      'F-44 a secret in an answer that is stored',
      {
        method: 'POST',
        idempotent: true,
        public: undefined,
        authenticated: true,
        response: { status: 201, schema: z.object({ items: z.array(z.object({ newPassword: z.string() })) }) },
      } as never,
      'use secretText for /items/newPassword',
    ],
    ['idempotency without a caller', { method: 'POST', idempotent: true }, 'a public operation has none'],
  ])('refuses %s', (_title, change, message) => {
    expect(() => checkSpec({ ...base, ...change } as OperationSpec)).toThrow(message);
  });

  it('answers 200 with, 204 without a body unless it says otherwise', () => {
    expect(successStatus(base)).toBe(204);
    expect(successStatus({ ...base, download: { mediaTypes: [] } })).toBe(200);
    expect(successStatus({ ...base, response: { status: 202 } })).toBe(202);
  });
});

describe('operations of a module', () => {
  @Controller()
  class Inner {
    @Operation(base)
    read(): void {
      return undefined;
    }

    helper(): void {
      return undefined;
    }
  }
  @Controller()
  class Outer {
    @Operation({ ...base, method: 'DELETE' })
    remove(): void {
      return undefined;
    }
  }
  @Module({ controllers: [Inner] })
  class InnerModule {}
  @Module({ controllers: [Outer], imports: [InnerModule] })
  class OuterModule {}
  @Module({})
  class DynamicHost {}

  it('are found through imports, dynamic and forward ones too, each once', async () => {
    const dynamic = { module: DynamicHost, imports: [Promise.resolve(OuterModule), { forwardRef: () => InnerModule }] };
    expect((await operationsOf(dynamic)).map((spec) => spec.method)).toEqual(['DELETE', 'GET']);
  });
});
