/** The part of JSON Schema that the description uses. */
export interface JsonSchema {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly format?: string;
  readonly pattern?: string;
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: boolean | JsonSchema;
  readonly items?: JsonSchema;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly anyOf?: readonly JsonSchema[];
  readonly oneOf?: readonly JsonSchema[];
  readonly allOf?: readonly JsonSchema[];
  readonly default?: unknown;
}

export type Resolve = (schema: JsonSchema) => JsonSchema;

/** Follows references and takes the first of several forms. */
export function resolver(schemas: Readonly<Record<string, JsonSchema>>): Resolve {
  const resolve: Resolve = (schema) => {
    if (schema.$ref) {
      const target = schemas[schema.$ref.replace('#/components/schemas/', '')];
      if (!target) throw new Error(`no schema ${schema.$ref}`);
      return resolve(target);
    }
    const [first] = schema.anyOf ?? schema.oneOf ?? [];
    if (first) return resolve(first);
    if (schema.allOf) return schema.allOf.map(resolve).reduce((all, one) => ({ ...all, ...one }), {});
    return schema;
  };
  return resolve;
}

const BY_FORMAT: Readonly<Record<string, string>> = {
  uuid: '0191e9a0-0000-7000-8000-000000000001',
  date: '2026-11-23',
  'date-time': '2026-11-23T01:02:03Z',
  uri: 'https://example.org/',
  email: 'a@example.org',
};

/**
 * A value that fits a schema, with its required members and those that are known.
 *
 * @param known gives values for members by name, for ids of things there are
 */
export function sample(schema: JsonSchema, resolve: Resolve, known: (name: string) => unknown, name = ''): unknown {
  const { type, ...one } = resolve(schema);
  const given = known(name);
  if (given !== undefined) return type === 'array' ? [given] : given;
  if (one.const !== undefined) return one.const;
  if (one.enum) return one.enum[0];
  switch (Array.isArray(type) ? (type as string[])[0] : type) {
    case 'object':
      return Object.fromEntries(
        Object.keys(one.properties ?? {})
          .filter((key) => one.required?.includes(key) === true || known(key) !== undefined)
          .map((key) => [key, sample(one.properties?.[key] ?? {}, resolve, known, key)]),
      );
    case 'array':
      return Array.from({ length: one.minItems ?? 0 }, () => sample(one.items ?? {}, resolve, known, name));
    case 'integer':
    case 'number':
      return Math.max(one.minimum ?? 1, 1);
    case 'boolean':
      return true;
    case 'string':
      return BY_FORMAT[one.format ?? ''] ?? 'a'.repeat(Math.max(one.minLength ?? 1, 4));
    default:
      return 'x';
  }
}
