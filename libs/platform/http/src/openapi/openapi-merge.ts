import type { OpenApiInfo } from './openapi.ts';

type Json = Record<string, unknown>;

/** An OpenAPI document as `buildOpenApi` makes it. */
export interface OpenApiDocument {
  readonly info?: Json;
  readonly tags?: readonly { readonly name: string }[];
  readonly paths: Json;
  readonly components: Readonly<Record<string, Json>>;
}

/**
 * One document of several services. What two services share (the problem schema, say) must be the same in both.
 *
 * @throws Error naming a path or component that two services define differently
 */
export function mergeOpenApi(info: OpenApiInfo, documents: readonly OpenApiDocument[]): Json {
  const components: Record<string, Json> = {};
  const paths: Json = {};
  for (const document of documents) {
    for (const [path, item] of Object.entries(document.paths)) addOnce(paths, path, item, false);
    for (const [kind, entries] of Object.entries(document.components)) {
      const target = (components[kind] ??= {});
      for (const [name, value] of Object.entries(entries)) addOnce(target, name, value, true);
    }
  }
  const description = info.description ?? documents.find((document) => document.info)?.info?.['description'];
  const tags = new Set(documents.flatMap((document) => (document.tags ?? []).map((tag) => tag.name)));
  return {
    openapi: '3.1.1',
    info: { ...info, ...(description === undefined ? {} : { description }) },
    servers: [{ url: '/' }],
    tags: [...tags].sort().map((name) => ({ name })),
    paths: sorted(paths),
    components: Object.fromEntries(Object.entries(components).map(([kind, entries]) => [kind, sorted(entries)])),
  };
}

function addOnce(target: Json, name: string, value: unknown, mayRepeat: boolean): void {
  const known = target[name];
  const same = mayRepeat && JSON.stringify(known) === JSON.stringify(value);
  if (known !== undefined && !same) throw new Error(`two services define ${name} differently`);
  target[name] = value;
}

const sorted = (entries: Json): Json =>
  Object.fromEntries(Object.entries(entries).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)));
