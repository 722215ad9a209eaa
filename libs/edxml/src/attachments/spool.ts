import { mkdtemp, open, rm } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A temporary file for bytes that must be looked at as a whole before anybody gets them. */
export class Spool {
  readonly file: FileHandle;
  readonly #folder: string;

  private constructor(folder: string, file: FileHandle) {
    this.#folder = folder;
    this.file = file;
  }

  static async open(parent = tmpdir()): Promise<Spool> {
    const folder = await mkdtemp(join(parent, 'edxml-'));
    return new Spool(folder, await open(join(folder, 'attachment'), 'wx+', 0o600));
  }

  async write(chunk: Uint8Array): Promise<void> {
    await this.file.writeFile(chunk);
  }

  /** The bytes from the start. */
  async *read(): AsyncGenerator<Buffer> {
    const buffer = Buffer.alloc(64 * 1024);
    for (let at = 0; ;) {
      const { bytesRead } = await this.file.read(buffer, 0, buffer.length, at);
      if (bytesRead === 0) return;
      at += bytesRead;
      yield Buffer.from(buffer.subarray(0, bytesRead));
    }
  }

  async remove(): Promise<void> {
    await this.file.close();
    await rm(this.#folder, { recursive: true, force: true });
  }
}
