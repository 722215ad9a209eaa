import { RESOURCES } from '@qlvb/gateway-feature';
import { CCCD_PROVINCES } from '@qlvb/vietnam';
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));

describe('the repository', () => {
  it('CID-34 holds no number that could be a citizen number', () => {
    // text files only (-I); exit code 1 means that nothing was found
    const { status, stdout } = spawnSync('git', ['grep', '-nIE', '--untracked', '\\b0[0-9]{11}\\b'], {
      cwd: root,
      encoding: 'utf8',
      maxBuffer: 64 * 1024 * 1024,
    });
    expect([0, 1]).toContain(status);
    const places = stdout.split('\n').filter(
      (line) =>
        // packages of the real exchange, already neutralised, stay byte for byte; the last group of a UUID is no number of a person
        !line.startsWith('libs/edxml/testing/samples/') &&
        [...line.matchAll(/(?<![0-9a-f]{4}-)\b0[0-9]{11}\b/g)].some(([number]) =>
          CCCD_PROVINCES.has(number.slice(0, 3)),
        ),
    );
    expect(places.map((line) => line.split(':').slice(0, 2).join(':'))).toEqual([]);
  });

  it('README leads from every resource of the gateway to the folder that answers for it, and from no other', () => {
    const rows = [
      ...readFileSync(join(root, 'README.md'), 'utf8').matchAll(
        /^\| (`[a-z-]+`(?:, `[a-z-]+`)*) +\| `(libs\/\S+)` +\|$/gm,
      ),
    ];
    const folders = new Map(
      rows.flatMap(([, names = '', folder = '']) =>
        names.split(', ').map((name) => [name.slice(1, -1), folder] as const),
      ),
    );
    const resources = Object.values(RESOURCES).flat();
    expect([...folders.keys()].toSorted()).toEqual(resources.toSorted());
    const declares = (folder: string, resource: string): boolean =>
      readdirSync(join(root, folder))
        .filter((file) => file.endsWith('.controller.ts'))
        .some((file) => new RegExp(`path: '/${resource}['/]`).test(readFileSync(join(root, folder, file), 'utf8')));
    expect([...folders].filter(([resource, folder]) => !declares(folder, resource))).toEqual([]);
  });
});
