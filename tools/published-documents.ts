import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { breaks } from './schema-compatibility.ts';
import type { Comparison, Schema, Side } from './schema-compatibility.ts';

export interface AsyncDocument {
  readonly channels: Readonly<Record<string, { readonly address: string; readonly messages: object }>>;
  readonly components: {
    readonly messages: Readonly<Record<string, { readonly payload: Schema }>>;
    readonly schemas: Readonly<Record<string, Schema>>;
  };
}

interface Content {
  readonly content?: Readonly<Record<string, { readonly schema?: Schema }>>;
}
interface Operation {
  readonly parameters?: readonly { readonly name: string; readonly in: string; readonly required?: boolean; readonly schema: Schema }[]; // prettier-ignore
  readonly requestBody?: Content;
  readonly responses: Readonly<Record<string, Content>>;
}
export interface OpenDocument {
  readonly info: { readonly version: string };
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, Schema>> };
}

/**
 * The versions of a generated file that count as published: what lies there now, and what was committed, the newest first.
 * Where the history is not at hand the file alone counts.
 */
export function publishedVersions<T>(root: string, file: string, most: number): T[] {
  const git = (...args: string[]): string =>
    spawnSync('git', args, { cwd: root, encoding: 'utf8', maxBuffer: 64 * 2 ** 20 }).stdout ?? '';
  const path = join(root, file);
  const texts = existsSync(path) ? [readFileSync(path, 'utf8')] : [];
  for (const commit of git('log', '--format=%H', '-n', String(most), '--', file).split('\n').filter(Boolean)) {
    texts.push(git('show', `${commit}:${file}`));
  }
  return [...new Set(texts.filter(Boolean))].map((text) => JSON.parse(text) as T);
}

type Schemas = { readonly components: { readonly schemas: Readonly<Record<string, Schema>> } };

const comparison = (side: Side, before: Schemas, after: Schemas): Comparison => ({
  side,
  resolve: [resolver(before), resolver(after)],
});

const resolver =
  ({ components }: Schemas) =>
  (ref: string): Schema => {
    const schema = components.schemas[ref.replace('#/components/schemas/', '')];
    if (!schema) throw new Error(`${ref} is not there`);
    return schema;
  };

/** Events that consumers of the older document would no longer get, find or understand. */
export function eventBreaks(before: AsyncDocument, after: AsyncDocument): string[] {
  const found: string[] = [];
  for (const [name, { address, messages }] of Object.entries(before.channels)) {
    const now = after.channels[name];
    if (now?.address !== address) found.push(`${name}: its topic is not ${address} any more`);
    for (const message of Object.keys(messages)) {
      if (!Object.keys(now?.messages ?? {}).includes(message)) found.push(`${name}: ${message} is not on it any more`);
    }
  }
  for (const [name, { payload }] of Object.entries(before.components.messages)) {
    const now = after.components.messages[name];
    if (!now) found.push(`${name}: published event is gone`);
    else
      found.push(...breaks(payload, now.payload, comparison('event', before, after)).map((line) => `${name}${line}`));
  }
  return found;
}

/**
 * Whether the API of `after` has to keep the promises of `before`: within one series (0.2.x, 1.x), and only of what was
 * released; `0.2.0-dev` promises nothing yet.
 */
export function mustKeep(before: string, after: string): boolean {
  const series = (version: string): string => /^(?:0\.\d+|\d+)/.exec(version)?.[0] ?? version;
  return !before.includes('-') && series(before) === series(after);
}

/** Requests that the newer API would refuse, and answers in which a caller of the older one would miss something. */
export function apiBreaks(before: OpenDocument, after: OpenDocument): string[] {
  return Object.entries(before.paths).flatMap(([path, methods]) =>
    Object.entries(methods).flatMap(([method, old]) => {
      const name = `${method.toUpperCase()} ${path}`;
      const now = after.paths[path]?.[method];
      return now ? operationBreaks(old, now, before, after).map((line) => `${name} ${line}`) : [`${name}: is gone`];
    }),
  );
}

function operationBreaks(old: Operation, now: Operation, before: OpenDocument, after: OpenDocument): string[] {
  const found: string[] = [];
  const schemaOf = (content: Content | undefined): Schema | undefined =>
    Object.values(content?.content ?? {})[0]?.schema;
  const parameters = new Map((old.parameters ?? []).map((one) => [`${one.in} ${one.name}`, one]));
  for (const one of now.parameters ?? []) {
    const known = parameters.get(`${one.in} ${one.name}`);
    parameters.delete(`${one.in} ${one.name}`);
    if (one.required && !known?.required) found.push(`parameter ${one.name}: became required`);
    if (known) {
      const lines = breaks(known.schema, one.schema, comparison('request', before, after));
      found.push(...lines.map((line) => `parameter ${one.name}${line}`));
    }
  }
  for (const name of parameters.keys()) found.push(`parameter ${name}: removed`);
  const [asked, askedNow] = [schemaOf(old.requestBody), schemaOf(now.requestBody)];
  if (asked && askedNow) {
    found.push(...breaks(asked, askedNow, comparison('request', before, after)).map((line) => `request ${line}`));
  } else if (asked !== askedNow) found.push(`request ${askedNow ? 'now has a body' : 'has no body any more'}`);
  for (const [status, answer] of Object.entries(old.responses).filter(([code]) => code.startsWith('2'))) {
    const [told, toldNow] = [schemaOf(answer), schemaOf(now.responses[status])];
    if (!now.responses[status]) found.push(`answer ${status}: is gone`);
    else if (told && toldNow) {
      found.push(...breaks(told, toldNow, comparison('response', before, after)).map((line) => `answer ${line}`));
    } else if (told) found.push(`answer ${status}: has no body any more`);
  }
  return found;
}
