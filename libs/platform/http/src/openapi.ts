import { z } from 'zod';
import {
  acceptedPermissions,
  KeysUnavailable,
  PermissionMissing,
  TokenExpired,
  TokenInvalid,
  TokenMissing,
  TokenRevoked,
} from '@qlvb/platform-auth';
import type { Bilingual, ProblemFactory } from '@qlvb/shared-domain';
import {
  BodyMalformed,
  BodyTimeout,
  BodyTooDeep,
  BodyTooLarge,
  BodyUnexpected,
  HandlingTimeout,
  HeadersTooLarge,
  IdempotencyKeyMissing,
  InputInvalid,
  MediaTypeUnsupported,
  MethodNotAllowed,
  PathTooLong,
  RangeNotSatisfiable,
  RequestAborted,
  RequestMalformed,
  RequestTimeout,
  RouteUnknown,
  ServiceBusy,
  Unexpected,
  VersionRequired,
  VersionUnknown,
} from './http.errors.ts';
import { SchemaCollection } from './openapi-schemas.ts';
import { fullPath, successStatus } from './operation.ts';
import type { OperationSpec } from './operation.ts';
import { statusOf } from './problem.ts';

export interface OpenApiInfo {
  readonly title: string;
  readonly version: string;
  readonly description?: string;
}

type Json = Record<string, unknown>;

/** The OpenAPI 3.1 document of a service's operations; equal declarations give equal bytes. */
export function buildOpenApi(info: OpenApiInfo, operations: readonly OperationSpec[]): Json {
  const schemas = new SchemaCollection();
  schemas.components['Problem'] = problemSchema(schemas);
  const paths: Record<string, Json> = {};
  const sorted = [...operations].sort((a, b) => compare(fullPath(a), fullPath(b)) || compare(a.method, b.method));
  for (const spec of sorted) {
    const path = fullPath(spec).replace(/:(\w+)/g, '{$1}');
    const item = (paths[path] ??= {});
    const method = spec.method.toLowerCase();
    if (item[method]) throw new Error(`two operations are ${spec.method} ${path}`);
    item[method] = operationObject(spec, schemas);
  }
  return {
    openapi: '3.1.1',
    info,
    servers: [{ url: '/' }],
    tags: [...new Set(sorted.map(tagOf))].sort().map((name) => ({ name })),
    paths,
    components: {
      schemas: Object.fromEntries(Object.entries(schemas.components).sort(([a], [b]) => compare(a, b))),
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
    operationId: spec.id ?? operationId(spec),
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

const operationId = (spec: OperationSpec): string =>
  spec.method.toLowerCase() +
  spec.path
    .split(/[/.-]/)
    .filter(Boolean)
    .map((part) => (part.startsWith(':') ? `By${capital(part.slice(1))}` : capital(part)))
    .join('');

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
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
  const required = !spec.body.safeParse(undefined).success;
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
  return { [successStatus(spec)]: { description, headers, ...content } };
}

/** What another part of the platform answers for an operation with this declaration. */
const IDEMPOTENCY_CODES: readonly [number, string][] = [
  [409, 'idempotency.in-flight'],
  [422, 'idempotency.key-reused'],
];
const VERSION_CODES: readonly [number, string][] = [[412, 'resource.version-stale']];

function problemResponses(spec: OperationSpec): Json {
  const factories: ProblemFactory[] = [
    InputInvalid,
    RequestMalformed,
    RequestAborted,
    RequestTimeout,
    RouteUnknown,
    MethodNotAllowed,
    PathTooLong,
    HeadersTooLarge,
    HandlingTimeout,
    ServiceBusy,
    Unexpected,
    ...(spec.public
      ? []
      : [TokenMissing, TokenExpired, TokenInvalid, TokenRevoked, PermissionMissing, KeysUnavailable]),
    ...(spec.body ? [BodyMalformed, BodyTooDeep, BodyTooLarge, BodyTimeout, MediaTypeUnsupported] : []),
    ...(spec.upload ? [BodyTooLarge, BodyTimeout, MediaTypeUnsupported] : []),
    ...(!spec.body && !spec.upload ? [BodyUnexpected] : []),
    ...(spec.idempotent ? [IdempotencyKeyMissing] : []),
    ...(spec.etag === 'requires' ? [VersionRequired, VersionUnknown] : []),
    ...(spec.download ? [RangeNotSatisfiable] : []),
    ...(spec.problems ?? []),
  ];
  const codes: [number, string][] = [
    ...factories.map(({ declaration }): [number, string] => [statusOf(declaration), declaration.code]),
    ...(spec.idempotent ? IDEMPOTENCY_CODES : []),
    ...(spec.etag === 'requires' ? VERSION_CODES : []),
  ];
  const byStatus = Map.groupBy(codes, ([status]) => status);
  const titles = new Map(
    factories.map(({ declaration }): [string, Bilingual] => [declaration.code, declaration.title]),
  );
  return Object.fromEntries(
    [...byStatus].map(([status, list]) => {
      const names = [...new Set(list.map(([, code]) => code))].sort();
      const description = names
        .map((code) => `\`${code}\`: ${titles.get(code)?.vi ?? ''}`.replace(/: $/, ''))
        .join('; ');
      const schema = { $ref: '#/components/schemas/Problem', properties: { code: { enum: names } } };
      return [status, { description, content: { 'application/problem+json': { schema } } }];
    }),
  );
}

function problemSchema(schemas: SchemaCollection): Json {
  const problem = z.looseObject({
    type: z.string().describe('urn:qlvb:problem:<code>'),
    title: z.string(),
    status: z.int(),
    detail: z.string(),
    instance: z.string(),
    code: z.string().describe('Stable; decide by this'),
    traceId: z.string(),
    source: z.string().optional().describe('Rule of law that was broken'),
    errors: z
      .array(z.object({ pointer: z.string(), code: z.string(), detail: z.string() }))
      .optional()
      .describe('Faults of the input; pointer is a JSON pointer below /path, /query, /headers or /body'),
  });
  return schemas.add(problem, 'output');
}
