import { secret } from '@qlvb/platform-config';
import { identitySettings } from '@qlvb/identity-feature';
import { platformSettings } from '@qlvb/platform-service';
import { z } from 'zod';

export const identityConfig = z.object({
  ...platformSettings,
  ...identitySettings,
  /** Domain under which the catalogue's hosts stand. */
  catalogueDomain: z.string().default('quangbinh.gov.vn'),
  /** Demonstration accounts (JSON) and their common password; without both there are none. */
  demoAccountsFile: z.string().optional(),
  demoPassword: secret({ minLength: 12 }).optional(),
});

export type IdentityConfig = Readonly<z.output<typeof identityConfig>>;
