/** Compares two published JSON Schemas of one message: a newer one may only gain optional fields. */
type Schema = {
  readonly type?: unknown;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly items?: Schema;
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly [keyword: string]: unknown;
};

/** @returns one line per break; empty when every message valid before is still valid and still says as much */
export function breaks(before: Schema, after: Schema, path = ''): string[] {
  const found: string[] = [];
  const here = path || '/';
  if (JSON.stringify(before.type) !== JSON.stringify(after.type)) found.push(`${here}: type changed`);
  if (JSON.stringify(before.const) !== JSON.stringify(after.const)) found.push(`${here}: const changed`);
  if (JSON.stringify(before.enum) !== JSON.stringify(after.enum)) {
    const missing = (before.enum ?? []).filter((value) => !(after.enum ?? []).includes(value));
    const added = (after.enum ?? []).filter((value) => !(before.enum ?? []).includes(value));
    if (missing.length > 0) found.push(`${here}: values removed: ${missing.join(', ')}`);
    if (added.length > 0 && before.enum)
      found.push(`${here}: values added that old consumers refuse: ${added.join(', ')}`);
  }
  for (const keyword of ['maxLength', 'maximum', 'maxItems', 'pattern', 'format']) {
    if (before[keyword] !== after[keyword]) found.push(`${here}: ${keyword} changed`);
  }
  for (const [name, schema] of Object.entries(before.properties ?? {})) {
    const now = after.properties?.[name];
    if (!now) found.push(`${path}/${name}: removed`);
    else found.push(...breaks(schema, now, `${path}/${name}`));
  }
  for (const name of after.required ?? []) {
    if (!(before.required ?? []).includes(name)) found.push(`${path}/${name}: became required`);
  }
  for (const name of before.required ?? []) {
    if (!(after.required ?? []).includes(name)) found.push(`${path}/${name}: became optional`);
  }
  if (before.items && after.items) found.push(...breaks(before.items, after.items, `${path}/*`));
  return found;
}
