import pg from 'pg';

/** URL of the test run's PostgreSQL superuser, without a database name. */
export function testPostgresUrl(): string {
  const url = process.env['QLVB_TEST_PG'];
  if (!url) throw new Error('QLVB_TEST_PG is not set: run through Jest, whose global set-up starts PostgreSQL');
  return url;
}

export interface TestDatabase {
  readonly url: string;
  readonly name: string;
  drop(): Promise<void>;
}

let made = 0;

/** Makes an empty database of its own for one test file. */
export async function makeTestDatabase(prefix = 'test'): Promise<TestDatabase> {
  const name = `${prefix}_${process.pid}_${Date.now().toString(36)}_${(made += 1)}`;
  const admin = async (statement: string): Promise<void> => {
    const client = new pg.Client({ connectionString: `${testPostgresUrl()}/postgres` });
    await client.connect();
    try {
      await client.query(statement);
    } finally {
      await client.end();
    }
  };
  await admin(`CREATE DATABASE ${name}`);
  return {
    name,
    url: `${testPostgresUrl()}/${name}`,
    drop: () => admin(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`),
  };
}
