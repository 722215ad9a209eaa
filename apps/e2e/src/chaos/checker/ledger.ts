import { databaseOf, SERVICES } from '@qlvb/installation';
import type { Service } from '@qlvb/installation';
import pg from 'pg';
import type { RunningPlatform } from '../../running-platform.ts';

/** A command the platform has said yes to: what was asked, under which key, and what was answered. */
export interface Accepted {
  readonly key: string;
  readonly path: string;
  readonly agencyId: string;
  readonly request: Readonly<Record<string, unknown>>;
  readonly answer: Readonly<Record<string, unknown>>;
}

/** The databases of all services, seen by the superuser. */
export interface Ledger {
  readonly query: <Row extends object>(service: Service, sql: string, values?: readonly unknown[]) => Promise<Row[]>;
  readonly close: () => Promise<void>;
}

/** One sentence per fault. */
export type Rule = (ledger: Ledger, accepted: readonly Accepted[]) => Promise<string[]>;

export async function openLedger(platform: RunningPlatform): Promise<Ledger> {
  const clients = new Map<Service, pg.Client>();
  const close = async (): Promise<void> => {
    for (const client of clients.values()) await client.end();
  };
  try {
    for (const service of SERVICES) {
      const client = new pg.Client({ connectionString: platform.databaseUrl(databaseOf(service)) });
      // A connection lost between two questions shows at the next one.
      client.on('error', (lost: unknown) => void lost);
      await client.connect();
      clients.set(service, client);
    }
  } catch (error) {
    await close();
    throw error;
  }
  return {
    query: async (service, sql, values = []) =>
      (await (clients.get(service) as pg.Client).query(sql, [...values])).rows as never,
    close,
  };
}
