import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import * as contracts from '@qlvb/contracts';
import { FINDINGS as LAYOUT_FINDINGS, PARTS as LAYOUT_PARTS } from '@qlvb/document-layout';
import { FINDINGS as PACKAGE_FINDINGS } from '@qlvb/edxml';
import { FINDINGS as SIGNATURE_FINDINGS } from '@qlvb/pdf-signature';
import { declaredProblems, DomainError } from '@qlvb/shared-domain';
import type { Bilingual } from '@qlvb/shared-domain';

const root = fileURLToPath(new URL('..', import.meta.url));

/** Letters that no English word has: those of Vietnamese beyond what names of ours share with it. */
const VIETNAMESE = /[ăâđêôơưĂÂĐÊÔƠƯ\u0300\u0301\u0303\u0309\u0323\u1ea0-\u1ef9]/u;
const isVietnamese = (text: string): boolean => VIETNAMESE.test(text.normalize('NFC'));

const UUID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-/i;
const ISO_DATE = /\b\d{4}-\d{2}-\d{2}\b/;
/** snake_case, camelCase and kebab-case; names of standards are none of ours. */
const TOKEN = /(?<![\p{L}\p{N}])(?:[a-z]+(?:_[a-z]+)+|[a-z]+[A-Z]\w*|[a-z]+(?:-[a-z]+)+)(?![\p{L}\p{N}])/gu;
const STANDARD = new Set(['edXML']);
const TYPE = /(?<![\p{L}\p{N}])(?:string|number|boolean|object|array|null|undefined|true|false)(?![\p{L}\p{N}])/u;

const tokensOf = (text: string): string[] =>
  [...text.matchAll(TOKEN)].map(([token]) => token).filter((token) => !STANDARD.has(token));

/** Every state, act, role, type, … that has words. */
const CODES: ReadonlySet<string> = new Set(
  Object.values<contracts.Catalogue>(contracts.CATALOGUES).flatMap(({ entries }) => Object.keys(entries)),
);

function faultsOf(name: string, { vi, en }: Partial<Bilingual>): string[] {
  const places = /\{\w+\}/g;
  const faults: string[] = [];
  const say = (fault: string, text: string): number => faults.push(`${name}: ${fault}: ${text}`);
  if (en !== undefined) {
    if (isVietnamese(en)) say('Vietnamese in English', en);
    // English has words with hyphens; only those that are codes of ours are none.
    const tokens = tokensOf(en.replace(places, '')).filter((token) => !token.includes('-') || CODES.has(token));
    if (tokens.length > 0) say(`tokens ${tokens.join(', ')}`, en);
    if (UUID.test(en) || ISO_DATE.test(en)) say('a UUID or an ISO date', en);
  }
  if (vi !== undefined) {
    const text = vi.replace(places, '');
    const words = [...text.matchAll(/(?<![\p{L}\p{N}])[a-z]{5,}(?![\p{L}\p{N}])/gu)].map(([word]) => word);
    const tokens = [...tokensOf(text), ...words.filter((word) => CODES.has(word))];
    if (tokens.length > 0) say(`tokens ${tokens.join(', ')}`, vi);
    if (TYPE.test(text)) say('a type', vi);
    if (UUID.test(vi) || ISO_DATE.test(vi)) say('a UUID or an ISO date', vi);
  }
  return faults;
}

/** Everything below `value` that has a text in both languages. */
function bilinguals(value: unknown, path: string): [string, Bilingual][] {
  if (typeof value !== 'object' || value === null) return [];
  const { vi, en } = value as Partial<Bilingual>;
  if (typeof vi === 'string' && typeof en === 'string') return [[path, { vi, en }]];
  return Object.entries(value).flatMap(([key, part]) => bilinguals(part, `${path}.${key}`));
}

const sources = spawnSync('git', ['grep', '-l', '--untracked', 'defineProblem(', '--', 'libs'], {
  cwd: root,
  encoding: 'utf8',
})
  .stdout.split('\n')
  .filter((file) => /(?<!spec)\.ts$/.test(file) && !file.includes('/testing/'));

