import { z } from 'zod';
import { defineProblem } from '@qlvb/shared-domain';
import { mergeOpenApi } from './openapi-merge.ts';
import { buildOpenApi } from './openapi.ts';
import type { OperationSpec } from '../operation/operation.ts';
import { pageOf, pageQuery } from '../lists/keyset-page.ts';

const Closed = defineProblem({
  code: 'platform-http.test-closed',
  kind: 'conflict',
  title: { vi: 'Đã đóng', en: 'Closed' },
  detail: { vi: 'Đã đóng.', en: 'Closed.' },
});
const Part = z.object({ weight: z.int().default(1) }).meta({ id: 'Part' });
const Thing = z.object({ name: z.string().max(10), part: Part }).meta({ id: 'Thing' });
const Plain = z.object({ on: z.iso.date() }).meta({ id: 'Plain' });

const operations: OperationSpec[] = [
  {
    id: 'addThings',
    method: 'POST',
    path: '/things',
    summary: { vi: 'Tạo', en: 'Create' },
    permission: 'things.create',
    idempotent: true,
    body: Thing,
    response: { status: 201, schema: Thing },
    problems: [Closed],
  },
  {
    id: 'getThings',
    method: 'GET',
    path: '/things',
    summary: 'Danh sách',
    authenticated: true,
    query: z.object({ ...pageQuery, on: z.iso.date() }),
    response: { status: 200, schema: pageOf(Plain) },
  },
  {
    id: 'putThingsPlain',
    method: 'PUT',
    path: '/things/:thingId/plain',
    summary: 'Sửa',
    public: true,
    params: z.object({ thingId: z.uuid() }),
    body: Plain,
    etag: 'requires',
  },
];

interface Document {
  paths: Record<string, Record<string, Record<string, never>>>;
  components: { schemas: Record<string, unknown>; examples: Record<string, unknown> };
}
const build = (list: readonly OperationSpec[]): Document => buildOpenApi({ title: 't', version: '1' }, list) as never;

describe('the OpenAPI document', () => {
  const document = build(operations);
  const create = document.paths['/api/v1/things']?.['post'];

  it('does not depend on the order of declarations', () => {
    expect(JSON.stringify(build([...operations].reverse()))).toBe(JSON.stringify(document));
  });

  it('names shared schemas, and apart what goes in and what comes out where they differ', () => {
    expect(Object.keys(document.components.schemas)).toEqual([
      'ListTotal',
      'Part',
      'PartInput',
      'Plain',
      'Problem',
      'Thing',
      'ThingInput',
    ]);
    expect(document.components.schemas['ThingInput']).toMatchObject({
      additionalProperties: false,
      properties: { part: { $ref: '#/components/schemas/PartInput' } },
    });
    for (const [, name = ''] of JSON.stringify(document).matchAll(/"\$ref":"#\/components\/schemas\/([^"]*)"/g)) {
      expect(document.components.schemas).toHaveProperty([name]);
    }
    expect(JSON.stringify(document)).not.toMatch(/\$defs|schemas\/(input|output):/);
  });

  it('says who may call and with which headers', () => {
    expect(create).toMatchObject({
      'x-permission': ['things.create'],
      security: [{ accessToken: [] }],
      operationId: 'addThings',
    });
    const names = (path: string, method: string): string[] =>
      (document.paths[path]?.[method]?.['parameters'] as unknown as { name: string; required: boolean }[]).map(
        ({ name, required }) => `${name}${required ? '!' : ''}`,
      );
    expect(names('/api/v1/things', 'post')).toEqual(['Idempotency-Key!']);
    expect(names('/api/v1/things', 'get')).toEqual(['limit', 'cursor', 'on!']);
    expect(names('/api/v1/things/{thingId}/plain', 'put')).toEqual(['thingId!', 'If-Match!']);
  });

  it('lists the problems of an operation by status, with examples', () => {
    const responses = create?.['responses'] as unknown as Record<
      string,
      { content: Record<string, { schema: unknown }> }
    >;
    const codes = (status: number): unknown =>
      (responses[status]?.content['application/problem+json']?.schema as { properties: { code: { enum: string[] } } })
        .properties.code.enum;
    expect(codes(409)).toEqual(['idempotency.in-flight', 'platform-http.test-closed']);
    expect(codes(422)).toEqual(['idempotency.key-reused']);
    expect(codes(401)).toContain('auth.token-expired');
    expect(document.components.examples['platform-http.test-closed']).toMatchObject({
      value: { status: 409, title: 'Đã đóng' },
    });
    expect(Object.keys(document.paths['/api/v1/things/{thingId}/plain']?.['put']?.['responses'] ?? {})).not.toContain(
      '401',
    );
  });

  it('refuses two operations on one route, and two schemas of one name', () => {
    const [first] = operations as [OperationSpec];
    expect(() => build([first, { ...first, summary: 'y' }])).toThrow('two operations are POST');
    const other = { ...first, path: '/others', body: z.object({ x: z.string() }).meta({ id: 'Thing' }) };
    expect(() => build([first, other])).toThrow('two different schemas are called Thing');
  });
});

describe('one document of several services', () => {
  const [create, list] = operations as [OperationSpec, OperationSpec];
  const single = (spec: OperationSpec): never => build([spec]) as never;

  it('holds the operations of all, and what they share once', () => {
    const merged = mergeOpenApi({ title: 'all', version: '1' }, [
      single(create),
      single({ ...list, path: '/others' }),
    ]) as unknown as Document;
    expect(Object.keys(merged.paths)).toEqual(['/api/v1/others', '/api/v1/things']);
    expect(Object.keys(merged.components.schemas)).toEqual([
      'ListTotal',
      'Part',
      'PartInput',
      'Plain',
      'Problem',
      'Thing',
      'ThingInput',
    ]);
  });

  it('refuses one path of two services, and one name for two things', () => {
    expect(() => mergeOpenApi({ title: 'all', version: '1' }, [single(create), single(list)])).toThrow(
      '/api/v1/things',
    );
    const other = { ...create, path: '/others', body: Part, response: { status: 201, schema: Plain } } as OperationSpec;
    const renamed = JSON.parse(JSON.stringify(single(other)).replaceAll('Plain', 'Thing')) as never;
    expect(() => mergeOpenApi({ title: 'all', version: '1' }, [single(create), renamed])).toThrow(
      /define (Part|Thing) differently/,
    );
  });
});
