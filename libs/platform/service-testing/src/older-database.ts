import { copyFileSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { appRole, migrate, ownerRole, provisionDatabase } from '@qlvb/platform-database';
import { testPostgresUrl } from '@qlvb/platform-testing';
import pg from 'pg';

export interface OlderDatabase {
  /** The superuser, who puts in what the older release had written and reads what became of it. */
  readonly admin: pg.Client;
  /** Brings it up to date, by all migrations of these folders. */
  readonly upgrade: (...folders: string[]) => Promise<void>;
  readonly drop: () => Promise<void>;
}

/**
 * A service's database as an older release left it.
 *
 * @param folder the service's migrations
 * @param before the older release has the files that sort before this name
 * @param tables all tables of that release
 */
export async function olderDatabase(
  service: string,
  { folder, before, tables }: { readonly folder: string; readonly before: string; readonly tables: readonly string[] },
): Promise<OlderDatabase> {
  const name = `${service}_upgrade_${process.pid}`;
  await provisionDatabase(testPostgresUrl(), { name, ownerPassword: 'owner', appPassword: 'app' });
  const owner = `${testPostgresUrl().replace(/postgres:[^@]*@/, `${ownerRole(name)}:owner@`)}/${name}`;
  const admin = new pg.Client({ connectionString: `${testPostgresUrl()}/${name}` });
  await admin.connect();
  const upgrade = async (...folders: string[]): Promise<void> => {
    await migrate(owner, appRole(name), folders);
  };
  const drop = async (): Promise<void> => {
    await admin.end();
    const server = new pg.Client({ connectionString: `${testPostgresUrl()}/postgres` });
    await server.connect();
    await server.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
    for (const role of [ownerRole(name), appRole(name)]) await server.query(`DROP ROLE IF EXISTS ${role}`);
    await server.end();
  };
  const older = mkdtempSync(join(tmpdir(), 'qlvb-migrations-'));
  try {
    const released = readdirSync(folder).filter(
      (file) => file < before && file.endsWith('.sql') && file !== 'rights.sql',
    );
    for (const file of released) copyFileSync(join(folder, file), join(older, file));
    // What the application might then do is of no matter here; that each table has a line is.
    writeFileSync(join(older, 'rights.sql'), tables.map((table) => `GRANT SELECT ON ${table} TO :app;`).join('\n'));
    await upgrade(older);
  } catch (error) {
    await drop();
    throw error;
  } finally {
    rmSync(older, { recursive: true });
  }
  return { admin, upgrade, drop };
}
