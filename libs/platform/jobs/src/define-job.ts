import type { z } from 'zod';

export const JOB_UNITS = ['bytes', 'files', 'pages', 'agencies', 'steps'] as const;
export type JobUnit = (typeof JOB_UNITS)[number];

export interface Backoff {
  readonly firstSeconds: number;
  readonly mostSeconds: number;
}

/** What a kind of job is: declared once, used by who enqueues it and by who carries it out. */
export interface JobDeclaration<Data extends z.ZodType = z.ZodType> {
  /** `<service>.<verb>-<object>`, for example `exchange.send-package`. */
  readonly kind: string;
  /** Names things by their ids; nothing confidential. */
  readonly data: Data;
  /** Work of the agency that enqueues it, or of the platform. */
  readonly scope: 'agency' | 'platform';
  /** Runs that may fail before it is given up. */
  readonly attempts: number;
  readonly backoff: Backoff;
  /** Runs during which the process may die before it is given up. */
  readonly deaths: number;
  /** How many run at once in all processes of the service, and of one agency. */
  readonly limit: { readonly service: number; readonly agency: number };
  /** How many may wait and run for one agency, and for one person of it; what is more is refused when it is asked for. */
  readonly room: { readonly agency: number; readonly person: number } | undefined;
  /** What its progress counts. */
  readonly counts: JobUnit;
  /** After which time without a sign of life another process takes over. */
  readonly leaseSeconds: number;
  /** Work that comes again by itself. */
  readonly everySeconds: number | undefined;
}

export type JobData<Declaration extends JobDeclaration> = z.output<Declaration['data']>;

export interface JobOptions<Data extends z.ZodType> {
  readonly kind: string;
  readonly data: Data;
  readonly scope?: 'agency' | 'platform';
  readonly attempts?: number;
  readonly backoff?: Backoff;
  readonly deaths?: number;
  readonly limit?: { readonly service?: number; readonly agency?: number };
  readonly room?: { readonly agency: number; readonly person: number };
  readonly counts?: JobUnit;
  readonly leaseSeconds?: number;
  readonly everySeconds?: number;
}

const UNLIMITED = 1_000_000;
const KIND = /^[a-z][a-z-]*\.[a-z][a-z-]*$/;

/**
 * @example
 * ```ts
 * export const SendPackage = defineJob({ kind: 'exchange.send-package', data: z.object({ deliveryId: z.uuid() }), attempts: 8 });
 * ```
 */
export function defineJob<Data extends z.ZodType>(options: JobOptions<Data>): JobDeclaration<Data> {
  if (!KIND.test(options.kind)) throw new Error(`bad kind of job: ${options.kind}`);
  if (options.everySeconds !== undefined && options.scope !== 'platform') {
    throw new Error(`${options.kind} recurs, so it is work of the platform`);
  }
  return {
    kind: options.kind,
    data: options.data,
    scope: options.scope ?? 'agency',
    attempts: options.attempts ?? 5,
    backoff: options.backoff ?? { firstSeconds: 1, mostSeconds: 300 },
    deaths: options.deaths ?? 2,
    limit: { service: options.limit?.service ?? UNLIMITED, agency: options.limit?.agency ?? UNLIMITED },
    room: options.room,
    counts: options.counts ?? 'steps',
    leaseSeconds: options.leaseSeconds ?? 15,
    everySeconds: options.everySeconds,
  };
}

/** Doubles with every failure. */
export const pauseSeconds = (failures: number, { firstSeconds, mostSeconds }: Backoff): number =>
  Math.min(firstSeconds * 2 ** (failures - 1), mostSeconds);
