import { pipeline } from 'node:stream/promises';
import type { Readable } from 'node:stream';
import { newId } from '@qlvb/shared-domain';
import { Client, CopyDestinationOptions, CopySourceOptions, RETENTION_MODES } from 'minio';
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

const STAGING = 'staging/';
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

  async put(source: Readable, { maxBytes, lockUntil }: PutOptions): Promise<StoredObject> {
    const draft = `${STAGING}${newId()}`;
    const meter = new Meter(maxBytes);
    const upload = this.#client.putObject(this.#bucket, draft, meter);
    try {
      await Promise.all([upload, pipeline(source, meter, { end: true })]);
      const object = meter.result();
      await this.#client.copyObject(
        new CopySourceOptions({ Bucket: this.#bucket, Object: draft }),
        new CopyDestinationOptions({ Bucket: this.#bucket, Object: object.key }),
      );
      if (lockUntil) {
        // The package declares a type here that no value has.
        const retention: unknown = { mode: RETENTION_MODES.COMPLIANCE, retainUntilDate: lockUntil.toISOString() };
        type Retention = Parameters<Client['putObjectRetention']>[2];
        await this.#client.putObjectRetention(this.#bucket, object.key, retention as Retention);
      }
      return object;
    } catch (error) {
      // The upload may still be under way: it must end before its parts can be taken away.
      await upload.catch((late: unknown) => void late);
      await this.#client.removeIncompleteUpload(this.#bucket, draft);
      throw error;
    } finally {
      await this.#client.removeObject(this.#bucket, draft);
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
    for await (const item of this.#client.listObjectsV2(this.#bucket, STAGING, true) as AsyncIterable<{
      name: string;
      lastModified: Date;
    }>) {
      if (item.lastModified.getTime() > limit) continue;
      await this.#client.removeObject(this.#bucket, item.name);
      removed += 1;
    }
    for await (const upload of this.#client.listIncompleteUploads(this.#bucket, STAGING, true) as AsyncIterable<{
      key: string;
      initiated: Date;
    }>) {
      if (new Date(upload.initiated).getTime() > limit) continue;
      await this.#client.removeIncompleteUpload(this.#bucket, upload.key);
      removed += 1;
    }
    return removed;
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
