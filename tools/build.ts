/**
 * Compiles apps/, bench/ and libs/ with SWC into dist/, one output file per source file, and links every library as the package
 * `@qlvb/<name>` in dist/node_modules, so that the built tree resolves its own libraries without a loader.
 * A file whose output is newer than itself (and than the compiler settings) is left alone.
 */
import { transformFile } from '@swc/core';
import { copyFile, glob, mkdir, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');
const out = join(root, 'dist');
const settings = ['.swcrc', 'tsconfig.base.json', 'package.json', 'tools/build.ts'];
const isTest = /\.(spec|integration-spec|e2e-spec|journey-spec)\.ts$/;
const isAsset = /\.(sql|json|html|css|js|ttf|png|xsd|xml|lua|svg|txt|pem)$/;

const modifiedAt = async (path: string): Promise<number> => (await stat(path).catch(() => undefined))?.mtimeMs ?? 0;

/** Brings dist/ up to date with the sources; returns how many files were written. */
export async function build(): Promise<number> {
  const settingsAt = Math.max(...(await Promise.all(settings.map((file) => modifiedAt(join(root, file))))));
  const wanted = new Set<string>();
  let written = 0;

  const compile = async (file: string): Promise<void> => {
    const source = join(root, file);
    const target = join(out, file.replace(/\.ts$/, '.js'));
    wanted.add(target).add(`${target}.map`);
    const sourceAt = Math.max(await modifiedAt(source), settingsAt);
    if ((await modifiedAt(target)) >= sourceAt) return;
    const { code, map } = await transformFile(source, { cwd: root, sourceFileName: source });
    await mkdir(dirname(target), { recursive: true });
    await writeFile(target, `${code}\n//# sourceMappingURL=${target.split('/').pop()}.map\n`);
    if (map) await writeFile(`${target}.map`, map);
    written += 1;
  };

  const copy = async (file: string): Promise<void> => {
    const source = join(root, file);
    const target = join(out, file);
    wanted.add(target);
    const sourceStat = await stat(source);
    if ((await modifiedAt(target)) >= sourceStat.mtimeMs) return;
    await mkdir(dirname(target), { recursive: true });
    await copyFile(source, target);
    await utimes(target, sourceStat.atime, sourceStat.mtime);
    written += 1;
  };

  const jobs: Promise<void>[] = [];
  for await (const file of glob('{apps,bench,libs}/**/*', {
    cwd: root,
    exclude: (name) => name === 'node_modules' || name === 'project.json',
  })) {
    if (file.endsWith('.ts') && !isTest.test(file)) jobs.push(compile(file));
    else if (isAsset.test(file)) jobs.push(copy(file));
  }
  await Promise.all(jobs);
  await linkLibraries(wanted);

  for await (const file of glob('{apps,bench,libs}/**/*', { cwd: out })) {
    const path = join(out, file);
    if (!wanted.has(path) && (await stat(path)).isFile()) await rm(path);
  }
  return written;
}

async function linkLibraries(wanted: Set<string>): Promise<void> {
  const { compilerOptions } = JSON.parse(await readFile(join(root, 'tsconfig.base.json'), 'utf8')) as {
    compilerOptions: { paths: Record<string, [string]> };
  };
  for (const [name, [path]] of Object.entries(compilerOptions.paths)) {
    const entry = join(out, path.replace(/\.ts$/, '.js'));
    if (!wanted.has(entry)) continue;
    const folder = join(out, 'node_modules', name);
    await mkdir(folder, { recursive: true });
    const target = `../../../${path.replace(/^\.\//, '').replace(/\.ts$/, '.js')}`;
    await writeFile(join(folder, 'package.json'), JSON.stringify({ name, type: 'module', main: 'index.js' }));
    await writeFile(join(folder, 'index.js'), `export * from '${target}';\n`);
  }
  // What is built says its version wherever it is copied to.
  const { version } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8')) as { version: string };
  await writeFile(join(out, 'package.json'), JSON.stringify({ type: 'module', version }));
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const started = Date.now();
  const written = await build();
  console.log(`built dist/: ${written} files in ${Date.now() - started} ms`);
}
