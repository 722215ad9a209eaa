import { DataSource } from 'typeorm';
import type { EntityTarget, ObjectLiteral } from 'typeorm';
import { PreparingClient } from './prepared.ts';

export interface ConnectionOptions {
  /** Connection URL of the application role. */
  readonly url: string;
  readonly poolSize: number;
  readonly entities: readonly EntityTarget<ObjectLiteral>[];
  readonly applicationName: string;
}

const MUST_BE_ON = ['fsync', 'synchronous_commit', 'full_page_writes'] as const;

/**
 * Connects under the application role and refuses a server that could forget what it confirmed, or a role that could
 * see past row-level security.
 *
 * @throws Error in one sentence
 */
export async function connect(options: ConnectionOptions): Promise<DataSource> {
  const source = new DataSource({
    type: 'postgres',
    url: options.url,
    entities: [...options.entities] as never[],
    poolSize: options.poolSize,
    applicationName: options.applicationName,
    connectTimeoutMS: 10_000,
    logging: false,
    extra: {
      Client: PreparingClient,
      statement_timeout: 30_000,
      idle_in_transaction_session_timeout: 30_000,
      keepAlive: true,
    },
    poolErrorHandler: () => undefined,
  });
  await source.initialize();
  try {
    await checkDurability(source);
    await checkRole(source);
  } catch (error) {
    await source.destroy();
    throw error;
  }
  return source;
}

async function checkDurability(source: DataSource): Promise<void> {
  const rows = (await source.query(`SELECT name, setting FROM pg_settings WHERE name = ANY($1)`, [MUST_BE_ON])) as {
    name: string;
    setting: string;
  }[];
  const off = rows.filter((row) => row.setting === 'off').map((row) => row.name);
  if (off.length > 0) throw new Error(`PostgreSQL may lose confirmed data: switch on ${off.join(', ')}`);
}

async function checkRole(source: DataSource): Promise<void> {
  const [role] = (await source.query(
    `SELECT rolname AS name, rolsuper OR rolbypassrls AS unbound,
            EXISTS (SELECT 1 FROM pg_class c WHERE c.relowner = r.oid AND c.relkind IN ('r', 'p')) AS owns
     FROM pg_roles r WHERE rolname = current_user`,
  )) as { name: string; unbound: boolean; owns: boolean }[];
  if (role?.unbound || role?.owns) {
    throw new Error(`the service must not run as ${role.name}: that role is not bound by row-level security`);
  }
}
