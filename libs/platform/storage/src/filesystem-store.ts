import { createReadStream } from 'node:fs';
import { access, constants, mkdir, open, readdir, rename, rm, stat, utimes } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { Readable } from 'node:stream';
import { newId } from '@qlvb/shared-domain';
import { writeDraft } from './draft.ts';
import { digestOf } from './object-key.ts';
import { collect, Verifier } from './object-store.ts';
import type { ByteRange, ObjectRef, ObjectStore, PutOptions, StoredObject } from './object-store.ts';
import { ObjectCorrupt, ObjectMissing, StoreUnavailable } from './storage.problems.ts';
import { assertWhole, VerifiedObjects } from './verified-objects.ts';

/** Stands in the root of a store: a folder without it is no store, such as the empty place of a disk that is not mounted. */
export const STORE_MARKER = '.qlvb-store';

/** How often a copy may change while it is being looked at. */
const ATTEMPTS = 3;

/** Objects as files of one machine: written aside, synced, renamed into place, folder synced. */
export class FilesystemStore implements ObjectStore {
  readonly driver = 'filesystem';
  readonly #root: string;
  readonly #staging: string;
  /** Folders of objects known to survive a power cut; at most 65,792. */
  readonly #durable = new Set<string>();
  readonly #verified = new VerifiedObjects();

  constructor(folder: string) {
    this.#root = resolve(folder);
    this.#staging = join(this.#root, 'staging');
  }

  async put(source: Readable, options: PutOptions): Promise<StoredObject> {
    try {
      await this.#assertThere();
      await makeOne(this.#staging);
      return await this.#put(source, options);
    } catch (error) {
      source.destroy();
      throw await this.#faultOf(error);
    }
  }

  async get(ref: ObjectRef, range?: ByteRange): Promise<Readable> {
    if (range) return this.#part(ref, range);
    const file = this.#path(ref);
    await this.size(ref);
    const verifier = new Verifier(ref.key);
    // Errors reach the reader through the verifier, which pipeline destroys with them.
    pipeline(createReadStream(file), verifier).catch((error: unknown) => verifier.destroy(error as Error));
    return verifier;
  }

  async verify(ref: ObjectRef): Promise<void> {
    const { file } = await this.#openVerified(ref);
    await file.close();
  }

  /** A file system cannot lock. */
  lock(ref: ObjectRef): Promise<void> {
    return this.verify(ref);
  }

  async readSmall(ref: ObjectRef, maxBytes: number): Promise<Buffer> {
    return collect(await this.get(ref), maxBytes);
  }

  async size(ref: ObjectRef): Promise<number> {
    const file = this.#path(ref);
    await this.#assertThere();
    try {
      return (await stat(file)).size;
    } catch (error) {
      throw await this.#faultOf(error, ref);
    }
  }

  async erase(ref: ObjectRef): Promise<void> {
    const file = this.#path(ref);
    await this.#assertThere();
    await rm(file, { force: true });
    this.#verified.forget(ref.key);
    await sync(dirname(file)).catch((error: NodeJS.ErrnoException) => {
      // Where the folder is not there, neither was the object.
      if (error.code !== 'ENOENT') throw error;
    });
  }

  async sweep(olderThanMs: number): Promise<number> {
    await this.#assertThere();
    await makeOne(this.#staging);
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
    await this.#assertThere();
    await makeOne(this.#staging);
    await access(this.#staging, constants.W_OK);
    await utimes(this.#staging, new Date(), new Date());
  }

  async install(): Promise<void> {
    await mkdir(this.#staging, { recursive: true });
    try {
      const marker = await open(join(this.#root, STORE_MARKER), 'wx', 0o440);
      try {
        await marker.writeFile(`${JSON.stringify({ store: newId(), installedAt: new Date().toISOString() })}\n`);
        await marker.sync();
      } finally {
        await marker.close();
      }
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
    await sync(this.#root);
  }

  async isThere(): Promise<boolean> {
    const names = await readdir(this.#root).catch((error: NodeJS.ErrnoException): string[] => {
      if (error.code === 'ENOENT') return [];
      throw error;
    });
    return [STORE_MARKER, 'sha256', 'staging'].some((name) => names.includes(name));
  }

  async #put(source: Readable, options: PutOptions): Promise<StoredObject> {
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

  async #part(ref: ObjectRef, { start, end }: ByteRange): Promise<Readable> {
    const { file, sizeBytes } = await this.#openVerified(ref);
    if (start >= sizeBytes) {
      await file.close();
      throw new RangeError(`${ref.key} ends before byte ${start}`);
    }
    return file.createReadStream({ start, end });
  }

  /** The file, open, of whose bytes it is known that they are the object's. */
  async #openVerified(ref: ObjectRef): Promise<{ file: FileHandle; sizeBytes: number }> {
    for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
      const right = await this.#verified.stamp(ref.key, () => this.#readWhole(ref));
      const file = await this.#open(ref);
      const { stamp, sizeBytes } = await stampOf(file);
      if (stamp === right) return { file, sizeBytes };
      await file.close();
      this.#verified.forget(ref.key);
    }
    throw ObjectCorrupt({ key: ref.key });
  }

  async #readWhole(ref: ObjectRef): Promise<string> {
    const file = await this.#open(ref);
    try {
      const { stamp } = await stampOf(file);
      await assertWhole(ref.key, file.createReadStream({ autoClose: false, highWaterMark: 1024 * 1024 }));
      return stamp;
    } finally {
      await file.close();
    }
  }

  async #open(ref: ObjectRef): Promise<FileHandle> {
    const file = this.#path(ref);
    await this.#assertThere();
    try {
      return await open(file, 'r');
    } catch (error) {
      throw await this.#faultOf(error, ref);
    }
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
    const missing: string[] = [];
    for (let path = folder; path.length > this.#root.length; path = dirname(path)) missing.unshift(path);
    // Each by itself: what makes all of a path would make the root anew as well.
    for (const path of missing) await makeOne(path);
    // Also what another process has just made: it may not have got as far as making it durable.
    for (const path of missing) await sync(dirname(path));
    this.#durable.add(folder);
  }

  /** @throws StoreUnavailable */
  async #assertThere(): Promise<void> {
    try {
      await access(join(this.#root, STORE_MARKER));
    } catch (error) {
      // What comes back may be another folder, restored from a copy.
      this.#durable.clear();
      throw StoreUnavailable({}, { cause: error });
    }
  }

  /** What went wrong with the store, when the store is gone; else with the object. */
  async #faultOf(error: unknown, ref?: ObjectRef): Promise<unknown> {
    const { code } = error as NodeJS.ErrnoException;
    if (code !== 'ENOENT' && code !== 'ENOTDIR') return error;
    await this.#assertThere();
    return ref ? ObjectMissing({ key: ref.key }, { cause: error }) : error;
  }
}

/** Of one copy of a file: whoever writes to it, or puts another one in its place, cannot keep all of it as it was. */
async function stampOf(file: FileHandle): Promise<{ stamp: string; sizeBytes: number }> {
  const { dev, ino, size, mtimeNs, ctimeNs } = await file.stat({ bigint: true });
  return { stamp: [dev, ino, size, mtimeNs, ctimeNs].join(' '), sizeBytes: Number(size) };
}

async function makeOne(folder: string): Promise<void> {
  await mkdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EEXIST') throw error;
  });
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
