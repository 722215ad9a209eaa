import { createReadStream } from 'node:fs';
import { opendir } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { lstat } from 'node:fs/promises';
import { PackageProblem } from '../problem.ts';
import { CONTENTS_LIMITS } from '../input/contents.ts';
import type { ContentsLimits, PackageContents } from '../input/contents.ts';
import { DistinctPaths, assertSafePath } from '../input/path-rules.ts';

/** Opens a package that lies unpacked in a folder. Links and devices are refused, never followed. */
export async function openFolder(folder: string, limits: ContentsLimits = CONTENTS_LIMITS): Promise<PackageContents> {
  const root = resolve(folder);
  const files = new Map<string, number>();
  const distinct = new DistinctPaths();
  let total = 0;
  const walk = async (prefix: string): Promise<void> => {
    for await (const item of await opendir(join(root, prefix))) {
      const path = prefix === '' ? item.name : `${prefix}/${item.name}`;
      assertSafePath(path, limits);
      if (item.isDirectory()) await walk(path);
      else if (!item.isFile()) throw new PackageProblem('archive-package.link', 'not a plain file', { path });
      else {
        distinct.add(path);
        const { size } = await lstat(join(root, path));
        files.set(path, size);
        total += size;
        if (files.size > limits.maxFiles || total > limits.maxBytes) {
          throw new PackageProblem('archive-package.too-large', 'too many files or bytes');
        }
      }
    }
  };
  await walk('');
  return {
    folder: basename(root),
    files: new Map([...files].sort(([a], [b]) => (a < b ? -1 : 1))),
    open: async (path) => {
      if (!files.has(path)) throw new PackageProblem('archive-package.missing-file', 'no such file', { path });
      return createReadStream(join(root, path));
    },
    close: async () => undefined,
  };
}
