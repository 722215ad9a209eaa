import { text } from 'node:stream/consumers';
import { RETENTION_MODES, RETENTION_VALIDITY_UNITS } from 'minio';
import type { Client } from 'minio';
import { s3Client } from '../s3-client.ts';
import type { S3Options } from '../s3-client.ts';
import type { AppendOnlyPlace } from './append-only-place.ts';

const DAY_MS = 24 * 60 * 60 * 1000;

export interface BucketPlaceOptions extends S3Options {
  /** How long nobody, the store's own administrator included, can delete what was added. */
  readonly lockedDays: number;
}

/**
 * A bucket with object lock: each file is locked in compliance mode as soon as it is added. Who has the same credentials can put
 * another version over it or hide it, but not take it away: every version is read.
 */
export class BucketPlace implements AppendOnlyPlace {
  readonly kind = 'bucket';
  readonly #client: Client;
  readonly #bucket: string;
  readonly #region: string;
  readonly #lockedDays: number;

  constructor(options: BucketPlaceOptions) {
    this.#client = s3Client(options);
    this.#bucket = options.bucket;
    this.#region = options.region;
    this.#lockedDays = options.lockedDays;
  }

  async add(name: string, content: string): Promise<void> {
    const { versionId } = await this.#client.putObject(this.#bucket, name, Buffer.from(content), undefined, {
      'Content-Type': 'application/jsonl',
      'If-None-Match': '*',
    });
    // A bucket without versions locks nothing, whatever it answers.
    if (!versionId) throw new Error(`the bucket ${this.#bucket} was made without object lock: name another one`);
    // By itself, although the bucket locks what is put: whoever has the credentials can end that for what comes later.
    // The package declares a type here that no value has.
    const retention: unknown = {
      mode: RETENTION_MODES.COMPLIANCE,
      retainUntilDate: new Date(Date.now() + this.#lockedDays * DAY_MS).toISOString(),
      versionId,
    };
    await this.#client.putObjectRetention(this.#bucket, name, retention as Parameters<Client['putObjectRetention']>[2]);
  }

  async *all(): AsyncGenerator<string> {
    if (!(await this.#client.bucketExists(this.#bucket))) return;
    const versions = this.#client.listObjects(this.#bucket, '', true, { IncludeVersion: true }) as AsyncIterable<{
      readonly name?: string;
      readonly versionId?: string;
      readonly isDeleteMarker?: boolean;
    }>;
    for await (const { name, versionId, isDeleteMarker } of versions) {
      if (name === undefined || isDeleteMarker === true) continue;
      yield await text(await this.#client.getObject(this.#bucket, name, versionId ? { versionId } : {}));
    }
  }

  async install(): Promise<void> {
    if (!(await this.#client.bucketExists(this.#bucket)))
      await this.#client.makeBucket(this.#bucket, this.#region, { ObjectLocking: true });
    // Refused by the server when the bucket was made without object lock.
    await this.#client.setObjectLockConfig(this.#bucket, {
      mode: RETENTION_MODES.COMPLIANCE,
      unit: RETENTION_VALIDITY_UNITS.DAYS,
      // Of what is added while the process dies before it locks it.
      validity: this.#lockedDays,
    });
  }
}