describe('what people read', () => {
  beforeAll(async () => {
    for (const file of sources) await import(join(root, file));
  });

  it('F-53 names no row, code, type or ISO date in a problem, and keeps its languages apart', () => {
    const problems = declaredProblems();
    expect(problems.length).toBeGreaterThan(150);
    const faults = problems.flatMap(({ code, title, detail }) => [
      ...faultsOf(`${code} title`, title),
      ...faultsOf(`${code} detail`, detail),
      ...[title, detail].flatMap((text) => (/\{id\}/.test(text.vi + text.en) ? [`${code}: shows an id`] : [])),
      ...(/\{fault\}/.test(detail.vi) ? [`${code}: a technical fault in Vietnamese`] : []),
    ]);
    expect(faults).toEqual([]);
  });

  it('F-53 has every label in both languages, each in its own', () => {
    const labels = [
      ...bilinguals({ ...contracts }, 'contracts'),
      ...bilinguals(LAYOUT_FINDINGS, 'document-layout'),
      ...bilinguals(LAYOUT_PARTS, 'document-layout'),
      ...bilinguals(PACKAGE_FINDINGS, 'edxml'),
      ...bilinguals(SIGNATURE_FINDINGS, 'pdf-signature'),
    ];
    expect(labels.length).toBeGreaterThan(300);
    expect(labels.flatMap(([name, label]) => faultsOf(name, label))).toEqual([]);
    expect(labels.filter(([, { vi, en }]) => vi.trim() === '' || en.trim() === '')).toEqual([]);
  });

  it.each([
    ['a UUID', '0191e9a0-0000-7000-8000-00000000ffff', ['vi', 'en']],
    ['a date of a machine', '2026-11-29', ['vi', 'en']],
    ['an act', 'approve_layout', ['vi', 'en']],
    ['an act of one word', 'withdraw', ['vi']],
    ['a state', 'layout_check', ['vi', 'en']],
    ['a state of one word', 'registered', ['vi']],
    ['a type of object', 'account-proposal', ['vi', 'en']],
    ['a name of a field', 'legalValue', ['vi', 'en']],
    ['a type', 'null', ['vi']],
  ] as const)('F-53 finds %s in what people are told and in the title of a task', (_title, planted, languages) => {
    const { title, text } = contracts.NOTIFICATION_KINDS['dispatch-failed'];
    for (const told of [title, text, contracts.TASK_STEP_LABELS.check_layout]) {
      expect(faultsOf('told', told)).toEqual([]);
      for (const language of languages) {
        const faulty = { ...told, [language]: `${told[language]} (${planted})` };
        expect([language, faultsOf('told', faulty).length]).not.toEqual([language, 0]);
      }
    }
  });

  it('F-53 describes the API without tokens in Vietnamese and without Vietnamese in English', () => {
    const texts: [string, string][] = [];
    const walk = (value: unknown, path: string): void => {
      if (typeof value !== 'object' || value === null) return;
      for (const [key, part] of Object.entries(value)) {
        if (key === 'example' || key === 'default' || key === 'properties') {
          if (key === 'properties')
            for (const [name, one] of Object.entries(part as object)) walk(one, `${path}/${name}`);
          continue;
        }
        if (['description', 'summary', 'title', 'detail'].includes(key) && typeof part === 'string') {
          texts.push([`${path}/${key}`, part.replace(/`[^`]*`|\{\w+\}/g, '')]);
        } else walk(part, `${path}/${key}`);
      }
    };
    const document = readFileSync(join(root, 'docs/openapi.json'), 'utf8');
    walk(JSON.parse(document), '');
    expect(texts.length).toBeGreaterThan(500);
    const codes = new Set([...document.matchAll(/^\s*"([a-z]{5,})",?$/gm)].map(([, code]) => code));
    const faults = texts.flatMap(([path, text]) => {
      if (!isVietnamese(text)) return faultsOf(path, { en: text });
      const named = [...text.matchAll(/(?<!\p{L})[a-z]{5,}(?!\p{L})/gu)].filter(([word]) => codes.has(word));
      return [...faultsOf(path, { vi: text }), ...named.map(([word]) => `${path}: the code ${word}: ${text}`)];
    });
    expect([...new Set(faults)]).toEqual([]);
  });
});

interface Schema {
  readonly enum?: readonly unknown[];
}

/** Names of fields that hold a code. */
const CODE =
  /^(?:state|status|kind|level|role|rank|severity|outcome|reason|ground|check|step|right|act|trigger|capacity|competence|form|channel|direction|verdict|indication|permission|urgency|order|scope)s?$|(?:State|Status|Kind|Level|Role|Severity|Outcome|Act|Right|ReasonCode|Type)s?$|^(?:reasonCode|failureCode)$/;
const isCode = (name: string): boolean => CODE.test(name) && name !== 'reason' && name !== 'mediaType';

/** What looks like a code and is none of ours, or stands in words. */
const OPEN: ReadonlyMap<string, string> = new Map([
  ['Problem status', 'the number of the HTTP answer'],
  ['IncomingDocument documentType', 'as the sender wrote it'],
  ['IncomingDocumentDetail documentType', 'as the sender wrote it'],
  ['ReceivedPackage businessType', 'as the sender wrote it'],
  ['ReceivedPackageDetail businessType', 'as the sender wrote it'],
  ['SessionView tokenType', 'RFC 6750'],
  ['ValidationReport verdict', 'ETSI EN 319 102-1'],
  ['ValidationReport indication', 'ETSI EN 319 102-1'],
  ['ValidationReport signerKind', 'as the certificate says'],
]);

/** Whether only declared values fit, or only lists of them. */
function isClosed(schema: Readonly<Record<string, unknown>>): boolean {
  if (schema['enum'] !== undefined || schema['const'] !== undefined) return true;
  if (schema['type'] === 'array') return isClosed((schema['items'] ?? {}) as Field['schema']);
  if (schema['schema'] !== undefined) return isClosed(schema['schema'] as Field['schema']);
  const options = (schema['anyOf'] ?? schema['oneOf']) as Field['schema'][] | undefined;
  if (options) return options.every((option) => option['type'] === 'null' || isClosed(option));
  // A reference, an object, a number or a boolean is no text.
  return schema['type'] !== 'string';
}

const words = ({ schema }: Field): string => String(schema['description'] ?? '');

/** Two names for one thing that stay, and why. */
const TWO_NAMES: ReadonlyMap<string, string> = new Map([
  ['position title', 'the title of a post is printed as the position of whoever holds it'],
  [
    'endReason reason',
    'who ends a right gives a reason; the right, which has a reason of its own, keeps it as that of its end',
  ],
  ['direction documentKind', 'beside a document its direction; of a right which kind of object it is to'],
  ['at decidedAt', 'inside a decision it needs no second word'],
]);

/** Fields of different names that are described alike, but for what an object calls its own: `name` of a `Unit` is `unitName` elsewhere. */
function doubleNames(fields: readonly Field[]): string[] {
  const byWords = Map.groupBy(fields, (field) =>
    words(field)
      .replace(/; null .*$/u, '')
      .replace(/\s*\(.*?\)/gu, ''),
  );
  return [...byWords].flatMap(([text, alike]) => {
    const isOwn = ({ name, path }: Field): boolean =>
      alike.some((long) => {
        const owner = long.name.slice(0, -name.length);
        const isLonger = owner !== '' && long.name === `${owner}${name.charAt(0).toUpperCase()}${name.slice(1)}`;
        return isLonger && path.toLowerCase().includes(`/schemas/${owner.toLowerCase()}`);
      });
    const names = [...new Set(alike.filter((field) => !isOwn(field)).map(({ name }) => name))].toSorted();
    const pairs = names.flatMap((one, index) => names.slice(index + 1).map((other) => `${one} ${other}`));
    return text === '' ? [] : pairs.filter((pair) => !TWO_NAMES.has(pair)).map((pair) => `${pair}: ${text}`);
  });
}

interface Field {
  readonly path: string;
  readonly name: string;
  readonly schema: Readonly<Record<string, unknown>>;
}

/** Every field of a schema and every parameter of an operation, but for those that only narrow what a reference describes. */
function fieldsOf(value: unknown, path = ''): Field[] {
  if (Array.isArray(value)) return value.flatMap((one, index) => fieldsOf(one, `${path}/${index}`));
  if (typeof value !== 'object' || value === null) return [];
  const part = value as Readonly<Record<string, unknown>>;
  const own = Object.entries('$ref' in part ? {} : (part['properties'] ?? {})).map(([name, schema]): Field => ({
    path,
    name,
    schema: schema as Field['schema'],
  }));
  const parameter = typeof part['in'] === 'string' ? [{ path, name: String(part['name']), schema: part }] : [];
  const inside = Object.entries(part).flatMap(([key, one]) =>
    ['example', 'examples', 'default', 'enum'].includes(key) ? [] : fieldsOf(one, `${path}/${key}`),
  );
  return [...own, ...parameter, ...inside];
}

/** What is wrong with the name of an instant or a date, or with the form of what is called so. */
function datingFaults({ path, name, schema }: Field): string[] {
  const parts = [schema, schema['schema'], ...((schema['anyOf'] as unknown[] | undefined) ?? [])] as Field['schema'][];
  const form = parts.map((part) => part?.['format']).find((format) => format === 'date' || format === 'date-time');
  const said = /(?:[a-z]At|^at)$/.test(name) ? 'date-time' : /(?:[a-z]On|^on)$/.test(name) ? 'date' : undefined;
  return form === said
    ? []
    : [`${path} ${name}: ${String(form ?? 'no date')} by its form, ${said ?? 'no date'} by its name`];
}

describe('fields', () => {
  const documents = ['docs/openapi.json', 'docs/asyncapi.json'].map((file) =>
    JSON.parse(readFileSync(join(root, file), 'utf8')),
  ) as object[];
  const fields = documents.flatMap((document) => fieldsOf(document));

  it('are all described, in English, in more than their own name', () => {
    expect(fields.length).toBeGreaterThan(1500);
    const faults = fields.flatMap((field) => {
      const place = `${field.path} ${field.name}: ${words(field)}`;
      const text = words(field).replace(/`[^`]*`/g, '');
      if (text.trim() === '') return [`${place} is not described`];
      if (isVietnamese(text)) return [`${place} in Vietnamese`];
      const said = text.toLowerCase().replace(/\W/g, '');
      return said === field.name.toLowerCase() ? [`${place} says no more than its name`] : [];
    });
    expect([...new Set(faults)]).toEqual([]);
  });

  it('have no words that nothing uses', () => {
    const used = new Set(fields.flatMap((field) => [words(field), `${words(field)}; null`]));
    const isUsed = (text: string): boolean => used.has(text) || used.has(text.replace(/; null .*$/u, ''));
    const unused = Object.entries(contracts.FIELD_WORDS).filter(([, text]) => !isUsed(text));
    expect(unused).toEqual([]);
  });

  it('end in At when they are instants and in On when they are dates', () => {
    // Events only gain fields (decision 0096): what was published under another name keeps it.
    const published =
      /^(?:arrivalDate|date|deadline|decidedAt|issueDeadline|presentBy|time|until|valid(?:From|To|Until))$/;
    const faults = documents.flatMap((document, index) =>
      fieldsOf(document)
        .filter(({ name }) => index === 0 || !published.test(name))
        .flatMap(datingFaults),
    );
    expect([...new Set(faults)]).toEqual([]);
  });

  it.each([
    ['dueAt', { format: 'date' }],
    ['dueOn', { format: 'date-time' }],
    ['issuedOn', { type: 'string' }],
    ['deadline', { anyOf: [{ format: 'date-time' }, { type: 'null' }] }],
    ['validFrom', { schema: { format: 'date' } }],
  ])('%s of another form is found', (name, schema) => {
    expect(datingFaults({ path: '', name, schema })).toHaveLength(1);
  });

  it('are told apart from what is not described', () => {
    const planted = { components: { schemas: { Task: { properties: { colour: { type: 'string' }, dueAt: {} } } } } };
    const described = fieldsOf(contracts.describeFields(planted));
    expect(described.map((field) => [field.name, words(field)])).toEqual([
      ['colour', ''],
      ['dueAt', 'By when it is due'],
    ]);
  });
});

describe('the API', () => {
  const document = JSON.parse(readFileSync(join(root, 'docs/openapi.json'), 'utf8')) as {
    readonly paths: Readonly<Record<string, Readonly<Record<string, { readonly operationId: string }>>>>;
    readonly components: { readonly schemas: Readonly<Record<string, Schema>> };
  };

  it('calls one thing by one name', () => {
    expect(doubleNames(fieldsOf(document))).toEqual([]);
  });

  it('calls one thing by one name, or it is found', () => {
    const field = (path: string, name: string, description: string): Field => ({ path, name, schema: { description } });
    const signer = [
      field('/schemas/A', 'signer', 'Who signs'),
      field('/schemas/B', 'signerName', 'Who signs; null if nobody'),
    ];
    expect(doubleNames(signer)).toEqual(['signer signerName: Who signs']);
    const unit = [
      field('/schemas/Unit', 'name', 'Name of the unit'),
      field('/schemas/Post', 'unitName', 'Name of the unit'),
    ];
    expect(doubleNames(unit)).toEqual([]);
    expect(doubleNames([...unit, field('/schemas/Post', 'name', 'Name of the unit')])).toHaveLength(1);
  });

  it('names every operation once, by a verb and a noun that a person reads', () => {
    const names = Object.values(document.paths).flatMap((path) => Object.values(path).map((one) => one.operationId));
    expect(names.length).toBeGreaterThan(80);
    expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
    expect(names.filter((name) => !/^[a-z]+(?:[A-Z][a-z]+)+$/.test(name))).toEqual([]);
    expect(names.filter((name) => /^(?:post|delete|patch)[A-Z]|By[A-Z]\w*Id/.test(name))).toEqual([]);
  });

  it('F-53 serves a catalogue with words for every closed set of codes', () => {
    const catalogues = [
      ...Object.values(contracts.CATALOGUES).map(({ entries }) => entries),
      LAYOUT_FINDINGS,
      PACKAGE_FINDINGS,
      SIGNATURE_FINDINGS,
    ].map((entries) => new Set(Object.keys(entries)));
    const missing = new Set<string>();
    const walk = (value: unknown, path: string): void => {
      if (typeof value !== 'object' || value === null || path.endsWith('/application/problem+json')) return;
      const codes = (value as Schema).enum;
      const isBoolean = codes?.every((code) => code === 'true' || code === 'false');
      if (codes && !isBoolean && !catalogues.some((known) => codes.every((code) => known.has(String(code))))) {
        missing.add(`${path}: ${codes.join(', ')}`);
      }
      for (const [key, part] of Object.entries(value)) walk(part, `${path}/${key}`);
    };
    walk(document.components.schemas, '');
    walk(document.paths, '');
    expect([...missing]).toEqual([]);
  });

  it('closes the set of every code that it answers or takes', () => {
    const faults = fieldsOf(document)
      .filter(({ path }) => !path.includes('problem+json'))
      .filter(({ name, schema }) => isCode(name) && !isClosed(schema));
    const open = [...new Set(faults.map(({ path, name }) => `${path.split('/')[3]} ${name}`))];
    expect(open.filter((place) => !OPEN.has(place))).toEqual([]);
  });

  it.each([
    ['status', { type: 'string' }, false],
    ['signerKind', { anyOf: [{ type: 'string' }, { type: 'null' }] }, false],
    ['allowedActs', { type: 'array', items: { type: 'string' } }, false],
    ['allowedActs', { type: 'array', items: { type: 'string', enum: ['sign'] } }, true],
    ['kind', { type: 'string', const: 'years' }, true],
  ])('%s that is a text is found', (name, schema, closed) => {
    expect([isCode(name), isClosed(schema)]).toEqual([true, closed]);
  });

  it('F-53 gives every catalogue words in both languages', () => {
    for (const { title, entries } of Object.values<contracts.Catalogue>(contracts.CATALOGUES)) {
      expect(Object.keys(entries).length).toBeGreaterThan(1);
      for (const text of [title, ...Object.values(entries)]) expect([text.vi, text.en]).not.toContain('');
    }
  });
});

/** Lists that are no pages: whoever asks needs all of it, and it does not grow. */
const WHOLE: ReadonlyMap<string, string> = new Map([
  ['/api/v1/agencies/{agencyId}/codes', 'the few codes that one agency ever had'],
  ['/api/v1/catalogues', 'what this version of the program has words for'],
  ['/api/v1/hosts', 'the host names of the installation, asked for before anybody has signed in'],
  ['/api/v1/jwks', 'RFC 7517'],
  ['/api/v1/trust-anchors', 'the certificates that this installation was given to trust'],
]);

interface Reading {
  readonly parameters?: readonly { readonly name: string; readonly in: string }[];
  readonly responses: Readonly<
    Record<string, { readonly content?: Readonly<Record<string, { readonly schema: Field['schema'] }>> }>
  >;
}

/** What keeps a reading operation that answers a list from being read page by page (decision 0099). */
function pageFaults(
  { parameters = [], responses }: Reading,
  schemas: Readonly<Record<string, Field['schema']>>,
): string[] {
  const resolved = (schema: Field['schema'] = {}): Field['schema'] =>
    typeof schema['$ref'] === 'string' ? (schemas[schema['$ref'].split('/').at(-1) ?? ''] ?? {}) : schema;
  const answer = resolved(responses['200']?.content?.['application/json']?.schema);
  const fields = (answer['properties'] ?? {}) as Readonly<Record<string, Field['schema']>>;
  const lists = Object.keys(fields).filter((name) => resolved(fields[name])['type'] === 'array');
  const isList =
    answer['type'] === 'array' || 'items' in fields || (lists.length === 1 && Object.keys(fields).length === 1);
  if (!isList) return [];
  const asked = parameters.filter((parameter) => parameter.in === 'query').map(({ name }) => name);
  return [
    ...['items', 'nextCursor', 'total'].filter((name) => !(name in fields)).map((name) => `answers no ${name}`),
    ...['limit', 'cursor'].filter((name) => !asked.includes(name)).map((name) => `takes no ${name}`),
  ];
}

describe('lists', () => {
  const document = JSON.parse(readFileSync(join(root, 'docs/openapi.json'), 'utf8')) as {
    readonly paths: Readonly<Record<string, { readonly get?: Reading }>>;
    readonly components: { readonly schemas: Readonly<Record<string, Field['schema']>> };
  };

  it('F-52 are read page by page, all in one way', () => {
    const faulty = Object.entries(document.paths).flatMap(([path, { get }]) =>
      get && pageFaults(get, document.components.schemas).length > 0 ? [path] : [],
    );
    expect(faulty).toEqual([...WHOLE.keys()]);
  });

  const schemas = {
    Things: { properties: { items: { type: 'array' } } },
    Keys: { properties: { keys: { type: 'array' } } },
    Thing: { properties: { thingId: { type: 'string' }, parts: { type: 'array' } } },
    Page: { properties: { items: { type: 'array' }, nextCursor: {}, total: {} } },
  };
  const everything = ['answers no nextCursor', 'answers no total', 'takes no limit', 'takes no cursor'];
  it.each([
    ['an array', { type: 'array' }, [], ['answers no items', ...everything]],
    ['items alone', { $ref: '#/components/schemas/Things' }, [], everything],
    ['one list under another name', { $ref: '#/components/schemas/Keys' }, [], ['answers no items', ...everything]],
    ['a page that nobody can turn', { $ref: '#/components/schemas/Page' }, ['limit'], ['takes no cursor']],
    ['a page', { $ref: '#/components/schemas/Page' }, ['limit', 'cursor'], []],
    ['a thing with parts', { $ref: '#/components/schemas/Thing' }, [], []],
  ])('%s is told apart', (_, schema, names, faults) => {
    const parameters = names.map((name) => ({ name, in: 'query' }));
    const responses = { '200': { content: { 'application/json': { schema } } } };
    expect(pageFaults({ parameters, responses }, schemas)).toEqual(faults);
  });
});

describe('a problem', () => {
  const declaration = {
    code: 'tools.words',
    kind: 'conflict',
    title: { vi: 'Không được', en: 'Not allowed' },
    detail: { vi: '{act} ngày {on} lúc {at}: {faults}.', en: '{act} on {on} at {at}: {faults}.' },
  } as const;

  it('F-53 says labels in the language asked for, days and instants as people write them', () => {
    const error = new DomainError(declaration, {
      act: { vi: 'Ký', en: 'Sign' },
      on: '2026-11-29',
      at: '2026-11-29T18:30:00.000Z',
      faults: [
        { vi: 'thiếu tệp', en: 'no file' },
        { vi: 'quá hạn', en: 'too late' },
      ],
    });
    expect(error.detail('vi')).toBe('Ký ngày 29/11/2026 lúc 01:30 30/11/2026: thiếu tệp, quá hạn.');
    expect(error.detail('en')).toBe('Sign on 29/11/2026 at 01:30 30/11/2026: no file, too late.');
  });
});
