import { createHash } from 'node:crypto';
import type { FileHandle } from 'node:fs/promises';
import type { IncomingHttpHeaders } from 'node:http';
import { pipeline } from 'node:stream/promises';
import type { Readable } from 'node:stream';
import { RETENTION_MODES } from 'minio';
import type { Client } from 'minio';
import { namelessFile, writeDraft } from './draft.ts';
import type { Draft } from './object-store.ts';
import { digestOf } from './object-key.ts';
import { collect, Verifier } from './object-store.ts';
import type { ByteRange, ObjectLock, ObjectRef, ObjectStore, PutOptions, StoredObject } from './object-store.ts';
import { s3Client } from './s3-client.ts';
import type { S3Options } from './s3-client.ts';
import { ObjectCorrupt, ObjectMissing, StoreUnavailable } from './storage.problems.ts';
import { assertWhole, VerifiedObjects } from './verified-objects.ts';

export interface S3StoreOptions extends S3Options {
  /** The bucket keeps what is put with a lock: it is made with object lock, and so with versions. */
  readonly locking?: boolean;
}

/** How often a copy may change while it is being looked at. */
const ATTEMPTS = 3;
/** Between the parts of a stamp: ETag, time, version. */
const SEPARATOR = '|';
const PART_BYTES = 8 * 1024 * 1024;

/** Objects in an S3 bucket; plain S3 calls only, proven on two servers. */
export class S3Store implements ObjectStore {
  readonly driver = 's3';
  readonly #client: Client;
  readonly #bucket: string;
  readonly #region: string;
  readonly #locking: boolean;
  readonly #verified = new VerifiedObjects();

  constructor({ locking = false, ...options }: S3StoreOptions) {
    const { bucket, region } = options;
    this.#client = s3Client(options);
    this.#bucket = bucket;
    this.#region = region;
    this.#locking = locking;
  }

  /** Spools to a local file first: a source that breaks off or is refused has never reached the server. */
  async put(source: Readable, options: PutOptions): Promise<StoredObject> {
    const file = await namelessFile();
    try {
      const draft = await writeDraft(source, file, options);
      await this.#send(draft);
      return draft.object;
    } catch (error) {
      throw codeOf(error) === 'NoSuchBucket' ? StoreUnavailable({}, { cause: error }) : error;
    } finally {
      await file.close();
    }
  }

  async get(ref: ObjectRef, range?: ByteRange): Promise<Readable> {
    digestOf(ref.key);
    if (range) return this.#part(ref, range);
    const stream = await this.#whole(ref);
    const verifier = new Verifier(ref.key);
    pipeline(stream, verifier).catch((error: unknown) => verifier.destroy(error as Error));
    return verifier;
  }

  async verify(ref: ObjectRef): Promise<void> {
    digestOf(ref.key);
    if ((await this.size(ref)) === 0) await this.#verified.stamp(ref.key, () => this.#readWhole(ref));
    else (await this.#part(ref, { start: 0, end: 0 })).destroy();
  }

  async lock(ref: ObjectRef, { until, mode }: ObjectLock): Promise<void> {
    // Of the version whose bytes were read, whatever is put under the key meanwhile.
    const [, , versionId] = (await this.#verified.stamp(ref.key, () => this.#readWhole(ref))).split(SEPARATOR);
    // The package declares a type here that no value has.
    const retention: unknown = {
      mode: mode === 'compliance' ? RETENTION_MODES.COMPLIANCE : RETENTION_MODES.GOVERNANCE,
      retainUntilDate: until.toISOString(),
      ...(versionId ? { versionId } : {}),
    };
    type Retention = Parameters<Client['putObjectRetention']>[2];
    await this.#client.putObjectRetention(this.#bucket, ref.key, retention as Retention);
  }

  async readSmall(ref: ObjectRef, maxBytes: number): Promise<Buffer> {
    return collect(await this.get(ref), maxBytes);
  }

  async size(ref: ObjectRef): Promise<number> {
    digestOf(ref.key);
    try {
      return (await this.#client.statObject(this.#bucket, ref.key)).size;
    } catch (error) {
      // The answer to a HEAD has no body that would tell a missing object from a missing bucket.
      if (codeOf(error) === 'NotFound') await this.check();
      throw readFault(error, ref);
    }
  }

  async erase(ref: ObjectRef): Promise<void> {
    digestOf(ref.key);
    this.#verified.forget(ref.key);
    const versions: { name?: string; versionId?: string }[] = [];
    const listed = this.#client.listObjects(this.#bucket, ref.key, true, { IncludeVersion: true });
    for await (const version of listed as AsyncIterable<{ name?: string; versionId?: string }>) versions.push(version);
    for (const { name, versionId } of versions) {
      if (name === ref.key) await this.#client.removeObject(this.#bucket, ref.key, versionId ? { versionId } : {});
    }
  }

  async sweep(olderThanMs: number): Promise<number> {
    const limit = Date.now() - olderThanMs;
    let removed = 0;
    for await (const upload of this.#client.listIncompleteUploads(this.#bucket, '', true) as AsyncIterable<{
      key: string;
      uploadId: string;
      initiated: Date;
    }>) {
      if (new Date(upload.initiated).getTime() > limit) continue;
      await this.#client.abortMultipartUpload(this.#bucket, upload.key, upload.uploadId);
      removed += 1;
    }
    return removed;
  }

  async check(): Promise<void> {
    if (!(await this.isThere())) throw StoreUnavailable();
  }

  /**
   * Makes the bucket when it is not there. Several may do so at once.
   *
   * @throws Error when the bucket is to lock and is there without object lock, which cannot be added on every server
   */
  async install(): Promise<void> {
    await this.#makeBucket(this.#locking);
    if (!this.#locking || (await this.#locks())) return;
    throw new Error(`the bucket ${this.#bucket} was made without object lock: name another one`);
  }

  isThere(): Promise<boolean> {
    return this.#client.bucketExists(this.#bucket);
  }

  /** A part of a copy of whose bytes it is known that they are the object's. */
  async #part(ref: ObjectRef, { start, end }: ByteRange): Promise<Readable> {
    digestOf(ref.key);
    for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
      const right = await this.#verified.stamp(ref.key, () => this.#readWhole(ref));
      const piece = await this.#client
        .getPartialObject(this.#bucket, ref.key, start, end - start + 1)
        .catch((error: unknown) => {
          throw readFault(error, ref);
        });
      if (stampOf(piece) === right) return piece;
      piece.destroy();
      this.#verified.forget(ref.key);
    }
    throw ObjectCorrupt({ key: ref.key });
  }

  async #readWhole(ref: ObjectRef): Promise<string> {
    const stream = await this.#whole(ref);
    await assertWhole(ref.key, stream);
    return stampOf(stream);
  }

  async #whole(ref: ObjectRef): Promise<Readable> {
    try {
      return await this.#client.getObject(this.#bucket, ref.key);
    } catch (error) {
      throw readFault(error, ref);
    }
  }

