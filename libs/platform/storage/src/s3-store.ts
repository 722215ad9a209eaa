import { createReadStream, createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { Readable } from 'node:stream';
import { Client, RETENTION_MODES } from 'minio';
import { collect, digestOf, Meter, Verifier } from './object-store.ts';
import type { ByteRange, ObjectRef, ObjectStore, PutOptions, StoredObject } from './object-store.ts';
import { ObjectMissing } from './storage.problems.ts';

export interface S3Options {
  readonly endpoint: URL;
  readonly accessKey: string;
  readonly secretKey: string;
  readonly bucket: string;
  readonly region: string;
}

const PART_BYTES = 8 * 1024 * 1024;

/** Objects in an S3 bucket; plain S3 calls only, proven on two servers. */
export class S3Store implements ObjectStore {
  readonly driver = 's3';
  readonly #client: Client;
  readonly #bucket: string;

  constructor({ endpoint, accessKey, secretKey, bucket, region }: S3Options) {
    this.#client = new Client({
      endPoint: endpoint.hostname,
      port: Number(endpoint.port || (endpoint.protocol === 'https:' ? 443 : 80)),
      useSSL: endpoint.protocol === 'https:',
      accessKey,
      secretKey,
      region,
      partSize: PART_BYTES,
      pathStyle: true,
    });
    this.#bucket = bucket;
  }

  /**
   * Spools to a local file first: then digest and length are known, the object goes straight under its key in one call,
   * and a source that breaks off has never reached the server.
   */
  async put(source: Readable, { maxBytes, lockUntil }: PutOptions): Promise<StoredObject> {
    const folder = await mkdtemp(join(tmpdir(), 'qlvb-spool-'));
    const spool = join(folder, 'object');
    const meter = new Meter(maxBytes);
    try {
      await pipeline(source, meter, createWriteStream(spool, { mode: 0o600 }));
      const object = meter.result();
      await this.#client.putObject(this.#bucket, object.key, createReadStream(spool), object.sizeBytes);
      if (lockUntil) await this.#lock(object.key, lockUntil);
      return object;
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  }

  async get(ref: ObjectRef, range?: ByteRange): Promise<Readable> {
    digestOf(ref.key);
    try {
      if (range) {
        return await this.#client.getPartialObject(this.#bucket, ref.key, range.start, range.end - range.start + 1);
      }
      const stream = await this.#client.getObject(this.#bucket, ref.key);
      const verifier = new Verifier(ref.key);
      pipeline(stream, verifier).catch((error: unknown) => verifier.destroy(error as Error));
      return verifier;
    } catch (error) {
      throw missing(error, ref);
    }
  }

  async readSmall(ref: ObjectRef, maxBytes: number): Promise<Buffer> {
    return collect(await this.get(ref), maxBytes);
  }

  async size(ref: ObjectRef): Promise<number> {
    digestOf(ref.key);
    try {
      return (await this.#client.statObject(this.#bucket, ref.key)).size;
    } catch (error) {
      throw missing(error, ref);
    }
  }

  async sweep(olderThanMs: number): Promise<number> {
    const limit = Date.now() - olderThanMs;
    let removed = 0;
    for await (const upload of this.#client.listIncompleteUploads(this.#bucket, '', true) as AsyncIterable<{
      key: string;
      initiated: Date;
    }>) {
      if (new Date(upload.initiated).getTime() > limit) continue;
      await this.#client.removeIncompleteUpload(this.#bucket, upload.key);
      removed += 1;
    }
    return removed;
  }

  async #lock(key: string, until: Date): Promise<void> {
    // The package declares a type here that no value has.
    const retention: unknown = { mode: RETENTION_MODES.COMPLIANCE, retainUntilDate: until.toISOString() };
    type Retention = Parameters<Client['putObjectRetention']>[2];
    await this.#client.putObjectRetention(this.#bucket, key, retention as Retention);
  }

  async check(): Promise<void> {
    if (!(await this.#client.bucketExists(this.#bucket))) throw new Error(`there is no bucket ${this.#bucket}`);
  }

  /** Makes the bucket when it is not there; with object lock when objects are to be kept against deletion. */
  async ensureBucket({ region, objectLock }: { region: string; objectLock: boolean }): Promise<void> {
    if (await this.#client.bucketExists(this.#bucket)) return;
    await this.#client.makeBucket(this.#bucket, region, { ObjectLocking: objectLock });
  }
}

function missing(error: unknown, ref: ObjectRef): unknown {
  const code = (error as { code?: unknown }).code;
  return code === 'NoSuchKey' || code === 'NotFound' ? ObjectMissing({ key: ref.key }, { cause: error }) : error;
}
