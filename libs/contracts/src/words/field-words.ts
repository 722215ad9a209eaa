import { DOCUMENT_WORDS } from './documents.ts';
import { GENERAL_WORDS } from './general.ts';
import { PEOPLE_WORDS } from './people.ts';
import { WORK_WORDS } from './work.ts';

/**
 * What a field means, by its name: one name is one thing wherever it stands, so it is said once. `Parent.name` holds where
 * the field means something narrower; the parent is the schema, the operation, the event (without its version) or the field
 * that encloses it. What only one schema can say stands there (`.describe`) and goes before these.
 */
export const FIELD_WORDS: Readonly<Record<string, string>> = {
  ...PEOPLE_WORDS,
  ...DOCUMENT_WORDS,
  ...WORK_WORDS,
  ...GENERAL_WORDS,
};

type Json = Record<string, unknown>;

const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Every field and parameter of `part` gets its words. */
function describe(part: unknown, parents: readonly string[]): unknown {
  if (Array.isArray(part)) return part.map((one) => describe(one, parents));
  if (!isObject(part)) return part;
  const isParameter = typeof part['in'] === 'string' && typeof part['name'] === 'string' && isObject(part['schema']);
  const within = typeof part['operationId'] === 'string' ? [part['operationId']] : parents;
  const made = Object.fromEntries(
    Object.entries(part).map(([key, value]): [string, unknown] => {
      if (LITERAL.has(key)) return [key, value];
      if (key !== 'properties' || !isObject(value)) return [key, describe(value, within)];
      const fields = Object.entries(value).map(([name, field]): [string, unknown] => [
        name,
        isObject(field) && !isRefined(part) ? worded(name, describe(field, inside(within, name)), within) : field,
      ]);
      return [key, Object.fromEntries(fields)];
    }),
  );
  return isParameter ? worded(String(part['name']), made, within) : made;
}

/** The data of an event are the event. */
const inside = (parents: readonly string[], name: string): readonly string[] =>
  name === 'data' ? parents : [...parents, name];

/** Values, in which nothing is a schema. */
const LITERAL = new Set(['example', 'examples', 'default', 'enum', 'const']);

/** A reference with properties beside it narrows fields that are described where it points to. */
const isRefined = (schema: Json): boolean => '$ref' in schema;

function worded(name: string, field: unknown, parents: readonly string[]): unknown {
  if (!isObject(field) || field['description'] !== undefined) return field;
  const key = [`${parents.join('.')}.${name}`, `${parents.at(-1)}.${name}`, name].find(
    (one) => FIELD_WORDS[one] !== undefined,
  );
  const description = ownWords(field) ?? shared(FIELD_WORDS[key ?? ''], field);
  return description === undefined ? field : { description, ...field };
}

/** What null says is of use only where there may be null. */
function shared(words: string | undefined, field: Json): string | undefined {
  const text = JSON.stringify([field['type'], field['anyOf']]);
  return text.includes('"null"') ? words : words?.replace(/; null .*$/u, '');
}

/** The words of what may also be null, or of a parameter's schema. */
function ownWords(field: Json): string | undefined {
  const parts = [field['schema'], ...(Array.isArray(field['anyOf']) ? (field['anyOf'] as unknown[]) : [])];
  return parts.flatMap((one) =>
    isObject(one) && typeof one['description'] === 'string' ? [one['description']] : [],
  )[0];
}

/**
 * An OpenAPI or AsyncAPI document with words for every field and parameter, from `FIELD_WORDS` where a schema says nothing.
 */
export function describeFields<Document extends object>(document: Document): Document {
  const { components, ...rest } = document as Json;
  const described = Object.entries((components ?? {}) as Json).map(([kind, entries]): [string, unknown] => [
    kind,
    Object.fromEntries(
      Object.entries(entries as Json).map(([name, one]) => [
        name,
        kind === 'schemas' || kind === 'messages' ? describe(one, [name.replace(/-v\d+$/, '')]) : one,
      ]),
    ),
  ]);
  return { ...(describe(rest, []) as Json), components: Object.fromEntries(described) } as Document;
}
