import { readFileSync } from 'node:fs';
import { join } from 'node:path';

describe('workspace', () => {
  it('keeps every @nx package and nx itself at one exact version', () => {
    const manifest = JSON.parse(readFileSync(join(process.cwd(), 'package.json'), 'utf8')) as Record<
      'dependencies' | 'devDependencies',
      Record<string, string>
    >;
    const all = { ...manifest.dependencies, ...manifest.devDependencies };
    const versions = new Set(
      Object.keys(all)
        .filter((name) => name === 'nx' || name.startsWith('@nx/'))
        .map((name) => all[name]),
    );
    expect(versions.size).toBe(1);
    for (const [name, version] of Object.entries(all))
      expect(`${name}@${version}`).toMatch(/@\d+\.\d+\.\d+(-[\w.]+)?$/);
  });
});
