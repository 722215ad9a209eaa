import { z } from 'zod';

type Json = Record<string, unknown>;
type Side = 'input' | 'output';

const COMPONENTS = '#/components/schemas/';

/**
 * Collects the JSON Schemas of an OpenAPI document. Schemas with an id (`.meta({ id })`) become shared components; where
 * what goes in differs from what comes out (defaults, conversions), the former is called `<id>Input`.
 */
export class SchemaCollection {
  readonly #found: Readonly<Record<Side, Map<string, Json>>> = { input: new Map(), output: new Map() };

  /**
   * The schema with references to components that `finish` names.
   *
   * @throws Error for input that JSON Schema cannot express, or two different schemas with one id
   */
  add(schema: z.ZodType, side: Side): Json {
    const converted = z.toJSONSchema(schema, {
      target: 'draft-2020-12',
      io: side,
      unrepresentable: side === 'input' ? 'throw' : 'any',
      cycles: 'ref',
      override: ({ zodSchema, jsonSchema }) => {
        if (zodSchema._zod.def.type === 'object' && jsonSchema.additionalProperties === undefined) {
          jsonSchema.additionalProperties = false;
        }
        tidy(jsonSchema as Json);
      },
    }) as Json;
    const { $defs, ...root } = mapReferences(converted, (name) => `${side}:${name}`, '#/$defs/') as Json;
    delete root['$schema'];
    for (const [name, definition] of Object.entries(($defs ?? {}) as Record<string, Json>)) {
      delete definition['id'];
      const known = this.#found[side].get(name);
      if (known && JSON.stringify(known) !== JSON.stringify(definition)) {
        throw new Error(`two different schemas are called ${name}`);
      }
      this.#found[side].set(name, definition);
    }
    return root;
  }

  /** Gives every component its final name, in the components and in `document`. */
  finish<T>(document: T): { readonly document: T; readonly components: Json } {
    const split = this.#differing();
    const nameOf = (marked: string): string => {
      const [side, name] = marked.split(/:(.*)/);
      if (name === undefined) return marked;
      return side === 'input' && split.has(name) ? `${name}Input` : name;
    };
    const components: Json = {};
    for (const side of ['output', 'input'] as const) {
      for (const [name, definition] of this.#found[side]) {
        const target = nameOf(`${side}:${name}`);
        const final = mapReferences(definition, nameOf);
        if (components[target] && JSON.stringify(components[target]) !== JSON.stringify(final)) {
          throw new Error(`two different schemas are called ${target}`);
        }
        components[target] = final;
      }
    }
    const sorted = Object.entries(components).sort(([a], [b]) => (a < b ? -1 : 1));
    return { document: mapReferences(document, nameOf) as T, components: Object.fromEntries(sorted) };
  }

  /** Names whose two sides differ, by themselves or through something they refer to. */
  #differing(): Set<string> {
    const differing = new Set<string>();
    const both = [...this.#found.input.keys()].filter((name) => this.#found.output.has(name));
    const text = (side: Side, name: string): string =>
      JSON.stringify(
        mapReferences(this.#found[side].get(name), (marked) => {
          const plain = marked.replace(/^\w+:/, '');
          return differing.has(plain) ? marked : plain;
        }),
      );
    for (let before = -1; before !== differing.size;) {
      before = differing.size;
      for (const name of both) if (text('input', name) !== text('output', name)) differing.add(name);
    }
    return differing;
  }
}

function mapReferences(value: unknown, rename: (name: string) => string, prefix = COMPONENTS): unknown {
  if (Array.isArray(value)) return value.map((item) => mapReferences(item, rename, prefix));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]): [string, unknown] =>
      key === '$ref' && typeof item === 'string' && item.startsWith(prefix)
        ? [key, `${COMPONENTS}${rename(item.slice(prefix.length))}`]
        : [key, mapReferences(item, rename, prefix)],
    ),
  );
}

/** Formats say more than their patterns do, and the safe-integer bounds of every integer say nothing. */
function tidy(schema: Json): void {
  if (['date', 'date-time', 'uuid', 'email'].includes(String(schema['format']))) delete schema['pattern'];
  if (schema['maximum'] === Number.MAX_SAFE_INTEGER) delete schema['maximum'];
  if (schema['minimum'] === Number.MIN_SAFE_INTEGER) delete schema['minimum'];
}
