import { Module } from '@nestjs/common';
import type { DynamicModule } from '@nestjs/common';
import { secret } from '@qlvb/platform-config';
import { z } from 'zod';
import { FilesystemStore } from './filesystem-store.ts';
import type { ObjectStore } from './object-store.ts';
import { S3Store } from './s3-store.ts';
import { ClamdScanner, noScanner } from './virus-scanner.ts';

/** The object store's part of a service's environment: `QLVB_STORAGE_…` and `QLVB_S3_…`. */
export const storageSettings = {
  storage: z.enum(['filesystem', 's3']).default('filesystem'),
  /** Folder of the driver `filesystem`. */
  storageDir: z.string().default('data/objects'),
  s3: z.object({
    endpoint: z.url().optional(),
    accessKey: z.string().optional(),
    secretKey: secret().optional(),
    bucket: z.string().default('qlvb'),
    region: z.string().default('us-east-1'),
  }),
  /** `tcp://host:3310`; without it files are shown as not scanned. */
  clamdUrl: z.url().optional(),
};
export type StorageSettings = Readonly<z.output<z.ZodObject<typeof storageSettings>>>;

export const OBJECT_STORE = Symbol('object store');
export const VIRUS_SCANNER = Symbol('virus scanner');

/** @throws Error naming the setting that is missing */
export async function createObjectStore(settings: StorageSettings): Promise<ObjectStore> {
  if (settings.storage === 'filesystem') {
    const store = new FilesystemStore(settings.storageDir);
    await store.check();
    return store;
  }
  const { endpoint, accessKey, secretKey, bucket, region } = settings.s3;
  if (!endpoint || !accessKey || !secretKey) {
    throw new Error('QLVB_STORAGE=s3 needs QLVB_S3_ENDPOINT, QLVB_S3_ACCESS_KEY and QLVB_S3_SECRET_KEY');
  }
  const store = new S3Store({ endpoint: new URL(endpoint), accessKey, secretKey: secretKey.reveal(), bucket, region });
  await store.ensureBucket({ region, objectLock: false });
  return store;
}

@Module({})
export class StorageModule {
  static forRoot(settings: StorageSettings): DynamicModule {
    return {
      module: StorageModule,
      global: true,
      providers: [
        { provide: OBJECT_STORE, useFactory: () => createObjectStore(settings) },
        {
          provide: VIRUS_SCANNER,
          useValue: settings.clamdUrl ? new ClamdScanner(new URL(settings.clamdUrl)) : noScanner,
        },
      ],
      exports: [OBJECT_STORE, VIRUS_SCANNER],
    };
  }
}
