import { Readable } from 'node:stream';
import type { ByteSource } from '../input/byte-source.ts';
import { openZip } from '../input/open-zip.ts';
import type { PackageContents } from '../input/contents.ts';
import { zipPackage } from '../output/zip.ts';
import { planPackage } from '../plan-package.ts';
import type { DossierPackage } from '../model.ts';
import { PackageProblem } from '../problem.ts';

export const bytesSource = (bytes: Buffer): ByteSource => ({
  sizeBytes: bytes.length,
  read: (start, end) => Readable.from([bytes.subarray(start, end)]),
});

export async function zipBytesOf(pack: DossierPackage): Promise<Buffer> {
  return Buffer.concat(await zipPackage(planPackage(pack)).toArray());
}

/** The files of a package in memory, which a test may change before it is opened again. */
export async function filesOf(pack: DossierPackage): Promise<{ folder: string; files: Map<string, Buffer> }> {
  const plan = planPackage(pack);
  const files = new Map<string, Buffer>();
  for (const entry of plan.entries) files.set(entry.path, Buffer.concat(await (await entry.open()).toArray()));
  return { folder: plan.folder, files };
}

export function contentsOf({ folder, files }: { folder: string; files: Map<string, Buffer> }): PackageContents {
  return {
    folder,
    files: new Map(
      [...files].map(([path, bytes]) => [path, bytes.length] as const).sort(([a], [b]) => (a < b ? -1 : 1)),
    ),
    open: async (path) => {
      const bytes = files.get(path);
      if (!bytes) throw new PackageProblem('archive-package.missing-file', 'no such file', { path });
      return Readable.from([bytes], { objectMode: false });
    },
    close: async () => undefined,
  };
}

export const openBytes = (bytes: Buffer): Promise<PackageContents> => openZip(bytesSource(bytes));
