import { createHash } from 'node:crypto';
import { Transform } from 'node:stream';
import type { FileHandle } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import { digestOf } from './object-key.ts';
import { FileTooLarge, ObjectCorrupt } from './storage.problems.ts';

/** An object: its bytes never change, its key is their SHA-256. */
export interface StoredObject {
  readonly key: string;
  /** Hex. */
  readonly sha256: string;
  readonly sizeBytes: number;
  /** The first bytes, for telling the format; at most `HEAD_BYTES`. */
  readonly head: Buffer;
}

export interface ObjectRef {
  readonly key: string;
}

export interface ByteRange {
  readonly start: number;
  /** Inclusive, as in RFC 9110; the object's last byte when it lies behind it. */
  readonly end: number;
}

/** All bytes of a put in a local file, measured; not yet an object. */
export interface Draft {
  readonly object: StoredObject;
  /** Open for reading and writing; closed by the store. */
  readonly file: FileHandle;
  /** The bytes from the start; may be asked for several times. */
  open(): Readable;
}

/** The store refuses to delete the object before an instant: to everybody, or to all who may not lift a lock. */
export interface ObjectLock {
  readonly until: Date;
  readonly mode: 'compliance' | 'governance';
}

export interface PutOptions {
  readonly maxBytes: number;
  /** Looks at all bytes before they become an object; when it throws, nothing is stored. */
  readonly accept?: (draft: Draft) => Promise<void>;
}

export interface ObjectStore {
  readonly driver: 'filesystem' | 's3';
  /**
   * Stores a stream of unknown length in constant memory; durable when it resolves. The same bytes put twice are one
   * object. An interrupted or refused put leaves nothing.
   *
   * @throws FileTooLarge, StoreUnavailable, or what the source or `accept` throws
   */
  put(source: Readable, options: PutOptions): Promise<StoredObject>;
  /**
   * Streams an object, or a range of it. A whole object is checked against its key while it streams: a wrong digest
   * ends the stream with ObjectCorrupt before its last byte is out. A range comes only from a copy whose digest was found
   * right a short while ago, by reading all of it if need be.
   *
   * @throws ObjectMissing, StoreUnavailable; ObjectCorrupt, RangeError when the range starts behind the end
   */
  get(ref: ObjectRef, range?: ByteRange): Promise<Readable>;
  /** That all bytes are there and right, as far back as a range would be given. @throws ObjectMissing, ObjectCorrupt, StoreUnavailable */
  verify(ref: ObjectRef): Promise<void>;
  /**
   * Keeps an object that is there and right against deletion, where the store can (S3 object lock). By itself, so that what in
   * the end was not needed was never locked; again is harmless.
   *
   * @throws ObjectMissing, ObjectCorrupt, StoreUnavailable
   */
  lock(ref: ObjectRef, lock: ObjectLock): Promise<void>;
  /** @throws ObjectMissing, ObjectCorrupt, FileTooLarge, StoreUnavailable */
  readSmall(ref: ObjectRef, maxBytes: number): Promise<Buffer>;
  /** Size in bytes. @throws ObjectMissing, StoreUnavailable */
  size(ref: ObjectRef): Promise<number>;
  /**
   * Erases an object in every version the store has of it; one that is not there is erased already. What is locked stays, and
   * that is an error.
   */
  erase(ref: ObjectRef): Promise<void>;
  /** Removes what interrupted puts may have left behind, older than the given age; how many. */
  sweep(olderThanMs: number): Promise<number>;
  /** @throws StoreUnavailable, or what else keeps the store from being used */
  check(): Promise<void>;
  /** Makes the store, once for an installation: a service never does, so that a store that is gone is not replaced by an empty one. */
  install(): Promise<void>;
  /** Whether there is a store here, or what an earlier version left of one. */
  isThere(): Promise<boolean>;
}

/** Holds back the end of a stream until its digest is known to be right. */
export class Verifier extends Transform {
  readonly #hash = createHash('sha256');
  readonly #key: string;
  #held: Buffer | undefined;

  constructor(key: string) {
    super();
    this.#key = key;
  }

  override _transform(chunk: Buffer, _encoding: string, done: (error?: Error | null, data?: Buffer) => void): void {
    this.#hash.update(chunk);
    const out = this.#held;
    this.#held = chunk;
    if (out) done(null, out);
    else done();
  }

  override _flush(done: (error?: Error | null, data?: Buffer) => void): void {
    if (this.#hash.digest('hex') !== digestOf(this.#key)) done(ObjectCorrupt({ key: this.#key }));
    else if (this.#held) done(null, this.#held);
    else done();
  }
}

export async function collect(stream: Readable, maxBytes: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > maxBytes) {
      stream.destroy();
      throw FileTooLarge({ maxBytes });
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
