import { busSettings } from '@qlvb/platform-bus';
import { clockSettings, secret } from '@qlvb/platform-config';
import { headsSettings } from '@qlvb/platform-storage';
import { z } from 'zod';
import { serviceSettings } from './service.config.ts';

/** What a service with a database, a bus and an object store reads from the environment; spread into its own schema. */
export const platformSettings = {
  ...serviceSettings,
  ...busSettings,
  ...clockSettings,
  /** Connection URL of the application role, which owns nothing. */
  databaseUrl: secret(),
  databasePoolSize: z.int().min(2).max(100).default(10),
  ...headsSettings,
  /** Jobs that this process works on at once; each takes connections of the pool. */
  /** None: a process that only answers. */
  jobsAtOnce: z.int().min(0).max(64).default(4),
};

export type PlatformSettings = Readonly<z.output<z.ZodObject<typeof platformSettings>>>;
