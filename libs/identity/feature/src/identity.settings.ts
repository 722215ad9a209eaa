import { secret } from '@qlvb/platform-config';
import { z } from 'zod';

/** What identity reads from the environment beside what every service reads. */
export const identitySettings = {
  /** 32 bytes in base64url: encrypts citizen numbers and signing keys at rest. */
  cccdKey: secret({ minLength: 43 }),
  /** 32 bytes in base64url, another key: the blind index of citizen numbers. */
  cccdIndexKey: secret({ minLength: 43 }),
  /** 32 bytes in base64url, a third key, which signature has too: proofs of citizen numbers for comparing certificates. */
  holderKey: secret({ minLength: 43 }),
  /** Accepts the unassigned prefix of test numbers (CID-34); never in production. */
  cccdTestRealm: z.boolean().default(false),
  /** What doubts about a number's structure do: refuse, ask for a reason, or nothing. @source CID-10 */
  cccdStrictness: z.enum(['strict', 'warn', 'off']).default('warn'),
  accessTokenSeconds: z.int().min(60).max(600).default(600),
  sessionHours: z.int().min(1).max(12).default(12),
  sessionIdleMinutes: z.int().min(5).max(720).default(480),
  signingKeyDays: z.int().min(1).max(365).default(30),
};

export type IdentitySettings = Readonly<z.output<z.ZodObject<typeof identitySettings>>>;
export const IDENTITY_SETTINGS = Symbol('identity settings');
