/** Compares two published JSON Schemas of one message: a newer one may only gain optional fields. */
export type Schema = {
  readonly $ref?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly items?: Schema;
  readonly enum?: readonly unknown[];
  readonly [keyword: string]: unknown;
};

/** Who wrote the message, and so what may change: an event is both written and read by others. */
export type Side = 'event' | 'request' | 'response';

export interface Comparison {
  readonly side: Side;
  /** Finds what a `$ref` of the older, of the newer document means. */
  readonly resolve: readonly [before: (ref: string) => Schema, after: (ref: string) => Schema];
}

const ANNOTATIONS = new Set(['$comment', 'default', 'deprecated', 'description', 'example', 'examples', 'title']);
const STRUCTURE = new Set(['$ref', 'additionalProperties', 'allOf', 'anyOf', 'enum', 'items', 'oneOf', 'properties', 'required']); // prettier-ignore
/** What a reader of an answer relies on; limits of what it may be told may change. */
const TOLD = new Set(['const', 'format', 'type']);

const none = (ref: string): never => {
  throw new Error(`nothing resolves ${ref}`);
};

/** @returns one line per break; empty when every message valid before is still valid and still says as much */
export function breaks(
  before: Schema,
  after: Schema,
  { side, resolve }: Comparison = { side: 'event', resolve: [none, none] },
): string[] {
  const found: string[] = [];
  const seen = new Set<string>();
  const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

  function compare(old: Schema | undefined, now: Schema | undefined, path: string): void {
    if (old?.$ref !== undefined || now?.$ref !== undefined) {
      const pair = `${old?.$ref} ${now?.$ref} ${old?.$ref && now?.$ref ? '' : path}`;
      if (seen.has(pair)) return;
      seen.add(pair);
      return compare(old?.$ref ? resolve[0](old.$ref) : old, now?.$ref ? resolve[1](now.$ref) : now, path);
    }
    const here = path || '/';
    if (!old || !now) {
      if (old !== now) found.push(`${here}: ${old ? 'removed' : 'added'}`);
      return;
    }
    for (const keyword of new Set([...Object.keys(old), ...Object.keys(now)])) {
      if (ANNOTATIONS.has(keyword) || STRUCTURE.has(keyword) || same(old[keyword], now[keyword])) continue;
      if (side !== 'response' || TOLD.has(keyword)) found.push(`${here}: ${keyword} changed`);
    }
    compareValues(old.enum, now.enum, here);
    compareMembers(old, now, path);
    compare(old.items, now.items, `${path}/*`);
    for (const keyword of ['allOf', 'anyOf', 'oneOf'] as const) {
      const [olds, nows] = [(old[keyword] ?? []) as Schema[], (now[keyword] ?? []) as Schema[]];
      if (olds.length !== nows.length) found.push(`${here}: ${keyword} changed`);
      else olds.forEach((one, index) => compare(one, nows[index], path));
    }
    const [rest, restNow] = [old.additionalProperties, now.additionalProperties];
    if (typeof rest === 'object' && typeof restNow === 'object')
      compare(rest as Schema, restNow as Schema, `${path}/*`);
    else if (!same(rest, restNow)) found.push(`${here}: additionalProperties changed`);
  }

  function compareValues(old: readonly unknown[] | undefined, now: readonly unknown[] | undefined, here: string): void {
    if (same(old, now)) return;
    const missing = (old ?? []).filter((value) => !(now ?? []).includes(value));
    const added = (now ?? []).filter((value) => !(old ?? []).includes(value));
    if (missing.length > 0 && side !== 'response') found.push(`${here}: values removed: ${missing.join(', ')}`);
    if (!old && side !== 'response') found.push(`${here}: values limited to ${added.join(', ')}`);
    if (old && added.length > 0 && side === 'event') {
      found.push(`${here}: values added that old consumers refuse: ${added.join(', ')}`);
    }
  }

  function compareMembers(old: Schema, now: Schema, path: string): void {
    for (const [name, schema] of Object.entries(old.properties ?? {})) {
      compare(schema, now.properties?.[name], `${path}/${name}`);
    }
    const [needed, neededNow] = [old.required ?? [], now.required ?? []];
    for (const name of neededNow) {
      if (side !== 'response' && !needed.includes(name)) found.push(`${path}/${name}: became required`);
    }
    for (const name of needed) {
      if (side !== 'request' && !neededNow.includes(name)) found.push(`${path}/${name}: became optional`);
    }
  }

  compare(before, after, '');
  return found;
}
