import { randomUUID } from 'node:crypto';
import { startTestTokenIssuer } from '@qlvb/platform-auth-testing';
import type { RunningPlatform } from '../running-platform.ts';
import { operations, schemas } from './description.ts';
import type { ApiOperation, Parameter } from './description.ts';
import { snapshot } from './foreign-ids.ts';
import { resolver, sample } from './json-sample.ts';
import type { JsonSchema } from './json-sample.ts';
import { send } from './people.ts';
import type { ApiAnswer, ApiRequest, Person } from './people.ts';

interface World {
  readonly platform: RunningPlatform;
  readonly stranger: Person;
  readonly strangerHost: string;
}

interface Hostile {
  readonly what: string;
  readonly request: Partial<ApiRequest>;
  /** Expected statuses; any documented refusal when left out. */
  readonly status?: readonly number[];
}

const resolve = resolver(schemas);
const ID = '0191e9a0-0000-7000-8000-00000000ffff';
const nothing = (): undefined => undefined;
const json = (value: unknown): Partial<ApiRequest> => ({ body: JSON.stringify(value) });

/** Every way this operation's input can be wrong, by its own description. */
function hostileInputs(operation: ApiOperation): Hostile[] {
  return [
    ...hostilePaths(operation),
    ...hostileQueries(operation),
    ...hostileHeaders(operation),
    ...(operation.body ? hostileBodies(operation.body) : []),
    ...(operation.takesFile ? hostileFiles(operation) : []),
  ];
}

function pathWith(operation: ApiOperation, value: string): string {
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
  const { properties = {}, required = [] } = resolve(schema);
  const raw = (what: string, body: string, status = [400]): Hostile => ({ what, request: { body }, status });
  return [
    raw('broken JSON', '{"a":'),
    raw('no JSON', '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><x>&a;</x>'),
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
    ...Object.entries(properties).flatMap(([name, property]) =>
      wrongValues(resolve(property)).map(([what, value]) => ({
        what: `${name}: ${what}`,
        request: json({ ...good, [name]: value }),
        status: what === 'too long' ? [400, 413] : [400],
      })),
    ),
  ];
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
    ...(named
      ? [
          file('a script', 'a.sh', Buffer.from('#!/bin/sh\nrm -rf /'), 'application/x-sh'),
          file('a name that climbs', '../../etc/passwd.pdf', Buffer.from('%PDF-1.4')),
          file('a name with a null byte', 'a\u0000.pdf', Buffer.from('%PDF-1.4')),
          file('a web page with a script', 'a.html', Buffer.from('<script>alert(1)</script>'), 'text/html'),
          file('a packed program', 'a.zip', Buffer.from('PK\u0003\u0004garbage'), 'application/zip'),
        ]
      : [file('a mangled PDF', 'a.pdf', PDF)]),
  ];
}

/** @source API4 */
export function hostileSuite(world: () => World): void {
  let before: Record<string, string>;
  let pids: Readonly<Record<string, number>>;
  beforeAll(async () => {
    before = await snapshot(world().platform);
    pids = world().platform.pids();
  });

  const ask = async (operation: ApiOperation, { request }: Pick<Hostile, 'request'>): Promise<ApiAnswer> => {
    const good = operation.body === undefined ? undefined : JSON.stringify(sample(operation.body, resolve, nothing));
    return send(world().platform, {
      method: operation.method,
      path: pathWith(operation, operation.path.includes('{year}') ? '2026' : ID),
      host: world().strangerHost,
      ...(good === undefined ? {} : { body: good }),
      ...request,
      headers: {
        ...(operation.isPublic ? {} : { authorization: world().stranger.authorization }),
        'idempotency-key': `hostile-${randomUUID()}`,
        'if-match': '"1"',
        ...(good === undefined ? {} : { 'content-type': 'application/json' }),
        ...request.headers,
      },
    });
  };
  const judge = (operation: ApiOperation, what: string, answer: ApiAnswer, status?: readonly number[]): string[] => {
    const { code } = (answer.mediaType === 'application/problem+json' ? JSON.parse(answer.text) : {}) as {
      code?: string;
    };
    const known = operation.answers.get(answer.status) ?? [];
    const told = `${what}: ${answer.status} ${code ?? answer.text.slice(0, 100)}`;
    if (status && !status.includes(answer.status)) return [`${told} (wanted ${status.join(' or ')})`];
    return code !== undefined && known.includes(code) ? [] : [`${told} (not documented)`];
  };

  describe.each(operations.map((operation) => [operation.name, operation] as const))('%s', (_name, operation) => {
    it('API4 every wrong input: the documented problem', async () => {
      const faults: string[] = [];
      for (const hostile of hostileInputs(operation)) {
        faults.push(...judge(operation, hostile.what, await ask(operation, hostile), hostile.status));
      }
      expect(faults).toEqual([]);
    });

    it('API2 every wrong host or token: the documented problem', async () => {
      const issuer = await startTestTokenIssuer();
      const { agencyId, userId } = world().stranger;
      const foreign = await issuer.authorization({ agencyId, userId });
      const expired = await issuer.authorization({ agencyId, userId }, { expires: new Date(0) });
      await issuer.close();
      const none = Buffer.from('{"alg":"none"}').toString('base64url');
      const faults: string[] = [];
      const expectAnswer = async (what: string, request: Partial<ApiRequest>, status: number[]): Promise<void> => {
        faults.push(...judge(operation, what, await ask(operation, { request }), status));
      };
      await expectAnswer('unknown host', { host: 'qlvb-khongco.localhost' }, [404]);
      await expectAnswer('a huge header', { headers: { 'x-large': 'a'.repeat(70_000) } }, [431]);
      if (!operation.isPublic) {
        await expectAnswer('no token', { headers: { authorization: '' } }, [401]);
        await expectAnswer('a foreign token', { headers: foreign }, [401]);
        await expectAnswer('an expired token', { headers: expired }, [401]);
        await expectAnswer('a token without signature', { headers: { authorization: `Bearer ${none}.e30.` } }, [401]);
        await expectAnswer('no bearer', { headers: { authorization: 'Basic YTpi' } }, [401]);
      }
      expect(faults).toEqual([]);
    });
  });

  it('stored nothing and hurt no process', async () => {
    expect(await snapshot(world().platform)).toEqual(before);
    expect(world().platform.pids()).toEqual(pids);
  });
}
