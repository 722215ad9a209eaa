import type { Server } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { Shutdown } from '@qlvb/platform-http';
import type { Logger } from '@qlvb/platform-observability';

export interface DrainOptions {
  readonly app: NestFastifyApplication;
  readonly logger: Logger;
  readonly delayMs: number;
  readonly timeoutMs: number;
}

/**
 * Stops a service without losing a request: says "not ready", stops listening, lets requests in flight finish within
 * `timeoutMs`, then runs the application's own closing hooks (consumers, relays, connections).
 */
export async function drain({ app, logger, delayMs, timeoutMs }: DrainOptions): Promise<void> {
  app.get(Shutdown).begin();
  if (delayMs > 0) await wait(delayMs);
  const server = app.getHttpServer() as Server;
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  // A connection that is idle between two requests closes at once; one that is busy closes when it becomes idle.
  const sweep = setInterval(() => server.closeIdleConnections(), 50);
  const inTime = await Promise.race([closed.then(() => true), wait(timeoutMs, false, { ref: false })]);
  clearInterval(sweep);
  if (!inTime) {
    logger.warn({ timeoutMs }, 'requests in flight were cut off');
    server.closeAllConnections();
    await closed;
  }
  await app.close();
}
