import { z } from 'zod';

const integer = (fallback: number, least = 1): z.ZodDefault<z.ZodCoercedNumber> =>
  z.coerce.number().int().min(least).default(fallback);

/** The bus's part of a service's environment; spread it into the service's own schema. */
export const busEnvironment = {
  QLVB_BUS: z.enum(['postgres', 'kafka']).default('postgres'),
  /** Connection URL of the database `qlvb_bus`; needed by the driver `postgres`. */
  QLVB_BUS_URL: z.string().startsWith('postgres').optional(),
  /** `host:port` separated by commas; needed by the driver `kafka`. */
  QLVB_KAFKA_BROKERS: z
    .string()
    .regex(/^[^\s,:]+:\d+(,[^\s,:]+:\d+)*$/)
    .optional(),
  QLVB_KAFKA_TLS: z.stringbool().default(false),
  QLVB_KAFKA_USERNAME: z.string().optional(),
  QLVB_KAFKA_PASSWORD: z.string().optional(),
  QLVB_KAFKA_REPLICATION: integer(1),
  QLVB_KAFKA_PARTITIONS: integer(6),
  QLVB_KAFKA_URGENT_PARTITIONS: integer(2),
  /** A replica that stops answering loses its partitions after this long. */
  QLVB_KAFKA_SESSION_TIMEOUT_MS: integer(15_000, 6_000),
  /** How long the broker keeps records; a group that stays away longer needs the outboxes published again. */
  QLVB_BUS_RETENTION_DAYS: integer(30),
  /** Keys that one service handles at the same time. */
  QLVB_BUS_CONCURRENCY: integer(8),
};

const schema = z.object(busEnvironment).superRefine((environment, context) => {
  const need = (name: 'QLVB_BUS_URL' | 'QLVB_KAFKA_BROKERS'): void => {
    if (!environment[name])
      context.addIssue({ code: 'custom', path: [name], message: `needed when QLVB_BUS=${environment.QLVB_BUS}` });
  };
  need(environment.QLVB_BUS === 'kafka' ? 'QLVB_KAFKA_BROKERS' : 'QLVB_BUS_URL');
});

export type BusEnvironment = z.infer<typeof schema>;

export interface PostgresBusConfig {
  readonly driver: 'postgres';
  readonly url: string;
  readonly retentionDays: number;
  readonly concurrency: number;
}

export interface KafkaBusConfig {
  readonly driver: 'kafka';
  readonly brokers: readonly string[];
  readonly tls: boolean;
  readonly credentials?: { readonly username: string; readonly password: string };
  readonly replication: number;
  readonly partitions: number;
  readonly urgentPartitions: number;
  readonly sessionTimeoutMs: number;
  readonly retentionDays: number;
  readonly concurrency: number;
}

export type BusConfig = PostgresBusConfig | KafkaBusConfig;

/**
 * @throws ZodError naming every fault at once
 */
export function busConfig(environment: Readonly<Record<string, unknown>>): BusConfig {
  const parsed = schema.parse(environment);
  const shared = { retentionDays: parsed.QLVB_BUS_RETENTION_DAYS, concurrency: parsed.QLVB_BUS_CONCURRENCY };
  if (parsed.QLVB_BUS === 'postgres') return { driver: 'postgres', url: parsed.QLVB_BUS_URL ?? '', ...shared };
  const { QLVB_KAFKA_USERNAME: username, QLVB_KAFKA_PASSWORD: password } = parsed;
  return {
    driver: 'kafka',
    brokers: (parsed.QLVB_KAFKA_BROKERS ?? '').split(','),
    tls: parsed.QLVB_KAFKA_TLS,
    ...(username && password ? { credentials: { username, password } } : {}),
    replication: parsed.QLVB_KAFKA_REPLICATION,
    partitions: parsed.QLVB_KAFKA_PARTITIONS,
    urgentPartitions: parsed.QLVB_KAFKA_URGENT_PARTITIONS,
    sessionTimeoutMs: parsed.QLVB_KAFKA_SESSION_TIMEOUT_MS,
    ...shared,
  };
}
