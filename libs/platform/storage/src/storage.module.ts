import { Inject, Injectable, Logger, Module } from '@nestjs/common';
import type { DynamicModule, OnApplicationBootstrap } from '@nestjs/common';
import { neededWith, secret } from '@qlvb/platform-config';
import { Health } from '@qlvb/platform-http';
import { defineJob, OnJob } from '@qlvb/platform-jobs';
import { z } from 'zod';
import { FilesystemStore } from './filesystem-store.ts';
import type { ObjectStore } from './object-store.ts';
import { S3Store } from './s3-store.ts';
import { StoredBytes } from './stored-bytes.ts';
import { ARCHIVE_STORE, OBJECT_STORE, VIRUS_SCANNER } from './tokens.ts';
import { ClamdScanner, noScanner } from './virus-scanner.ts';

/** The object store's part of a service's environment: `QLVB_STORAGE_…` and `QLVB_S3_…`. */
export const storageSettings = {
  storage: z.enum(['filesystem', 's3']).default('filesystem'),
  /** Folder of the driver `filesystem`. */
  storageDir: z.string().default('data/objects'),
  s3: z.object({
    endpoint: neededWith(z.url().optional(), ['storage'], 's3'),
    accessKey: neededWith(z.string().optional(), ['storage'], 's3'),
    secretKey: neededWith(secret().optional(), ['storage'], 's3'),
    bucket: z.string().default('qlvb'),
    /** Bucket with object lock: what is put there with `lock` cannot be deleted before its instant. */
    archiveBucket: z.string().default('qlvb-archive'),
    region: z.string().default('us-east-1'),
  }),
  /** `tcp://host:3310`; without it files are shown as not scanned. */
  clamdUrl: z.url().optional(),
};
export type StorageSettings = Readonly<z.output<z.ZodObject<typeof storageSettings>>>;

const STORES = Symbol('stores');

/** The store as it was installed. @throws Error naming the setting that is missing */
export function createObjectStore(settings: StorageSettings): ObjectStore {
  return settings.storage === 'filesystem' ? new FilesystemStore(settings.storageDir) : s3Store(settings);
}

/**
 * Where archive packages lie: with S3 a bucket of its own with object lock and versions; on a file system, which cannot
 * lock, the same folder as all objects.
 *
 * @throws Error naming the setting that is missing
 */
export function createArchiveStore(settings: StorageSettings): ObjectStore {
  return settings.storage === 'filesystem' ? new FilesystemStore(settings.storageDir) : s3Store(settings, true);
}

/**
 * Makes the stores of a new installation. In one that is there already a store that was never marked gets its mark, and one that
 * is gone stays gone: an empty store in its place would look as if nothing had ever been kept.
 *
 * @returns false when the installation has lost a store
 * @throws Error naming the setting that is missing, or when the archive's bucket is there but cannot lock
 */
export async function installStores(
  settings: StorageSettings,
  { fresh }: { readonly fresh: boolean },
): Promise<boolean> {
  let all = true;
  for (const store of [createObjectStore(settings), createArchiveStore(settings)]) {
    if (fresh || (await store.isThere())) await store.install();
    else all = false;
  }
  return all;
}

function s3Store({ s3 }: StorageSettings, locking = false): S3Store {
  const { endpoint, accessKey, secretKey, region } = s3;
  if (!endpoint || !accessKey || !secretKey) {
    throw new Error('QLVB_STORAGE=s3 needs QLVB_S3_ENDPOINT, QLVB_S3_ACCESS_KEY and QLVB_S3_SECRET_KEY');
  }
  const bucket = locking ? s3.archiveBucket : s3.bucket;
  return new S3Store({
    endpoint: new URL(endpoint),
    accessKey,
    secretKey: secretKey.reveal(),
    bucket,
    region,
    locking,
  });
}

const HOUR_MS = 60 * 60 * 1000;
/** Longer than any upload takes. */
const STALE_MS = 24 * HOUR_MS;

export const SweepStores = defineJob({
  kind: 'platform.sweep-stores',
  data: z.object({}),
  scope: 'platform',
  everySeconds: 60 * 60,
});

/** Shows the stores' health and takes away what killed processes left half-written. */
@Injectable()
export class StorageUpkeep implements OnApplicationBootstrap {
  readonly #logger = new Logger('storage');

  constructor(
    @Inject(STORES) private readonly stores: readonly ObjectStore[],
    @Inject(Health) private readonly health: Health,
  ) {}

  onApplicationBootstrap(): void {
    this.health.readiness('storage', async () => {
      await Promise.all(this.stores.map((store) => store.check()));
    });
  }

  @OnJob(SweepStores)
  async sweep(): Promise<void> {
    for (const store of this.stores) {
      const removed = await store.sweep(STALE_MS);
      if (removed > 0) this.#logger.log(`${removed} interrupted puts swept away`);
    }
  }
}

@Module({})
export class StorageModule {
  static forRoot(settings: StorageSettings, { archive = false }: { archive?: boolean } = {}): DynamicModule {
    const stores = archive ? [OBJECT_STORE, ARCHIVE_STORE] : [OBJECT_STORE];
    return {
      module: StorageModule,
      global: true,
      providers: [
        { provide: OBJECT_STORE, useFactory: () => createObjectStore(settings) },
        ...(archive ? [{ provide: ARCHIVE_STORE, useFactory: () => createArchiveStore(settings) }] : []),
        { provide: STORES, inject: stores, useFactory: (...all: ObjectStore[]) => all },
        {
          provide: VIRUS_SCANNER,
          useValue: settings.clamdUrl ? new ClamdScanner(new URL(settings.clamdUrl)) : noScanner,
        },
        StorageUpkeep,
        StoredBytes,
      ],
      exports: [...stores, StoredBytes, VIRUS_SCANNER],
    };
  }
}
