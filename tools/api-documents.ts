/**
 * The documents that come from the services' operations and problems: `docs/openapi.json` and `docs/problems.md`. The built
 * libraries are loaded, nothing is started.
 */
import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type * as Gateway from '../libs/gateway/feature/src/index.ts';
import type * as Http from '../libs/platform/http/src/index.ts';
import { build } from './build.ts';

const dist = resolve(import.meta.dirname, '..', 'dist');
const load = (file: string): Promise<unknown> => import(pathToFileURL(join(dist, file)).href);

export interface ApiDocuments {
  readonly openApi: object;
  readonly problemsPage: string;
}

/** @throws Error when two services use one path, or one schema id for different things */
export async function apiDocuments(version: string): Promise<ApiDocuments> {
  await build();
  const http = (await load('libs/platform/http/src/index.js')) as typeof Http;
  const folders = (await readdir(join(dist, 'libs'))).sort();
  const libraries = folders.flatMap((name) => [
    `libs/${name}/domain/src/index.js`,
    `libs/${name}/feature/src/index.js`,
  ]);
  const documents: Http.OpenApiDocument[] = [];
  for (const library of libraries.filter((file) => existsSync(join(dist, file)))) {
    const before = http.declaredOperations().length;
    await load(library);
    const operations = http.declaredOperations().slice(before);
    const info = { title: library, version };
    if (operations.length > 0) documents.push(http.buildOpenApi(info, operations) as unknown as Http.OpenApiDocument);
  }
  const gateway = (await load('libs/gateway/feature/src/index.js')) as typeof Gateway;
  return {
    openApi: gateway.platformOpenApi({ title: 'QLVB', version }, documents),
    problemsPage: http.problemsPage(),
  };
}
