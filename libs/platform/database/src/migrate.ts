import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DataSource } from 'typeorm';
import type { MigrationInterface, QueryRunner } from 'typeorm';

const LOCK = 7_201_001;

/** Per folder of migrations: `GRANT … TO :app` for each of its tables, and which columns change only in some states. */
const RIGHTS = 'rights.sql';

/** The one way to write jobs, which belong to all agencies of a service. */
const JOB_FUNCTIONS = [
  'cancel_job',
  'end_job',
  'enqueue_job',
  'give_back_job',
  'job_figures',
  'prune_jobs',
  'renew_job',
  'schedule_jobs',
  'take_jobs',
] as const;

/**
 * Brings a database up to date under its owner role: the platform's own SQL first, then that of the given folders. Each file is
 * `<13-digit timestamp>-<verb>-<object>.sql`, runs once, in one transaction, and is never changed after release. Rows of every table are
 * journalled from then on. Afterwards the folders' `rights.sql` say anew what the application may do.
 *
 * @returns names of the migrations that ran
 * @throws Error naming the tables of which no rights.sql speaks
 */
export async function migrate(ownerUrl: string, appRoleName: string, folders: readonly string[]): Promise<string[]> {
  const platform = join(import.meta.dirname, '..', 'migrations');
  const source = new DataSource({
    type: 'postgres',
    url: ownerUrl,
    migrations: [platform, ...folders].flatMap((folder) => sqlMigrations(folder, appRoleName)),
    migrationsTableName: 'schema_migration',
    migrationsTransactionMode: 'each',
  });
  await source.initialize();
  const runner = source.createQueryRunner();
  try {
    await runner.query('SELECT pg_advisory_lock($1)', [LOCK]);
    const ran = await source.runMigrations();
    await giveRights(runner, appRoleName, folders);
    return ran.map((migration) => migration.name);
  } finally {
    await runner.query('SELECT pg_advisory_unlock($1)', [LOCK]);
    await runner.release();
    await source.destroy();
  }
}

function sqlMigrations(folder: string, appRoleName: string): (new () => MigrationInterface)[] {
  return readdirSync(folder)
    .filter((file) => file.endsWith('.sql') && file !== RIGHTS)
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
          await keepJournal(runner, appRoleName);
        }

        down(): Promise<void> {
          return Promise.reject(new Error('migrations only go forward'));
        }
      };
    });
}

/** In the transaction that makes or changes a table, so that no row of it is ever written without its entry. */
async function keepJournal(runner: QueryRunner, role: string): Promise<void> {
  const [{ there } = { there: false }] = (await runner.query(
    `SELECT to_regprocedure('platform.keep_journal(text)') IS NOT NULL AS there`,
  )) as { there: boolean }[];
  // Migrations of before the journal find their tables journalled by the one that brings it.
  if (there) await runner.query('SELECT platform.keep_journal($1)', [role]);
}

/** The application owns nothing and has no right that is not declared; the platform's tables it touches by their functions. */
async function giveRights(runner: QueryRunner, role: string, folders: readonly string[]): Promise<void> {
  const declared = folders
    .map((folder) => join(folder, RIGHTS))
    .filter((file) => existsSync(file))
    .map((file) => readFileSync(file, 'utf8').replaceAll(':app', role));
  await runner.startTransaction();
  try {
    await runner.query(`
      REVOKE ALL ON ALL TABLES IN SCHEMA public, platform FROM ${role};
      GRANT USAGE ON SCHEMA public, platform TO ${role};
      GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO ${role};
      GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA public TO ${role};
      GRANT SELECT, UPDATE (published_at) ON platform.outbox TO ${role};
      GRANT SELECT, INSERT ON platform.inbox TO ${role};
      GRANT SELECT ON platform.audit, platform.audit_head TO ${role};
      GRANT DELETE, SELECT (created_at) ON platform.idempotency TO ${role};
      GRANT EXECUTE ON FUNCTION platform.current_agency(), platform.append(jsonb, jsonb, jsonb),
        platform.claim_idempotency(text, text), platform.seal_journal(), platform.audit_heads(),
        ${JOB_FUNCTIONS.map((name) => `platform.${name}`).join(', ')} TO ${role};
      GRANT SELECT ON platform.job TO ${role};
    `);
    for (const sql of declared) await runner.query(sql);
    await assertDeclared(runner, role);
    await runner.commitTransaction();
  } catch (error) {
    await runner.rollbackTransaction();
    throw error;
  }
}

async function assertDeclared(runner: QueryRunner, role: string): Promise<void> {
  const silent = (await runner.query(
    `SELECT c.relname AS name FROM pg_class c
     WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') AND c.relname <> 'schema_migration'
       AND NOT has_any_column_privilege($1, c.oid, 'SELECT, INSERT, UPDATE') ORDER BY 1`,
    [role],
  )) as { name: string }[];
  if (silent.length === 0) return;
  throw new Error(`no ${RIGHTS} says what the application may do with: ${silent.map(({ name }) => name).join(', ')}`);
}
