/**
 * `npm run new-service -- <name> [--root <folder>]`: makes a service that looks like the others – domain, feature,
 * application, migration, tests, README – with one resource to begin from, and enters it where services are listed.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { serviceFiles } from './new-service/templates.ts';

/** @returns the files that were made or changed, relative to the workspace @throws Error in one sentence */
export function newService(root: string, name: string): string[] {
  if (!/^[a-z][a-z]{2,19}$/.test(name)) throw new Error(`"${name}" is no service name: 3 to 20 small letters`);
  if (existsSync(join(root, 'apps', name))) throw new Error(`apps/${name} is there already`);
  const made = serviceFiles(name, Date.now());
  for (const [file, text] of Object.entries(made)) {
    const path = join(root, file);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
  }
  const entered = entries(name).map(([file, before, after]) => {
    const path = join(root, file);
    const text = readFileSync(path, 'utf8');
    if (!text.includes(before)) throw new Error(`${file} no longer holds "${before}": enter ${name} there by hand`);
    writeFileSync(path, text.replace(before, after));
    return file;
  });
  return [...Object.keys(made), ...new Set(entered)];
}

/** Where services are listed: file, what stands there, what stands there afterwards. */
function entries(name: string): [string, string, string][] {
  const path = (part: string): string => `"@qlvb/${name}-${part}": ["./libs/${name}/${part}/src/index.ts"],\n      `;
  return [
    ['tsconfig.base.json', '"@qlvb/archive-domain"', `${path('domain')}${path('feature')}"@qlvb/archive-domain"`],
    ['eslint.config.mjs', `'archive'];`, `'archive', '${name}'];`],
    [
      'libs/contracts/src/permissions.ts',
      `  'agencies.manage',\n`,
      `  'agencies.manage',\n  '${name}.manage',\n  '${name}.read',\n`,
    ],
    [
      'libs/contracts/src/labels/identity.ts',
      `  'agencies.manage': `,
      `  '${name}.manage': { vi: 'Quản lý ${name}', en: 'Manage ${name}' },\n` +
        `  '${name}.read': { vi: 'Xem ${name}', en: 'See ${name}' },\n  'agencies.manage': `,
    ],
    ['libs/shared/installation/src/services.ts', `'archive']`, `'archive', '${name}']`],
    ['deploy/prometheus/prometheus.yml', 'exchange, archive]', `exchange, archive, ${name}]`],
  ];
}

const REMAINING = (name: string): string => `
Còn lại (what remains):
  libs/contracts/src/permissions.ts      which roles may ${name}.read and ${name}.manage
  libs/contracts/src/labels/identity.ts  what these rights are called, in Vietnamese above all
  libs/gateway/feature/src/routes.ts     its resources behind the gateway
  docker-compose.yml                     its container; tools/deployment.spec.ts tells what is missing
  README.md                              its line in the map
  npm run format && npm run docs && npm test
`;

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { root: { type: 'string', default: resolve(import.meta.dirname, '..') } },
  });
  try {
    const [name = ''] = positionals;
    for (const file of newService(values.root, name)) console.log(`  ${file}`);
    console.log(REMAINING(name));
  } catch (error) {
    console.error(error instanceof Error ? error.message : String(error));
    process.exitCode = 1;
  }
}
