import { createWriteStream } from 'node:fs';
import { mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { PackagePlan } from '../plan-package.ts';
import { verifiedBytes } from './verified.ts';

/** Takes the files of a package one after the other. */
export interface PackageSink {
  /** @param path relative to the folder that holds packages, starting with the package's root folder */
  write(path: string, contents: Readable): Promise<void>;
}

/** Hands every file of the package to the sink, verified while it streams. */
export async function writePackage(plan: PackagePlan, sink: PackageSink): Promise<void> {
  for (const entry of plan.entries) {
    await sink.write(`${plan.folder}/${entry.path}`, Readable.from(verifiedBytes(entry)));
  }
}

/**
 * Writes the package as a folder tree; the folder appears under its name only when it is complete.
 *
 * @returns path of the package's root folder
 */
export async function writeFolder(plan: PackagePlan, directory: string): Promise<string> {
  await mkdir(directory, { recursive: true });
  const work = await mkdtemp(join(directory, '.package-'));
  try {
    await writePackage(plan, {
      write: async (path, contents) => {
        const target = join(work, path);
        await mkdir(dirname(target), { recursive: true });
        await pipeline(contents, createWriteStream(target, { flags: 'wx', flush: true }));
      },
    });
    const folder = join(directory, plan.folder);
    await rename(join(work, plan.folder), folder);
    return folder;
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}
