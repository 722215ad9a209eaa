import { createLogger } from '@qlvb/platform-observability';
import { watchParent } from './parent-watch.ts';
import { startService } from './service.ts';
import type { RunningService, ServiceOptions } from './service.ts';

/**
 * The whole `main.ts` of a service: starts it, says so in one line, and stops it gracefully on SIGTERM, SIGINT or the
 * death of its launcher. Exit codes: 0 stopped, 1 could not start or met an error that nobody handled.
 */
export async function bootstrap(options: ServiceOptions): Promise<RunningService> {
  const logger = options.logger ?? createLogger({ service: options.name, level: options.config.logLevel });
  let service: RunningService | undefined;
  let stopping = false;

  const stop = (reason: string): void => {
    if (stopping) return;
    stopping = true;
    logger.info({ reason }, 'stopping');
    const stopped = service ? service.stop() : Promise.resolve();
    stopped.then(
      () => {
        logger.info('stopped');
        process.exit(0);
      },
      (err: unknown) => {
        logger.fatal({ err }, 'could not stop cleanly');
        process.exit(1);
      },
    );
  };
  const die = (err: unknown): void => {
    logger.fatal({ err }, 'error that nobody handled');
    process.exit(1);
  };

  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(signal, () => stop(signal));
  process.on('uncaughtException', die);
  process.on('unhandledRejection', die);
  watchParent(options.config.parentPid, () => stop('launcher is gone'));

  try {
    service = await startService({ ...options, logger });
  } catch (err) {
    const inUse = (err as NodeJS.ErrnoException).code === 'EADDRINUSE';
    logger.fatal({ err }, `${options.name} could not start${inUse ? `: port ${options.config.port} is in use` : ''}`);
    process.exit(1);
  }
  const { name, port, url } = service;
  logger.info({ port, url }, `${name} ready`);
  process.send?.({ type: 'ready', name, port });
  return service;
}
