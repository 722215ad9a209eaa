import type { z } from 'zod';

type Schema = z.core.$ZodType;
type Definition = { readonly type: string } & Record<string, unknown>;

const WRAPPERS = new Set(['optional', 'nullable', 'default', 'prefault', 'nonoptional', 'catch', 'readonly']);

/** The schema that decides the type, below optional, default, pipe and the like. */
export function baseSchema(schema: Schema): Schema {
  const def = schema._zod.def as unknown as Definition;
  if (WRAPPERS.has(def.type)) return baseSchema(def.innerType as Schema);
  if (def.type === 'lazy') return baseSchema((def.getter as () => Schema)());
  if (def.type === 'pipe') {
    const input = def.in as Schema;
    return baseSchema(input._zod.def.type === 'transform' ? (def.out as Schema) : input);
  }
  return schema;
}

/**
 * Turns text from the environment, a query or a path into what the schema expects, strictly: `12` but not `12abc`, `true`
 * but not `yes`. Text that does not fit stays text, so that the schema itself reports it.
 *
 * @param list how a list is written in one text; without it a text becomes a list of one
 */
export function fromText(schema: Schema, value: unknown, list?: RegExp): unknown {
  const base = baseSchema(schema);
  const def = base._zod.def as unknown as Definition;
  if (def.type === 'array') {
    const items = Array.isArray(value) ? (value as unknown[]) : splitList(value, list);
    return Array.isArray(items) ? items.map((item) => fromText(def.element as Schema, item)) : items;
  }
  if (typeof value !== 'string') return value;
  if (def.type === 'number') return /^-?\d{1,16}(\.\d+)?$/.test(value) ? Number(value) : value;
  if (def.type === 'boolean') return value === 'true' ? true : value === 'false' ? false : value;
  if (def.type === 'union') return fromTextUnion(def.options as readonly Schema[], value, list);
  return value;
}

function splitList(value: unknown, list: RegExp | undefined): unknown {
  if (typeof value !== 'string') return value;
  if (!list) return [value];
  return value.trim() === '' ? [] : value.split(list).map((item) => item.trim());
}

function fromTextUnion(options: readonly Schema[], value: string, list: RegExp | undefined): unknown {
  for (const option of options) {
    const converted = fromText(option, value, list);
    if (converted !== value) return converted;
  }
  return value;
}
