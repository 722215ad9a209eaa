import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DataSource } from 'typeorm';
import type { MigrationInterface, QueryRunner } from 'typeorm';

const LOCK = 7_201_001;

/**
 * Brings a database up to date under its owner role: the platform's own SQL first, then that of the given folders. Each file is
 * `<13-digit timestamp>-<verb>-<object>.sql`, runs once, in one transaction, and is never changed after release.
 *
 * @returns names of the migrations that ran
 */
export async function migrate(ownerUrl: string, appRoleName: string, folders: readonly string[]): Promise<string[]> {
  const platform = join(import.meta.dirname, '..', 'migrations');
  const source = new DataSource({
    type: 'postgres',
    url: ownerUrl,
    migrations: [platform, ...folders].flatMap(sqlMigrations),
    migrationsTableName: 'schema_migration',
    migrationsTransactionMode: 'each',
  });
  await source.initialize();
  const runner = source.createQueryRunner();
  try {
    await runner.query('SELECT pg_advisory_lock($1)', [LOCK]);
    const ran = await source.runMigrations();
    await grant(runner, appRoleName);
    return ran.map((migration) => migration.name);
  } finally {
    await runner.query('SELECT pg_advisory_unlock($1)', [LOCK]);
    await runner.release();
    await source.destroy();
  }
}

function sqlMigrations(folder: string): (new () => MigrationInterface)[] {
  return readdirSync(folder)
    .filter((file) => file.endsWith('.sql'))
    .sort()
    .map((file) => {
      const match = /^(\d{13})-([a-z0-9-]+)\.sql$/.exec(file);
      if (!match) throw new Error(`bad migration file name: ${file}`);
      const [, timestamp = '', title = ''] = match;
      const sql = readFileSync(join(folder, file), 'utf8');
      return class implements MigrationInterface {
        // TypeORM orders migrations by the timestamp at the end of their name.
        readonly name = `${title}${timestamp}`;

        async up(runner: QueryRunner): Promise<void> {
          await runner.query(sql);
        }

        down(): Promise<void> {
          return Promise.reject(new Error('migrations only go forward'));
        }
      };
    });
}

/** The application reads and writes rows; it owns nothing and cannot touch the platform's tables but by their functions. */
async function grant(runner: QueryRunner, role: string): Promise<void> {
  await runner.query(`
    GRANT USAGE ON SCHEMA public, platform TO ${role};
    GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO ${role};
    GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO ${role};
    GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA public TO ${role};
    REVOKE ALL ON schema_migration FROM ${role};
    GRANT SELECT, UPDATE (published_at) ON platform.outbox TO ${role};
    GRANT SELECT, INSERT ON platform.inbox TO ${role};
    GRANT SELECT ON platform.audit, platform.audit_head TO ${role};
    GRANT DELETE, SELECT (created_at) ON platform.idempotency TO ${role};
    GRANT EXECUTE ON FUNCTION platform.current_agency(), platform.append(jsonb, jsonb, jsonb),
      platform.claim_idempotency(text, text) TO ${role};
  `);
}
