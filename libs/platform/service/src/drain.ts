import type { Server } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { Shutdown } from '@qlvb/platform-http';
import type { Logger } from '@qlvb/platform-observability';

export interface DrainOptions {
  readonly app: NestFastifyApplication;
  readonly logger: Logger;
  /** Sources of events, closed while the connections that their handlers need are still open. */
  readonly strategies: readonly { close(): unknown }[];
  readonly delayMs: number;
  readonly timeoutMs: number;
}

/**
 * Stops a service without losing a request or an event: says "not ready", stops listening, lets what is in flight finish
 * (requests within `timeoutMs`), then runs the application's own closing hooks (relays, connections).
 */
export async function drain({ app, logger, strategies, delayMs, timeoutMs }: DrainOptions): Promise<void> {
  app.get(Shutdown).begin();
  if (delayMs > 0) await wait(delayMs);
  await Promise.all([
    drainRequests(app.getHttpServer() as Server, timeoutMs, logger),
    ...strategies.map(async (strategy) => strategy.close()),
  ]);
  await app.close();
}

async function drainRequests(server: Server, timeoutMs: number, logger: Logger): Promise<void> {
  const closed = new Promise<boolean>((resolve) => server.close(() => resolve(true)));
  // A connection that is idle between two requests closes at once; one that is busy closes when it becomes idle.
  const sweep = setInterval(() => server.closeIdleConnections(), 50);
  const inTime = await Promise.race([closed, wait(timeoutMs, false, { ref: false })]);
  clearInterval(sweep);
  if (inTime) return;
  logger.warn({ timeoutMs }, 'requests in flight were cut off');
  server.closeAllConnections();
  await closed;
}
