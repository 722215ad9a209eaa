import { createWriteStream } from 'node:fs';
import { mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { PackagePlan } from '../plan-package.ts';
import { verifiedBytes } from '../output/verified.ts';

/**
 * Writes the package as a folder tree; the folder appears under its name only when it is complete.
 *
 * @returns path of the package's root folder
 */
export async function writeFolder(plan: PackagePlan, directory: string): Promise<string> {
  await mkdir(directory, { recursive: true });
  const work = await mkdtemp(join(directory, '.package-'));
  try {
    for (const entry of plan.entries) {
      const target = join(work, plan.folder, entry.path);
      await mkdir(dirname(target), { recursive: true });
      await pipeline(Readable.from(verifiedBytes(entry)), createWriteStream(target, { flags: 'wx', flush: true }));
    }
    const folder = join(directory, plan.folder);
    await rename(join(work, plan.folder), folder);
    return folder;
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}
