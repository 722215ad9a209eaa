import type { z } from 'zod';
import { acceptedPermissions } from '@qlvb/platform-auth';
import { problemExamples, problemResponses, problemSchema } from './openapi-problems.ts';
import { SchemaCollection } from './openapi-schemas.ts';
import { fullPath, mayBeAbsent, successStatus } from '../operation/operation.ts';
import type { OperationSpec } from '../operation/operation.ts';

export interface OpenApiInfo {
  readonly title: string;
  readonly version: string;
  readonly description?: string;
}

type Json = Record<string, unknown>;

/** What holds for every operation and no schema says. */
const CONVENTIONS = [
  'Text is UTF-8 and is brought to NFC on its way in. Control characters are refused; line breaks and tabs are allowed in bodies.',
  'Members and parameters that are not declared are refused. Failures are RFC 9457 problems: decide by `code`.',
  'Texts of problems are Vietnamese, or English with `Accept-Language: en`. Instants carry the offset +07:00.',
].join(' ');

/** The OpenAPI 3.1 document of a service's operations; equal declarations give equal bytes. */
export function buildOpenApi(info: OpenApiInfo, operations: readonly OperationSpec[]): Json {
  const schemas = new SchemaCollection();
  schemas.add(problemSchema, 'output');
  const paths: Record<string, Json> = {};
  const sorted = [...operations].sort((a, b) => compare(fullPath(a), fullPath(b)) || compare(a.method, b.method));
  for (const spec of sorted) {
    const path = fullPath(spec).replace(/:(\w+)/g, '{$1}');
    const item = (paths[path] ??= {});
    const method = spec.method.toLowerCase();
    if (item[method]) throw new Error(`two operations are ${spec.method} ${path}`);
    item[method] = operationObject(spec, schemas);
  }
  const { document, components } = schemas.finish(paths);
  return {
    openapi: '3.1.1',
    info: { ...info, description: [info.description, CONVENTIONS].filter(Boolean).join('\n\n') },
    servers: [{ url: '/' }],
    tags: [...new Set(sorted.map(tagOf))].sort().map((name) => ({ name })),
    paths: document,
    components: {
      schemas: components,
      examples: problemExamples(sorted),
      securitySchemes: { accessToken: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' } },
    },
  };
}

function operationObject(spec: OperationSpec, schemas: SchemaCollection): Json {
  const summary = typeof spec.summary === 'string' ? spec.summary : spec.summary.vi;
  const description = [typeof spec.summary === 'string' ? undefined : spec.summary.en, spec.description].filter(
    Boolean,
  );
  const permissions = acceptedPermissions(spec);
  return {
    operationId: spec.id,
    tags: [tagOf(spec)],
    summary,
    ...(description.length === 0 ? {} : { description: description.join('\n\n') }),
    'x-permission': spec.public ? 'public' : permissions.length === 0 ? 'authenticated' : permissions,
    security: spec.public ? [] : [{ accessToken: [] }],
    parameters: parameters(spec, schemas),
    ...requestBody(spec, schemas),
    responses: { ...success(spec, schemas), ...problemResponses(spec) },
  };
}

const tagOf = (spec: OperationSpec): string => spec.tag ?? spec.path.split('/')[1] ?? '';

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

function parameters(spec: OperationSpec, schemas: SchemaCollection): Json[] {
  const fields = (place: 'path' | 'query', object: z.ZodObject | undefined): Json[] =>
    Object.entries((object?.shape ?? {}) as Record<string, z.ZodType>).map(([name, schema]) => ({
      name,
      in: place,
      required: place === 'path' || !schema.safeParse(undefined).success,
      ...(schema.description ? { description: schema.description } : {}),
      schema: schemas.add(schema, 'input'),
    }));
  const header = (name: string, required: boolean, schema: Json, description: string): Json => ({
    name,
    in: 'header',
    required,
    description,
    schema,
  });
  return [
    ...fields('path', spec.params),
    ...fields('query', spec.query),
    ...(spec.idempotent
      ? [
          header(
            'Idempotency-Key',
            true,
            {
              type: 'string',
              minLength: 16,
              maxLength: 128,
              pattern: '^[\\x21-\\x7e]+$',
              examples: ['0191e9a0-0000-7000-8000-000000000001'],
            },
            'Same key and same request: the same answer, carried out once.',
          ),
        ]
      : []),
    ...(spec.etag === 'requires'
      ? [header('If-Match', true, { type: 'string', pattern: '^"\\d{1,15}"$', examples: ['"3"'] }, 'ETag last read.')]
      : []),
    ...(spec.download
      ? [header('Range', false, { type: 'string', examples: ['bytes=0-1023'] }, 'One byte range.')]
      : []),
    ...(spec.events ? [header('Last-Event-ID', false, { type: 'string', maxLength: 200 }, 'Last event seen.')] : []),
  ];
}

function requestBody(spec: OperationSpec, schemas: SchemaCollection): Json {
  if (spec.upload) {
    const types = spec.upload.mediaTypes.map((type) => (type === '*' ? '*/*' : type));
    const schema = { type: 'string', format: 'binary', maxLength: spec.upload.maxBytes };
    return { requestBody: { required: true, content: Object.fromEntries(types.map((type) => [type, { schema }])) } };
  }
  if (!spec.body) return {};
  const required = !mayBeAbsent(spec.body);
  return { requestBody: { required, content: { 'application/json': { schema: schemas.add(spec.body, 'input') } } } };
}

function success(spec: OperationSpec, schemas: SchemaCollection): Json {
  const header = (schema: Json, description: string): Json => ({ description, schema });
  const headers = {
    'X-Request-Id': header({ type: 'string' }, 'Name of this request in logs and problems.'),
    ...(spec.etag || spec.download ? { ETag: header({ type: 'string' }, 'Version of the resource.') } : {}),
    ...(spec.idempotent
      ? {
          'Idempotency-Replayed': header({ type: 'string', const: 'true' }, 'The answer of an earlier, equal request.'),
        }
      : {}),
  };
  const description = spec.response?.description ?? 'OK';
  if (spec.download) {
    const file = Object.fromEntries(
      spec.download.mediaTypes.map((type) => [type, { schema: { type: 'string', format: 'binary' } }]),
    );
    return {
      200: { description, headers, content: file },
      206: { description: 'The range asked for', headers, content: file },
      304: { description: 'Not changed', headers },
    };
  }
  if (spec.events) {
    const content = {
      'text/event-stream': { schema: { type: 'string' }, 'x-event-data': schemas.add(spec.events, 'output') },
    };
    return { 200: { description, headers, content } };
  }
  const schema = spec.response?.schema;
  const content = schema ? { content: { 'application/json': { schema: schemas.add(schema, 'output') } } } : {};
  return {
    [successStatus(spec)]: { description, headers, ...content },
    ...(spec.cached ? { 304: { description: 'Not changed', headers } } : {}),
  };
}
