import { join } from 'node:path';
import { installPostgresBus } from '@qlvb/platform-bus';
import { appRole, migrate, ownerRole, provisionDatabase } from '@qlvb/platform-database';
import pg from 'pg';
import { busMembers } from './bus-members.ts';
import { BUS_DATABASE, databaseOf, SERVICES } from './services.ts';
import type { Service } from './services.ts';

/** Of a database's owner role, which migrates, and of its application role, under which the service runs. */
export type DatabasePasswords = (database: string) => { readonly owner: string; readonly app: string };

const tree = join(import.meta.dirname, '..', '..', '..', '..');

const SHARED = [
  ['shared', 'directory'],
  ['platform', 'access'],
];

/** Identity owns the directory; the others keep a copy, and rows of who may see what. */
const migrationFolders = (service: Service): string[] => [
  ...(service === 'identity' ? [] : SHARED.map((folder) => join(tree, 'libs', ...folder, 'migrations'))),
  join(tree, 'apps', service, 'migrations'),
];

/** Connection URL of a role on a database, made from the superuser's. */
export function roleUrl(superuserUrl: string, database: string, role: string, password: string): string {
  const url = new URL(superuserUrl);
  url.username = role;
  url.password = password;
  url.pathname = `/${database}`;
  return url.href;
}

/** Whether there is an installation already, whole or begun. @param superuserUrl without a database name */
export async function isInstalled(superuserUrl: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: `${superuserUrl}/postgres` });
  await client.connect();
  try {
    const names = SERVICES.map((service) => databaseOf(service));
    const { rowCount } = await client.query('SELECT 1 FROM pg_database WHERE datname = ANY ($1)', [names]);
    return rowCount !== 0;
  } finally {
    await client.end();
  }
}

/**
 * Makes every database with its roles, brings its tables up to date under the owner role, and says which service may publish and
 * read what on the bus of PostgreSQL; harmless when that was done.
 *
 * @param superuserUrl without a database name
 * @returns per database the migrations that ran
 */
export async function installDatabases(
  superuserUrl: string,
  passwords: DatabasePasswords,
): Promise<ReadonlyMap<string, readonly string[]>> {
  const provision = (name: string): Promise<void> => {
    const { owner, app } = passwords(name);
    return provisionDatabase(superuserUrl, { name, ownerPassword: owner, appPassword: app });
  };
  await provision(BUS_DATABASE);
  const ran = await Promise.all(
    SERVICES.map(async (service): Promise<[string, string[]]> => {
      const name = databaseOf(service);
      await provision(name);
      const ownerUrl = roleUrl(superuserUrl, name, ownerRole(name), passwords(name).owner);
      return [name, await migrate(ownerUrl, appRole(name), migrationFolders(service))];
    }),
  );
  const busOwner = ownerRole(BUS_DATABASE);
  // Each service acts on the bus under the account it has on its own database.
  const members = busMembers((service) => appRole(databaseOf(service)));
  await allowConnections(superuserUrl);
  await installPostgresBus(roleUrl(superuserUrl, BUS_DATABASE, busOwner, passwords(BUS_DATABASE).owner), members);
  return new Map(ran);
}

async function allowConnections(superuserUrl: string): Promise<void> {
  const client = new pg.Client({ connectionString: `${superuserUrl}/postgres` });
  await client.connect();
  try {
    const roles = SERVICES.map((service) => appRole(databaseOf(service))).join(', ');
    await client.query(`GRANT CONNECT ON DATABASE ${BUS_DATABASE} TO ${roles}`);
  } finally {
    await client.end();
  }
}
