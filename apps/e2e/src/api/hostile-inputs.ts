import type { ApiOperation, Parameter } from './description.ts';
import { resolve } from './foreign-request.ts';
import { sample } from './json-sample.ts';
import type { JsonSchema } from './json-sample.ts';
import type { ApiRequest } from './people.ts';

export interface Hostile {
  readonly what: string;
  readonly request: Partial<ApiRequest>;
  /** Expected statuses; any documented refusal when left out. */
  readonly status?: readonly number[];
}

export const ID = '0191e9a0-0000-7000-8000-00000000ffff';
export const nothing = (): undefined => undefined;
const json = (value: unknown): Partial<ApiRequest> => ({ body: JSON.stringify(value) });

/** Every way this operation's input can be wrong, by its own description. */
export function hostileInputs(operation: ApiOperation): Hostile[] {
  return [
    ...hostilePaths(operation),
    ...hostileQueries(operation),
    ...hostileHeaders(operation),
    ...(operation.body ? hostileBodies(operation.body) : operation.takesFile ? [] : UNEXPECTED_BODIES),
    ...(operation.takesFile ? hostileFiles(operation) : []),
  ];
}

export function pathWith(operation: ApiOperation, value: string): string {
  return operation.path.replace(/\{\w+\}/g, value);
}

function hostilePaths(operation: ApiOperation): Hostile[] {
  if (!operation.path.includes('{')) return [];
  return ['x', '%00', "'%20OR%201=1--", '..%2f..%2fetc%2fpasswd', '%F0%9F%92%A3', '-1', 'a'.repeat(300)].map(
    (value) => ({
      what: `path ${value.slice(0, 30)}`,
      request: { path: pathWith(operation, value) },
      status: [400, 404, 414],
    }),
  );
}

function hostileQueries(operation: ApiOperation): Hostile[] {
  const base = pathWith(operation, operation.path.includes('{year}') ? '2026' : ID);
  const ask = (what: string, search: string): Hostile => ({
    what,
    request: { path: `${base}?${search}` },
    status: [400],
  });
  const declared = operation.parameters.filter((parameter) => parameter.in === 'query');
  return [
    ask('query nobody declared', 'khong-co=1'),
    ...declared.flatMap((parameter) => [
      ask(`query ${parameter.name} twice`, `${parameter.name}=1&${parameter.name}=2`),
      ask(`query ${parameter.name} with a null byte`, `${parameter.name}=%00`),
      ...wrongQuery(parameter).map((value) =>
        ask(`query ${parameter.name}=${value.slice(0, 20)}`, `${parameter.name}=${value}`),
      ),
    ]),
  ];
}

function wrongQuery({ schema }: Parameter): string[] {
  const { type, format, enum: values, maxLength } = resolve(schema);
  if (type === 'integer' || type === 'number') return ['abc', '1e99', '-1', '1.5'];
  if (format !== undefined || values !== undefined) return ['abc'];
  return maxLength === undefined ? [] : ['a'.repeat(maxLength + 1)];
}

function hostileHeaders(operation: ApiOperation): Hostile[] {
  const needs = (name: string): boolean => operation.parameters.some((one) => one.in === 'header' && one.name === name);
  return [
    ...(needs('Idempotency-Key')
      ? ['', 'short', 'k'.repeat(129), 'có dấu tiếng Việt'].map((key) => ({
          what: `Idempotency-Key ${key.slice(0, 10)}`,
          request: { headers: { 'idempotency-key': encodeURI(key).slice(0, 200) === key ? key : 'x' } },
          status: [400],
        }))
      : []),
    ...(needs('If-Match')
      ? ['', '*', 'abc', 'W/"1"'].map((tag) => ({
          what: `If-Match ${tag}`,
          request: { headers: { 'if-match': tag } },
          status: [400, 428],
        }))
      : []),
  ];
}

function hostileBodies(schema: JsonSchema): Hostile[] {
  const good = sample(schema, resolve, nothing) as Record<string, unknown>;
  const { required = [] } = resolve(schema);
  const raw = (what: string, body: string, status = [400]): Hostile => ({ what, request: { body }, status });
  return [
    raw('broken JSON', '{"a":'),
    raw('no JSON', XXE),
    raw('a list', '[]'),
    raw('null', 'null'),
    raw('a deep nest', `${'{"a":'.repeat(2000)}1${'}'.repeat(2000)}`),
    raw('its prototype', JSON.stringify(good).replace('{', '{"__proto__":{"admin":true},')),
    raw('not UTF-8', String.fromCharCode(0xd800)),
    raw('too much', JSON.stringify({ ...good, x: 'a'.repeat(3_000_000) }), [413]),
    { what: 'XML', request: { body: '<x/>', headers: { 'content-type': 'application/xml' } }, status: [415] },
    { what: 'a member nobody declared', request: json({ ...good, khongCo: 1 }), status: [400] },
    ...required.map((name) => ({
      what: `without ${name}`,
      request: json(Object.fromEntries(Object.entries(good).filter(([key]) => key !== name))),
      status: [400],
    })),
    ...wrongMembers(schema).map(([where, what, value]) => ({
      what: `${where.join('.')}: ${what}`,
      request: json(withMember(good, where, value)),
      status: what === 'too long' ? [400, 413] : [400],
    })),
  ];
}

