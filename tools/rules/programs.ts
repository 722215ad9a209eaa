import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { Reachability } from './reachability.ts';
import type { CodeNode, Source } from './reachability.ts';

/** The sources of the repository but tests. */
export function readSources(root: string): Source[] {
  const files = globSync('{apps,libs,tools,bench}/**/*.ts', {
    cwd: root,
    exclude: (name) => ['node_modules', 'dist'].includes(name),
  });
  return files
    .map((file) => file.split('\\').join('/'))
    .toSorted()
    .map((file) => ({ file, code: readFileSync(join(root, file), 'utf8') }));
}

const isTest = (file: string): boolean => /spec\.ts$/.test(file);

function aliasesOf(root: string): ReadonlyMap<string, string> {
  const text = readFileSync(join(root, 'tsconfig.base.json'), 'utf8');
  const { compilerOptions } = ts.parseConfigFileTextToJson('tsconfig.base.json', text).config as {
    compilerOptions: { paths: Record<string, string[]> };
  };
  return new Map(Object.entries(compilerOptions.paths).map(([name, [path]]) => [name, (path ?? '').replace('./', '')]));
}

/** What is deployed: services, operator, launcher, and what the operator starts of a service. */
const isProgram = (file: string): boolean =>
  /^apps\/(?!e2e\/)[^/]+\/src\/main\.ts$/.test(file) || file === 'apps/identity/src/create-administrator.ts';
/** What else is run by hand or by CI. */
const isTool = (file: string): boolean =>
  /^tools\/[^/]+\.ts$|^bench\/main\.ts$|^apps\/e2e\/src\/chaos\/main\.ts$/.test(file);

/** What the deployed programs reach: only that carries rules. */
export function reachedByPrograms(root: string, sources: readonly Source[]): Reachability {
  const code = sources.filter(({ file }) => !isTest(file));
  return new Reachability(code, aliasesOf(root)).from(code.map(({ file }) => file).filter(isProgram));
}

/** Declarations of libraries that neither program nor tool reaches; parts for tests left out. */
export function unreached(root: string, sources: readonly Source[]): CodeNode[] {
  const code = sources.filter(({ file }) => !isTest(file));
  const reach = new Reachability(code, aliasesOf(root)).from(
    code.map(({ file }) => file).filter((file) => isProgram(file) || isTool(file)),
  );
  return reach
    .nodes()
    .filter((node) => node.file.startsWith('libs/') && !/(?:\/|-)testing\/|\/testing\./.test(node.file))
    .filter((node) => !reach.isReached(node));
}

/** `libs/x/src/file.ts#name`, a whole file, or a folder `libs/x/src/` → the capability that will use it. */
export type ReadyFor = Readonly<Record<string, string>>;

const nameOf = ({ file, name }: CodeNode): string => `${file}#${name}`;

/** More than these would be a second way of keeping dead code. */
const MAX_READY = 8;
/** Whoever writes such a reason has named no capability that somebody waits for. */
const NO_CAPABILITY = /\b(?:tests?|testing|same)\b(?! capability)|^.{0,19}$/i;

/**
 * @returns one line per declaration that only tests reach, per entry of the list that nothing needs any more or that names no
 *   capability, and one when the list is long
 */
export function unreachedFaults(dead: readonly CodeNode[], ready: ReadyFor): string[] {
  const used = new Set<string>();
  const left = dead.filter((node) => {
    const entry = Object.keys(ready).find((key) =>
      key.endsWith('/') ? node.file.startsWith(key) : key === node.file || key === nameOf(node),
    );
    if (entry) used.add(entry);
    return !entry;
  });
  return [
    ...left.map((node) => `${nameOf(node)} (${node.lines} lines) is reached by tests alone: use it or delete it`),
    ...Object.keys(ready)
      .filter((entry) => !used.has(entry))
      .map((entry) => `docs/ready-for.json names ${entry}, which is used or gone: take it off the list`),
    ...Object.entries(ready)
      .filter(([, capability]) => NO_CAPABILITY.test(capability))
      .map(([entry]) => `docs/ready-for.json names no capability for ${entry}`),
    ...(Object.keys(ready).length > MAX_READY ? [`docs/ready-for.json has more than ${MAX_READY} entries`] : []),
  ];
}
