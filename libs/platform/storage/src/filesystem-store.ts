import { createReadStream } from 'node:fs';
import { access, constants, mkdir, open, readdir, rename, rm, stat, utimes } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { Readable } from 'node:stream';
import { newId } from '@qlvb/shared-domain';
import { writeDraft } from './draft.ts';
import { digestOf } from './object-key.ts';
import { collect, Verifier } from './object-store.ts';
import type { ByteRange, ObjectRef, ObjectStore, PutOptions, StoredObject } from './object-store.ts';
import { ObjectMissing } from './storage.problems.ts';

/** Objects as files of one machine: written aside, synced, renamed into place, folder synced. */
export class FilesystemStore implements ObjectStore {
  readonly driver = 'filesystem';
  readonly #root: string;
  readonly #staging: string;
  /** Folders of objects known to survive a power cut; at most 65,792. */
  readonly #durable = new Set<string>();

  constructor(folder: string) {
    this.#root = resolve(folder);
    this.#staging = join(this.#root, 'staging');
  }

  async put(source: Readable, options: PutOptions): Promise<StoredObject> {
    await mkdir(this.#staging, { recursive: true });
    const path = join(this.#staging, newId());
    try {
      const object = await this.#write(path, source, options);
      const target = join(this.#root, object.key);
      await this.#makeFolder(dirname(target));
      // The same bytes may be there already: replacing them by themselves is harmless and heals a damaged copy.
      await rename(path, target);
      await sync(dirname(target));
      return object;
    } catch (error) {
      await rm(path, { force: true });
      throw error;
    }
  }

  async get(ref: ObjectRef, range?: ByteRange): Promise<Readable> {
    const file = this.#path(ref);
    const size = await this.size(ref);
    if (range) {
      if (range.start >= size) throw new RangeError(`${ref.key} ends before byte ${range.start}`);
      return createReadStream(file, { start: range.start, end: range.end });
    }
    const verifier = new Verifier(ref.key);
    // Errors reach the reader through the verifier, which pipeline destroys with them.
    pipeline(createReadStream(file), verifier).catch((error: unknown) => verifier.destroy(error as Error));
    return verifier;
  }

  async readSmall(ref: ObjectRef, maxBytes: number): Promise<Buffer> {
    return collect(await this.get(ref), maxBytes);
  }

  async size(ref: ObjectRef): Promise<number> {
    try {
      return (await stat(this.#path(ref))).size;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') throw ObjectMissing({ key: ref.key }, { cause: error });
      throw error;
    }
  }

  async erase(ref: ObjectRef): Promise<void> {
    const file = this.#path(ref);
    await rm(file, { force: true });
    await sync(dirname(file)).catch((error: NodeJS.ErrnoException) => {
      // Where the folder is not there, neither was the object.
      if (error.code !== 'ENOENT') throw error;
    });
  }

  async sweep(olderThanMs: number): Promise<number> {
    await mkdir(this.#staging, { recursive: true });
    let removed = 0;
    for (const name of await readdir(this.#staging)) {
      const file = join(this.#staging, name);
      const found = await stat(file).catch((gone: NodeJS.ErrnoException) => {
        if (gone.code === 'ENOENT') return undefined;
        throw gone;
      });
      if (!found || Date.now() - found.mtimeMs < olderThanMs) continue;
      await rm(file, { force: true });
      removed += 1;
    }
    return removed;
  }

  async check(): Promise<void> {
    await mkdir(this.#staging, { recursive: true });
    await access(this.#staging, constants.W_OK);
    await utimes(this.#staging, new Date(), new Date());
  }

  async #write(path: string, source: Readable, options: PutOptions): Promise<StoredObject> {
    const file = await open(path, 'wx+', 0o440);
    try {
      const { object } = await writeDraft(source, file, options);
      await file.sync();
      return object;
    } finally {
      await file.close();
    }
  }

  #path(ref: ObjectRef): string {
    digestOf(ref.key);
    return join(this.#root, ref.key);
  }

  async #makeFolder(folder: string): Promise<void> {
    if (this.#durable.has(folder)) return;
    await mkdir(folder, { recursive: true });
    // Also what another process has just made: it may not have got as far as making it durable.
    for (let made = folder; made.length > this.#root.length; made = dirname(made)) await sync(dirname(made));
    this.#durable.add(folder);
  }
}

/** Makes a folder's entries durable. */
async function sync(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