/** For an operation that takes none but `{}`. */
const UNEXPECTED_BODIES: readonly Hostile[] = ['{"khongCo":1}', '[]', 'null', '{'].map((body) => ({
  what: `the body ${body} that nobody declared`,
  request: { body, headers: { 'content-type': 'application/json' } },
  status: [400],
}));

/** Every wrong value of every member, at any depth; a list is reached through its only entry. */
function wrongMembers(schema: JsonSchema, where: readonly string[] = []): [readonly string[], string, unknown][] {
  const { properties = {}, items } = resolve(schema);
  const inside = items ? wrongMembers(items, [...where, '0']) : [];
  return [
    ...inside,
    ...Object.entries(properties).flatMap(([name, property]): [readonly string[], string, unknown][] => {
      const place = [...where, name];
      const here = wrongValues(resolve(property)).map(([what, value]) => [place, what, value] as const);
      return [
        ...here.map(([at, what, value]): [readonly string[], string, unknown] => [at, what, value]),
        ...wrongMembers(property, place),
      ];
    }),
  ];
}

/** A copy with another value somewhere inside, where lists and objects on the way are made as needed. */
function withMember(whole: unknown, [name, ...rest]: readonly string[], value: unknown): unknown {
  if (name === undefined) return value;
  if (name === '0') return [withMember(Array.isArray(whole) ? whole[0] : undefined, rest, value)];
  const members = (typeof whole === 'object' && whole !== null ? whole : {}) as Record<string, unknown>;
  return { ...members, [name]: withMember(members[name], rest, value) };
}

function wrongValues({ type, maxLength, maximum, minimum, maxItems }: JsonSchema): [string, unknown][] {
  const kind = Array.isArray(type) ? (type as string[])[0] : (type as string | undefined);
  const otherType: [string, unknown] = ['another type', kind === 'object' ? 'x' : { x: 1 }];
  switch (kind) {
    case 'string':
      return [
        otherType,
        ['a number', 7],
        ['a null byte', 'a\u0000b'],
        ...(maxLength === undefined ? [] : [['too long', 'a'.repeat(maxLength + 1)] as [string, unknown]]),
      ];
    case 'integer':
    case 'number':
      return [
        otherType,
        ['a text', '1'],
        ...(maximum === undefined ? [] : [['too large', maximum + 1] as [string, unknown]]),
        ...(minimum === undefined ? [] : [['too small', minimum - 1] as [string, unknown]]),
      ];
    case 'array':
      return [
        otherType,
        ...(maxItems === undefined
          ? []
          : [['too many', Array.from({ length: maxItems + 1 }, () => ID)] as [string, unknown]]),
      ];
    case undefined:
      return [];
    default:
      return [otherType];
  }
}

const XXE = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><x>&a;</x>';

const PDF = Buffer.from(
  '%PDF-1.7\n%\u00e2\u00e3\n1 0 obj <</Type /Catalog>> endobj\nxref\n0 99999999\ntrailer <</Root 9 0 R>>\nstartxref\n-5\n%%EOF',
);

function hostileFiles(operation: ApiOperation): Hostile[] {
  const named = operation.parameters.some(({ name }) => name === 'name');
  const file = (what: string, name: string, body: Buffer, type = 'application/pdf'): Hostile => ({
    what,
    request: {
      path: `${operation.path}${named ? `?name=${encodeURIComponent(name)}` : ''}`,
      body,
      headers: { 'content-type': type },
    },
    status: [400, 413, 415, 422],
  });
  return [
    file('a program named PDF', 'a.pdf', Buffer.from('MZ\u0090\u0000this program cannot be run in DOS mode')),
    file('text named PDF', 'a.pdf', Buffer.from('xin chào')),
    file('nothing', 'a.pdf', Buffer.alloc(0)),
    // Whether a file that begins as a PDF can be validated is found out afterwards.
    ...(named ? [file('a mangled PDF', 'a.pdf', PDF)] : []),
    ...(named
      ? [
          file('a script', 'a.sh', Buffer.from('#!/bin/sh\nrm -rf /'), 'application/x-sh'),
          file('a name that climbs', '../../etc/passwd.pdf', Buffer.from('%PDF-1.4')),
          file('a name with a null byte', 'a\u0000.pdf', Buffer.from('%PDF-1.4')),
          file('a web page with a script', 'a.html', Buffer.from('<script>alert(1)</script>'), 'text/html'),
          file('a mangled package', 'a.edxml', Buffer.from('<edXML><edXMLEnvelope>'), 'application/xml'),
          file('a package that reads files', 'a.edxml', Buffer.from(XXE), 'application/xml'),
          file('a packed program', 'a.zip', Buffer.from('PK\u0003\u0004garbage'), 'application/zip'),
        ]
      : []),
  ];
}
