import { z } from 'zod';
import {
  KeysUnavailable,
  PermissionMissing,
  TokenExpired,
  TokenInvalid,
  TokenMissing,
  TokenRevoked,
} from '@qlvb/platform-auth';
import type { ProblemDeclaration, ProblemFactory } from '@qlvb/shared-domain';
import {
  BodyMalformed,
  BodyTimeout,
  BodyTooDeep,
  BodyTooLarge,
  BodyUnexpected,
  CursorInvalid,
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
  RouteNotFound,
  ServiceBusy,
  Unexpected,
  VersionRequired,
} from '../problems/http.problems.ts';
import type { OperationSpec } from '../operation/operation.ts';
import { renderProblem, statusOf } from '../problems/problem.ts';

type Json = Record<string, unknown>;

/** Answers of every operation, whatever it declares. */
const ALWAYS: readonly ProblemFactory[] = [
  InputInvalid,
  RequestMalformed,
  RequestAborted,
  RequestTimeout,
  RouteNotFound,
  MethodNotAllowed,
  PathTooLong,
  HeadersTooLarge,
  HandlingTimeout,
  ServiceBusy,
  Unexpected,
];
const SIGNED_IN = [TokenMissing, TokenExpired, TokenInvalid, TokenRevoked, PermissionMissing, KeysUnavailable];
const WITH_JSON = [BodyMalformed, BodyTooDeep, BodyTooLarge, BodyTimeout, MediaTypeUnsupported];
const WITHOUT_BODY = [BodyUnexpected, BodyTimeout];
const WITH_UPLOAD = [BodyTooLarge, BodyTimeout, MediaTypeUnsupported];

/** Codes that another part of the platform answers for an operation with this declaration. */
const IDEMPOTENCY_CODES: readonly [number, string][] = [
  [409, 'idempotency.in-flight'],
  [422, 'idempotency.key-reused'],
];
const VERSION_CODES: readonly [number, string][] = [[412, 'resource.version-stale']];

function problemsOf(spec: OperationSpec): ProblemFactory[] {
  return [
    ...ALWAYS,
    ...(spec.public ? [] : SIGNED_IN),
    ...(spec.body ? WITH_JSON : spec.upload ? WITH_UPLOAD : WITHOUT_BODY),
    ...(spec.idempotent ? [IdempotencyKeyMissing] : []),
    ...(spec.etag === 'requires' ? [VersionRequired] : []),
    ...(spec.download ? [RangeNotSatisfiable] : []),
    ...(spec.query && 'cursor' in spec.query.shape ? [CursorInvalid] : []),
    ...(spec.problems ?? []),
  ];
}

/** The failures of an operation, per status, each with the list of its codes and examples of them. */
export function problemResponses(spec: OperationSpec): Json {
  const known = new Map(problemsOf(spec).map(({ declaration }) => [declaration.code, declaration]));
  const codes: [number, string][] = [
    ...[...known.values()].map((declaration): [number, string] => [statusOf(declaration), declaration.code]),
    ...(spec.idempotent ? IDEMPOTENCY_CODES : []),
    ...(spec.etag === 'requires' ? VERSION_CODES : []),
  ];
  return answersOf([...known.values()], codes);
}

/** Per status: the codes, and an example of each that is declared here. */
function answersOf(
  declarations: readonly ProblemDeclaration[],
  codes: readonly [number, string][] = declarations.map((declaration) => [statusOf(declaration), declaration.code]),
): Answers {
  const known = new Map(declarations.map((declaration) => [declaration.code, declaration]));
  const responses = [...Map.groupBy(codes, ([status]) => status)].map(([status, list]): [number, Answers[string]] => {
    const names = [...new Set(list.map(([, code]) => code))].sort();
    const titles = names.map((code) => [`\`${code}\``, known.get(code)?.title.vi].filter(Boolean).join(' '));
    const schema = { $ref: '#/components/schemas/Problem', properties: { code: { enum: names } } };
    const examples = Object.fromEntries(
      names.filter((code) => known.has(code)).map((code) => [code, { $ref: `#/components/examples/${code}` }]),
    );
    return [status, { description: titles.join('; '), content: { 'application/problem+json': { schema, examples } } }];
  });
  return Object.fromEntries(responses);
}

type Answers = Record<string, { description: string; content: { 'application/problem+json': ProblemContent } }>;
interface ProblemContent {
  schema: { $ref: string; properties: { code: { enum: string[] } } };
  examples: Json;
}

/** Adds problems that something in front of the services answers, to every operation of a merged description. */
export function addProblems(document: Json, factories: readonly ProblemFactory[]): Json {
  const { paths, components } = document as { paths: Record<string, Json>; components: { examples: Json } };
  const more = Object.entries(answersOf(factories.map(({ declaration }) => declaration)));
  for (const operation of Object.values(paths).flatMap((path) => Object.values(path) as { responses: Answers }[])) {
    const responses: Answers = structuredClone(operation.responses);
    for (const [status, added] of more) {
      const known = responses[status];
      responses[status] = known?.content['application/problem+json'] ? joined(known, added) : added;
    }
    operation.responses = responses;
  }
  const examples = { ...components.examples, ...examplesOf(factories) };
  return {
    ...document,
    components: {
      ...components,
      examples: Object.fromEntries(Object.entries(examples).sort(([a], [b]) => (a < b ? -1 : 1))),
    },
  };
}

function joined(known: Answers[string], added: Answers[string]): Answers[string] {
  const [a, b] = [known.content['application/problem+json'], added.content['application/problem+json']];
  const names = [...new Set([...a.schema.properties.code.enum, ...b.schema.properties.code.enum])].sort();
  const schema = { ...a.schema, properties: { code: { enum: names } } };
  return {
    description: `${known.description}; ${added.description}`,
    content: { 'application/problem+json': { schema, examples: { ...a.examples, ...b.examples } } },
  };
}

/** One example per problem, shared by the operations that answer it. */
export function problemExamples(operations: readonly OperationSpec[]): Json {
  return examplesOf(operations.flatMap(problemsOf));
}

function examplesOf(factories: readonly ProblemFactory[]): Json {
  const about = {
    language: 'vi',
    requestId: '0191e9a0-0000-7000-8000-000000000001',
    traceId: '4bf92f3577b34da6a3ce929d0e0e4736',
  } as const;
  return Object.fromEntries(
    [...new Map(factories.map((factory) => [factory.declaration.code, factory]))]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([code, factory]) => [
        code,
        { summary: factory.declaration.title.en, value: renderProblem(factory(), about) },
      ]),
  );
}

/** RFC 9457 with the members of ours. */
export const problemSchema = z
  .looseObject({
    type: z.string().describe('urn:qlvb:problem:<code>'),
    title: z.string(),
    status: z.int(),
    detail: z.string(),
    instance: z.string(),
    code: z.string().describe('Stable; decide by this'),
    traceId: z.string(),
    source: z.string().optional().describe('Rule of law that was broken'),
    errors: z
      .array(
        z.object({
          pointer: z.string().regex(/^\/(path|query|headers|body)(\/([^~/]|~[01])*)*$/),
          code: z.string(),
          detail: z.string(),
        }),
      )
      .optional()
      .describe('Faults of the input; pointer is a JSON pointer below /path, /query, /headers or /body'),
  })
  .meta({ id: 'Problem' });
