import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { newService } from './new-service.ts';

const root = resolve(import.meta.dirname, '..');

describe('a new service', () => {
  const copy = mkdtempSync(join(tmpdir(), 'qlvb-new-service-'));
  afterAll(() => rmSync(copy, { recursive: true, force: true }));
  const run = (program: string, ...args: string[]): string => {
    const { stdout, stderr, status } = spawnSync(process.execPath, [join(copy, 'node_modules', program), ...args], {
      cwd: copy,
      encoding: 'utf8',
      env: { ...process.env, NX_DAEMON: 'false' },
    });
    return status === 0 ? '' : `${stdout}${stderr}`;
  };

  beforeAll(() => {
    for (const part of ['apps', 'libs', 'tools', 'deploy']) {
      const keep = (path: string): boolean => !/node_modules|\/data\//.test(path.slice(root.length));
      cpSync(join(root, part), join(copy, part), { recursive: true, filter: keep });
    }
    for (const file of [
      'package.json',
      'nx.json',
      'tsconfig.base.json',
      'tsconfig.json',
      'eslint.config.mjs',
      '.swcrc',
      'jest.config.mjs',
      '.prettierrc',
      '.prettierignore',
    ])
      cpSync(join(root, file), join(copy, file), { force: true });
    symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'));
    newService(copy, 'inspections');
  }, 60_000);

  it('is right in types and format, and its own first tests pass on real servers', () => {
    const own = ['apps/inspections/**/*.ts', 'libs/inspections/**/*.ts'];
    writeFileSync(join(copy, 'tsconfig.own.json'), JSON.stringify({ extends: './tsconfig.json', include: own }));
    expect(run('typescript/bin/tsc', '--noEmit', '-p', 'tsconfig.own.json')).toBe('');
    expect(
      run('prettier/bin/prettier.cjs', '--write', '--log-level', 'warn', 'apps/inspections', 'libs/inspections'),
    ).toBe('');
    const { status, stderr } = spawnSync(
      process.execPath,
      [
        '--experimental-vm-modules',
        ...['--import', join(copy, 'libs/platform/testing/src/aliases.mjs')],
        join(copy, 'node_modules/jest/bin/jest.js'),
        '--selectProjects',
        'unit',
        'service',
        '--testPathPatterns',
        'inspections',
      ],
      { cwd: copy, encoding: 'utf8', env: process.env },
    );
    expect([status, status === 0 ? '' : stderr]).toEqual([0, '']);
    expect(stderr).toMatch(/Tests: +11 passed, 11 total/);
  }, 180_000);

  it('keeps to the rules of lint and module boundaries', () => {
    expect(run('eslint/bin/eslint.js', 'apps/inspections', 'libs/inspections')).toBe('');
  }, 180_000);

  it('is not made over another, nor under a bad name', () => {
    expect(() => newService(copy, 'documents')).toThrow('apps/documents is there already');
    expect(() => newService(copy, 'New-Service')).toThrow('is no service name');
  });
});
