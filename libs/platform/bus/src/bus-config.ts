import { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { neededWith, parseConfig, secret } from '@qlvb/platform-config';
import type { Environment } from '@qlvb/platform-config';
import { z } from 'zod';

const integer = (fallback: number, least = 1): z.ZodDefault<z.ZodInt> => z.int().min(least).default(fallback);

/** Whether a file holds certificates that can be read. */
function holdsCertificates(file: string): boolean {
  try {
    new X509Certificate(readFileSync(file));
    return true;
  } catch {
    return false;
  }
}

/** The bus's part of a service's settings, `QLVB_BUS…` and `QLVB_KAFKA_…`; spread into its schema. */
export const busSettings = {
  bus: z.enum(['postgres', 'kafka']).default('postgres'),
  /** Connection URL of the database `qlvb_bus`. */
  busUrl: neededWith(secret().optional(), ['bus'], 'postgres'),
  /** How long the broker keeps records; a group that stays away longer needs the outboxes published again. */
  busRetentionDays: integer(30),
  /** Keys that one service handles at the same time. */
  busConcurrency: integer(8),
  kafka: z.object({
    /** `host:port` separated by commas. */
    brokers: neededWith(
      z
        .array(z.string().regex(/^[^\s,:]+:\d+$/))
        .min(1)
        .readonly()
        .optional(),
      ['bus'],
      'kafka',
    ),
    /** The account of this service on the brokers (SCRAM-SHA-512); a topic has one producer by it. */
    username: neededWith(z.string().optional(), ['bus'], 'kafka'),
    password: neededWith(secret().optional(), ['bus'], 'kafka'),
    /** PEM file of the authorities that sign the brokers' certificates; without it those that Node knows. */
    caFile: z
      .string()
      .optional()
      .refine((file) => file === undefined || holdsCertificates(file), 'is no readable PEM file of certificates'),
    /** Events travel in the clear: for brokers on the same machine only. */
    withoutTls: z.boolean().default(false),
    replication: integer(1),
    partitions: integer(6),
    urgentPartitions: integer(2),
    /** A replica that stops answering loses its partitions after this long. */
    sessionTimeoutMs: integer(15_000, 6_000),
  }),
};
export type BusSettings = Readonly<z.output<z.ZodObject<typeof busSettings>>>;

export interface PostgresBusConfig {
  readonly driver: 'postgres';
  readonly url: string;
  readonly retentionDays: number;
  readonly concurrency: number;
}

export interface KafkaBusConfig {
  readonly driver: 'kafka';
  readonly brokers: readonly string[];
  /** False: in the clear. `ca`: PEM of the authorities that sign the brokers' certificates; without it those that Node knows. */
  readonly tls: false | { readonly ca?: string };
  readonly credentials: { readonly username: string; readonly password: string };
  readonly replication: number;
  readonly partitions: number;
  readonly urgentPartitions: number;
  readonly sessionTimeoutMs: number;
  readonly retentionDays: number;
  readonly concurrency: number;
}

export type BusConfig = PostgresBusConfig | KafkaBusConfig;

export function busConfigOf({ bus, busUrl, busRetentionDays, busConcurrency, kafka }: BusSettings): BusConfig {
  const shared = { retentionDays: busRetentionDays, concurrency: busConcurrency };
  if (bus === 'postgres') return { driver: 'postgres', url: busUrl?.reveal() ?? '', ...shared };
  const { brokers = [], username = '', password, caFile, withoutTls, ...rest } = kafka;
  const tls = !withoutTls && (caFile === undefined ? {} : { ca: readFileSync(caFile, 'utf8') });
  const credentials = { username, password: password?.reveal() ?? '' };
  return { driver: 'kafka', brokers, tls, credentials, ...rest, ...shared };
}

/**
 * For programs that read nothing but the bus.
 *
 * @throws ConfigurationError naming every fault at once
 */
export const busConfig = (environment: Environment): BusConfig =>
  busConfigOf(parseConfig(z.object(busSettings), environment) as BusSettings);
