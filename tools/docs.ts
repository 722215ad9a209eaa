/**
 * Writes every generated document under docs/; with --check it fails when one differs from what is committed, or when an
 * event's schema breaks a version published before.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { apiDocuments } from './api-documents.ts';
import { asyncApi } from './asyncapi.ts';
import { breaks } from './schema-compatibility.ts';

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

interface AsyncDocument {
  components: { messages: Record<string, { payload: { allOf: [unknown, { properties: { data: object } }] } }> };
}

/** Every version of the file that was ever committed counts as published. */
function publishedVersions(file: string): AsyncDocument[] {
  const git = (...args: string[]): string => spawnSync('git', args, { cwd: root, encoding: 'utf8' }).stdout;
  const commits = git('log', '--format=%H', '-n', '50', '--', file).split('\n').filter(Boolean);
  return commits.flatMap((commit) => {
    const text = git('show', `${commit}:${file}`);
    return text ? [JSON.parse(text) as AsyncDocument] : [];
  });
}

const events = asyncApi(version) as unknown as AsyncDocument;
put('docs/asyncapi.json', json(events));
for (const published of publishedVersions('docs/asyncapi.json')) {
  for (const [name, message] of Object.entries(published.components.messages)) {
    const now = events.components.messages[name];
    if (!now) faults.push(`${name}: published event is gone`);
    else {
      const [, before] = message.payload.allOf;
      const [, after] = now.payload.allOf;
      for (const line of breaks(before.properties.data as never, after.properties.data as never)) {
        faults.push(`${name}${line}: publish a new version of the event instead`);
      }
    }
  }
}

const api = await apiDocuments(version);
put('docs/openapi.json', json(api.openApi));
put('docs/problems.md', api.problemsPage);

for (const fault of new Set(faults)) console.error(fault);
if (faults.length > 0) process.exitCode = 1;
