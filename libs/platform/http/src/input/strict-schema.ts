import { z } from 'zod';

type Schema = z.core.$ZodType;
type Definition = Record<string, unknown> & { readonly type: string };

const rebuilt = new WeakMap<Schema, Schema>();

/**
 * The same schema with every object, at any depth, refusing members it does not know. Zod drops them by default, and a
 * member that is dropped in silence is a misspelt one that the caller believes was stored.
 *
 * @source SEC-Z03
 */
export function strict<S extends Schema>(schema: S): S {
  const known = rebuilt.get(schema);
  if (known) return known as S;
  const def = schema._zod.def as unknown as Definition;
  const changes = strictParts(def);
  const result = changes ? z.core.clone(schema, { ...def, ...changes } as never) : schema;
  rebuilt.set(schema, result);
  return result;
}

function strictParts(def: Definition): Record<string, unknown> | undefined {
  switch (def.type) {
    case 'object':
      return { shape: strictShape(def.shape as Record<string, Schema>), catchall: def.catchall ?? z.never() };
    case 'array':
      return { element: strict(def.element as Schema) };
    case 'optional':
    case 'nullable':
    case 'default':
    case 'prefault':
    case 'nonoptional':
    case 'catch':
    case 'readonly':
      return { innerType: strict(def.innerType as Schema) };
    case 'union':
      return { options: (def.options as Schema[]).map(strict) };
    case 'tuple':
      return { items: (def.items as Schema[]).map(strict) };
    case 'record':
      return { valueType: strict(def.valueType as Schema) };
    case 'pipe':
      return { in: strict(def.in as Schema), out: strict(def.out as Schema) };
    case 'lazy':
      return { getter: () => strict((def.getter as () => Schema)()) };
    default:
      return undefined;
  }
}

/** Members are rebuilt when first asked for, because a recursive object refers to itself. */
function strictShape(shape: Record<string, Schema>): Record<string, Schema> {
  const result = {};
  for (const key of Object.keys(shape)) {
    Object.defineProperty(result, key, { enumerable: true, get: () => strict(shape[key] as Schema) });
  }
  return result;
}
