import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEmbeddedPostgres } from '@qlvb/platform-embedded-postgres';
import type { EmbeddedPostgres } from '@qlvb/platform-embedded-postgres';
import pg from 'pg';

const programs = process.env['QLVB_JUDGE_POSTGRESQL'] ?? '';
export const dumpingIsHere = (): boolean => programs !== '';

/** Rows of each table and the place of each sequence, as digests that do not depend on the order of rows. */
export type Content = Readonly<Record<string, string>>;

export interface Restored {
  readonly server: EmbeddedPostgres;
  /** What the first server held at the moment of each dump, and what the second one holds, by database. */
  readonly dumped: Readonly<Record<string, Content>>;
  readonly found: Readonly<Record<string, Content>>;
  remove(): Promise<void>;
}

/**
 * Dumps databases and roles with the server's own programs while the platform runs, and restores them into an empty server.
 *
 * @param url as the superuser, without a database name
 * @throws Error when a program meets the least trouble
 */
export async function dumpAndRestore(url: string, databases: readonly string[]): Promise<Restored> {
  const folder = mkdtempSync(join(tmpdir(), 'qlvb-restored-'));
  const server = await startEmbeddedPostgres({
    folder: join(folder, 'postgres'),
    password: decodeURIComponent(new URL(url).password),
  });
  const remove = async (): Promise<void> => {
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    return { server, remove, ...(await copy(url, server.url, databases, folder)) };
  } catch (error) {
    await remove();
    throw error;
  }
}

async function copy(
  from: string,
  to: string,
  databases: readonly string[],
  folder: string,
): Promise<Pick<Restored, 'dumped' | 'found'>> {
  const roles = run('pg_dumpall', ['--globals-only', '--no-sync', '-d', `${from}/postgres`])
    .split('\n')
    // The superuser is there already.
    .filter((line) => line !== 'CREATE ROLE postgres;')
    .join('\n');
  run('psql', ['-X', '-q', '-v', 'ON_ERROR_STOP=1', '-d', `${to}/postgres`], roles);
  const dumped: Record<string, Content> = {};
  const found: Record<string, Content> = {};
  for (const database of databases) {
    const file = join(folder, `${database}.dump`);
    await withClient(`${from}/${database}`, async (client) => {
      await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY');
      const { rows } = await client.query<{ snapshot: string }>('SELECT pg_export_snapshot() AS snapshot');
      run('pg_dump', ['-Fc', `--snapshot=${rows[0]?.snapshot}`, '-f', file, '-d', `${from}/${database}`]);
      dumped[database] = await contentOf(client);
    });
    run('pg_restore', ['--create', '--exit-on-error', '-d', `${to}/postgres`, file]);
    found[database] = await withClient(`${to}/${database}`, contentOf);
  }
  return { dumped, found };
}

function run(program: string, args: readonly string[], input = ''): string {
  return execFileSync(join(programs, program), args, { input, encoding: 'utf8', maxBuffer: 2 ** 26 });
}

async function withClient<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

async function contentOf(client: pg.Client): Promise<Content> {
  const { rows: relations } = await client.query<{ name: string; kind: string }>(
    `SELECT oid::regclass::text AS name, relkind AS kind FROM pg_class
     WHERE relkind IN ('r', 'S') AND relnamespace::regnamespace::text !~ '^(pg_|information_schema)'`,
  );
  const content: Record<string, string> = {};
  for (const { name, kind } of relations) {
    const { rows } = await client.query<{ digest: string }>(
      kind === 'S'
        ? `SELECT last_value::text || is_called::text AS digest FROM ${name}`
        : `SELECT count(*) || ' ' || coalesce(md5(string_agg(digest, '' ORDER BY digest)), '') AS digest
           FROM (SELECT md5(line::text) AS digest FROM ${name} AS line) AS lines`,
    );
    content[name] = rows[0]?.digest ?? '';
  }
  return content;
}