  async #locks(): Promise<boolean> {
    try {
      // The package's types forget that this resolves to something.
      const found = (await this.#client.getObjectLockConfig(this.#bucket)) as unknown as { objectLockEnabled?: string };
      return found.objectLockEnabled === 'Enabled';
    } catch (error) {
      if (codeOf(error) === 'ObjectLockConfigurationNotFoundError') return false;
      throw error;
    }
  }

  async #makeBucket(ObjectLocking: boolean): Promise<void> {
    if (await this.#client.bucketExists(this.#bucket)) return;
    try {
      await this.#client.makeBucket(this.#bucket, this.#region, { ObjectLocking });
    } catch (error) {
      const code = codeOf(error);
      if (code !== 'BucketAlreadyOwnedByYou' && code !== 'BucketAlreadyExists') throw error;
    }
  }

  /** Sends a draft under its key. */
  async #send({ object, file }: Draft): Promise<void> {
    if (object.sizeBytes <= PART_BYTES) {
      const content = await read(file, 0, object.sizeBytes);
      await this.#client.putObject(this.#bucket, object.key, content);
      return;
    }
    // Not the client's own upload in parts: it resumes whatever unfinished upload it finds under the key, and here equal
    // keys mean equal bytes, so two puts of one file at the same time would end each other's upload.
    const uploadId = await this.#client.initiateNewMultipartUpload(this.#bucket, object.key, {});
    try {
      const parts = await this.#sendParts({ object, file }, uploadId);
      await this.#client.completeMultipartUpload(this.#bucket, object.key, uploadId, parts);
    } catch (error) {
      // The first error tells why; an upload that cannot be ended either is left to the sweep.
      await Promise.allSettled([this.#client.abortMultipartUpload(this.#bucket, object.key, uploadId)]);
      throw error;
    }
  }

  async #sendParts({ object, file }: Pick<Draft, 'object' | 'file'>, uploadID: string) {
    const parts: { part: number; etag: string }[] = [];
    for (let start = 0; start < object.sizeBytes; start += PART_BYTES) {
      const content = await read(file, start, Math.min(PART_BYTES, object.sizeBytes - start));
      const headers = { 'Content-MD5': createHash('md5').update(content).digest('base64') };
      const place = { bucketName: this.#bucket, objectName: object.key, uploadID, partNumber: parts.length + 1 };
      const { part, etag } = await this.#client.uploadPart({ ...place, headers }, content);
      parts.push({ part, etag });
    }
    return parts;
  }
}

async function read(file: FileHandle, start: number, length: number): Promise<Buffer> {
  const buffer = Buffer.allocUnsafe(length);
  for (let done = 0; done < length;) {
    const { bytesRead } = await file.read(buffer, done, length - done, start + done);
    if (bytesRead === 0) throw new Error('the spooled file is shorter than what was written');
    done += bytesRead;
  }
  return buffer;
}

const codeOf = (error: unknown): unknown => (error as { code?: unknown }).code;

/** Of one copy of an object, from the headers of the answer that brings its bytes. */
function stampOf(answer: Readable): string {
  const { headers = {} } = answer as Readable & { readonly headers?: IncomingHttpHeaders };
  return [headers.etag, headers['last-modified'], headers['x-amz-version-id']]
    .map((part) => part ?? '')
    .join(SEPARATOR);
}

function readFault(error: unknown, ref: ObjectRef): unknown {
  const code = codeOf(error);
  if (code === 'NoSuchBucket') return StoreUnavailable({}, { cause: error });
  if (code === 'NoSuchKey' || code === 'NotFound') return ObjectMissing({ key: ref.key }, { cause: error });
  return code === 'InvalidRange' ? new RangeError(`${ref.key} ends before the range`, { cause: error }) : error;
}
