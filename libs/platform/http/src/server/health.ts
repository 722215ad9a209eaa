import { Injectable } from '@nestjs/common';
import { describeError } from '@qlvb/platform-observability';
import type { Logger } from '@qlvb/platform-observability';

/** Throws, or rejects, when the thing is not well. */
export type Probe = () => void | Promise<void>;

export interface HealthReport {
  readonly healthy: boolean;
  readonly checks: Readonly<Record<string, 'ok' | 'failed'>>;
}

const PROBE_TIMEOUT_MS = 2_000;

/**
 * Where parts of a service register how they are. Readiness: can it serve now (database, storage)? Liveness: does it
 * make progress (a consumer that has stopped moving is dead, however well its process looks)?
 */
@Injectable()
export class Health {
  readonly #ready = new Map<string, Probe>();
  readonly #progress = new Map<string, Probe>();

  readiness(name: string, probe: Probe): void {
    this.#ready.set(name, probe);
  }

  progress(name: string, probe: Probe): void {
    this.#progress.set(name, probe);
  }

  checkReadiness(logger: Logger): Promise<HealthReport> {
    return report(this.#ready, logger);
  }

  checkProgress(logger: Logger): Promise<HealthReport> {
    return report(this.#progress, logger);
  }
}

/** What failed is named to the caller, why only to the log. */
async function report(probes: ReadonlyMap<string, Probe>, logger: Logger): Promise<HealthReport> {
  const results = await Promise.all(
    [...probes].map(async ([name, probe]): Promise<[string, 'ok' | 'failed']> => {
      try {
        await withinTime(Promise.resolve().then(probe));
        return [name, 'ok'];
      } catch (error) {
        logger.warn({ probe: name, err: describeError(error) }, 'health probe failed');
        return [name, 'failed'];
      }
    }),
  );
  return { healthy: results.every(([, result]) => result === 'ok'), checks: Object.fromEntries(results) };
}

async function withinTime(work: Promise<void>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer within ${PROBE_TIMEOUT_MS} ms`)), PROBE_TIMEOUT_MS);
  });
  try {
    await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
