import { z } from 'zod';

type JsonSchema = Record<string, unknown>;

/** Collects the JSON Schemas of an OpenAPI document; schemas with an id (`.meta({ id })`) become shared components. */
export class SchemaCollection {
  readonly components: Record<string, JsonSchema> = {};

  /** @throws Error for a schema that JSON Schema cannot express, or two different ones with one id */
  add(schema: z.ZodType, io: 'input' | 'output'): JsonSchema {
    const converted = z.toJSONSchema(schema, {
      target: 'draft-2020-12',
      io,
      unrepresentable: io === 'input' ? 'throw' : 'any',
      cycles: 'ref',
      override: ({ zodSchema, jsonSchema }) => {
        if (zodSchema._zod.def.type === 'object' && jsonSchema.additionalProperties === undefined) {
          jsonSchema.additionalProperties = false;
        }
        tidy(jsonSchema as JsonSchema);
      },
    }) as JsonSchema;
    const { $defs, ...root } = converted;
    delete root['$schema'];
    for (const [name, definition] of Object.entries(($defs ?? {}) as Record<string, JsonSchema>)) {
      this.#define(name, definition, io);
    }
    return this.#rename(root, io) as JsonSchema;
  }

  /** Input and output of one schema may differ (defaults, coercion): then the input is a component of its own. */
  #define(name: string, definition: JsonSchema, io: 'input' | 'output'): void {
    const renamed = this.#rename(definition, io) as JsonSchema;
    delete renamed['id'];
    const target = componentName(name, io);
    const known = this.components[target];
    if (known && JSON.stringify(known) !== JSON.stringify(renamed)) {
      throw new Error(`two different schemas are called ${target}`);
    }
    this.components[target] = renamed;
  }

  #rename(value: unknown, io: 'input' | 'output'): unknown {
    if (Array.isArray(value)) return value.map((item) => this.#rename(item, io));
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(
      Object.entries(value).map(([key, item]): [string, unknown] => {
        const name = key === '$ref' && typeof item === 'string' ? /^#\/\$defs\/(.+)$/.exec(item)?.[1] : undefined;
        return name ? ['$ref', `#/components/schemas/${componentName(name, io)}`] : [key, this.#rename(item, io)];
      }),
    );
  }
}

const componentName = (name: string, io: 'input' | 'output'): string => (io === 'input' ? `${name}Input` : name);

/** Formats say more than their patterns do, and the safe-integer bounds of every integer say nothing. */
function tidy(schema: JsonSchema): void {
  if (['date', 'date-time', 'uuid', 'email'].includes(String(schema['format']))) delete schema['pattern'];
  if (schema['maximum'] === Number.MAX_SAFE_INTEGER) delete schema['maximum'];
  if (schema['minimum'] === Number.MIN_SAFE_INTEGER) delete schema['minimum'];
}
