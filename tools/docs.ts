/**
 * Writes every generated document under docs/; with --check it fails when one differs from what is committed. Either way it
 * fails when an event breaks a version published before, or the API what was last committed of the same release series.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { apiDocuments } from './api-documents.ts';
import { asyncApi } from './asyncapi.ts';
import { apiBreaks, eventBreaks, mustKeep, publishedVersions } from './published-documents.ts';
import type { AsyncDocument, OpenDocument } from './published-documents.ts';

const root = resolve(import.meta.dirname, '..');
const check = process.argv.includes('--check');
const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };
const faults: string[] = [];

const json = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;

function put(file: string, text: string): void {
  const path = join(root, file);
  const old = existsSync(path) ? readFileSync(path, 'utf8') : '';
  if (old === text) return;
  if (check) faults.push(`${file} is out of date: run npm run docs`);
  else writeFileSync(path, text);
}

// Compared before anything is written: what lies there now counts as published too.
const events = asyncApi(version) as unknown as AsyncDocument;
for (const published of publishedVersions<AsyncDocument>(root, 'docs/asyncapi.json', 1000)) {
  faults.push(...eventBreaks(published, events).map((line) => `${line}: publish a new version of the event instead`));
}
const api = await apiDocuments(version);
const described = JSON.parse(json(api.openApi)) as OpenDocument;
for (const published of publishedVersions<OpenDocument>(root, 'docs/openapi.json', 2)) {
  if (!mustKeep(published.info.version, version)) continue;
  faults.push(...apiBreaks(published, described).map((line) => `${line}: breaks the API that was last committed`));
}
put('docs/asyncapi.json', json(events));
put('docs/openapi.json', json(api.openApi));
put('docs/problems.md', api.problemsPage);

for (const fault of new Set(faults)) console.error(fault);
if (faults.length > 0) process.exitCode = 1;
