import { neededWith, secret } from '@qlvb/platform-config';
import { z } from 'zod';
import type { AppendOnlyPlace } from './append-only-place.ts';
import { BucketPlace } from './bucket-place.ts';
import { FolderPlace } from './folder-place.ts';

const ENDPOINT = ['heads', 's3', 'endpoint'];

/** Where heads of audit chains and seals of row journals are taken to: `QLVB_HEADS_DIR`, `QLVB_HEADS_S3_…`, or both. */
export const headsSettings = {
  heads: z.object({
    /** Folder outside the database's reach. */
    dir: z.string().optional(),
    /** Object store with object lock, best of another machine and another administrator. */
    s3: z.object({
      endpoint: z.url().optional(),
      accessKey: neededWith(z.string().optional(), ENDPOINT),
      secretKey: neededWith(secret().optional(), ENDPOINT),
      bucket: z.string().default('qlvb-heads'),
      region: z.string().default('us-east-1'),
      lockedDays: z.int().min(1).max(36_500).default(3650),
    }),
  }),
};
export type HeadsSettings = Readonly<z.output<z.ZodObject<typeof headsSettings>>>;

/** All places that are named; none where nothing is set. */
export function headPlaces({ heads: { dir, s3 } }: HeadsSettings): AppendOnlyPlace[] {
  const { endpoint, accessKey, secretKey, ...bucket } = s3;
  return [
    ...(dir === undefined ? [] : [new FolderPlace(dir)]),
    ...(endpoint && accessKey && secretKey
      ? [new BucketPlace({ ...bucket, endpoint: new URL(endpoint), accessKey, secretKey: secretKey.reveal() })]
      : []),
  ];
}
