import { z } from 'zod';

/** What the gateway reads from the environment beside what every service reads. */
export const gatewaySettings = {
  /** Domain under which the hosts stand: `quangbinh.gov.vn`, `localhost` in the embedded form. */
  baseDomain: z.string().min(1),
  identityUrl: z.url(),
  documentsUrl: z.url(),
  workflowUrl: z.url(),
  signatureUrl: z.url(),
  exchangeUrl: z.url(),
  archiveUrl: z.url(),
  /** Requests of one account, and of one address without account, per minute. @source SEC-S06 */
  ratePerMinute: z.int().min(1).default(300),
  /** Logins of one address per minute. */
  loginRatePerMinute: z.int().min(1).default(10),
  /** Requests of one account at the same time. */
  concurrency: z.int().min(1).default(20),
  /** How often identity is asked for the hosts; a new agency is reachable within a minute. @source DOM-27 */
  hostsRefreshMs: z.int().min(50).max(60_000).default(20_000),
  upstreamTimeoutMs: z.int().min(1000).default(120_000),
};
export type GatewaySettings = Readonly<z.output<z.ZodObject<typeof gatewaySettings>>>;
export const GATEWAY_SETTINGS = Symbol('gateway settings');
