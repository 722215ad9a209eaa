import { mkdir, open, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { AppendOnlyPlace } from './append-only-place.ts';

/** A folder of another machine, or one that only the platform may add to: the file system itself keeps nobody from changing it. */
export class FolderPlace implements AppendOnlyPlace {
  readonly kind = 'folder';

  constructor(private readonly folder: string) {}

  async add(name: string, content: string): Promise<void> {
    await this.install();
    const file = await open(join(this.folder, name), 'wx', 0o444);
    try {
      await file.writeFile(content);
      await file.sync();
    } finally {
      await file.close();
    }
    const folder = await open(this.folder);
    try {
      await folder.sync();
    } finally {
      await folder.close();
    }
  }

  async *all(): AsyncGenerator<string> {
    const names = await readdir(this.folder).catch((error: NodeJS.ErrnoException): string[] => {
      if (error.code === 'ENOENT') return [];
      throw error;
    });
    for (const name of names.toSorted()) {
      if (name.endsWith('.jsonl')) yield await readFile(join(this.folder, name), 'utf8');
    }
  }

  async install(): Promise<void> {
    await mkdir(this.folder, { recursive: true });
  }
}
