import pg from 'pg';

export interface ServiceDatabase {
  /** Database name; also the stem of its two roles. */
  readonly name: string;
  readonly ownerPassword: string;
  readonly appPassword: string;
}

export const ownerRole = (name: string): string => `${name}_owner`;
export const appRole = (name: string): string => `${name}_app`;

/**
 * Makes a service's database with its owner role (migrations) and application role (owns nothing); harmless when they
 * are there already.
 *
 * @param superuserUrl connection URL without a database name
 */
export async function provisionDatabase(superuserUrl: string, database: ServiceDatabase): Promise<void> {
  const { name } = database;
  if (!/^[a-z][a-z0-9_]{0,50}$/.test(name)) throw new Error(`bad database name: ${name}`);
  await withClient(`${superuserUrl}/postgres`, async (client) => {
    for (const [role, password] of [
      [ownerRole(name), database.ownerPassword],
      [appRole(name), database.appPassword],
    ] as const) {
      const { rowCount } = await client.query('SELECT 1 FROM pg_roles WHERE rolname = $1', [role]);
      if (rowCount === 0) await client.query(`CREATE ROLE ${role} NOINHERIT`);
      await client.query(
        `ALTER ROLE ${role} LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOBYPASSRLS PASSWORD ${client.escapeLiteral(password)}`,
      );
    }
    const { rowCount } = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [name]);
    if (rowCount === 0) await client.query(`CREATE DATABASE ${name} OWNER ${ownerRole(name)}`);
    await client.query(`REVOKE ALL ON DATABASE ${name} FROM PUBLIC`);
    await client.query(`GRANT CONNECT ON DATABASE ${name} TO ${appRole(name)}`);
  });
  await withClient(`${superuserUrl}/${name}`, async (client) => {
    await client.query(`ALTER SCHEMA public OWNER TO ${ownerRole(name)}`);
    await client.query('CREATE EXTENSION IF NOT EXISTS unaccent');
    await client.query('CREATE EXTENSION IF NOT EXISTS pg_trgm');
  });
}

async function withClient(url: string, work: (client: pg.Client) => Promise<void>): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await work(client);
  } finally {
    await client.end();
  }
}
