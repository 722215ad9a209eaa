import { z } from 'zod';

/**
 * The environment every service reads, to be spread into its own schema:
 * `z.object({ ...serviceSettings, database: z.object({ … }) })`.
 */
export const serviceSettings = {
  mode: z.enum(['embedded', 'distributed']).default('distributed'),
  host: z.string().default('127.0.0.1'),
  /** 0 picks a free port, which the ready line and the port file tell. */
  port: z.int().min(0).max(65535).default(0),
  /** Gets the chosen port once the service is ready. */
  portFile: z.string().optional(),
  /** Networks of the gateway, whose X-Forwarded-For is believed. */
  trustedProxies: z.array(z.string()).readonly().default(['127.0.0.1', '::1']),
  logLevel: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
  jwksUrl: z.url(),
  tokenIssuer: z.string().min(1).default('qlvb-identity'),
  tokenAudience: z.string().min(1).default('qlvb'),
  /** Process that this one must not outlive. */
  parentPid: z.int().positive().optional(),
  /** Time between "not ready" and "no longer listening", for load balancers to notice. */
  drainDelayMs: z.int().min(0).max(60_000).default(0),
  /** Time for requests in flight to finish. */
  drainTimeoutMs: z.int().min(0).max(300_000).default(10_000),
};

export const serviceConfig = z.object(serviceSettings);

export type ServiceConfig = Readonly<z.output<typeof serviceConfig>>;
