import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { BUS_DATABASE, databaseOf, roleUrl } from '@qlvb/installation';
import type { Service } from '@qlvb/installation';
import pg from 'pg';
import { Unusable } from './unusable.ts';

/** Where an operator works: PostgreSQL as its superuser, and the secrets of the roles. */
export interface Connection {
  /** Without a database name. */
  readonly superuserUrl: string;
  /** @throws Unusable naming the setting that is missing */
  secret(name: string): string;
}

/**
 * Of `QLVB_POSTGRES_URL` and of variables or files named after each secret (`QLVB_DOCUMENTS_OWNER_PASSWORD` or
 * `…_FILE`); without that URL, of the platform that `npm start` runs in this data folder.
 *
 * @throws Unusable when there is neither
 */
export function connection(environment: NodeJS.ProcessEnv): Connection {
  const url = environment['QLVB_POSTGRES_URL'];
  return url ? distributed(url, environment) : embedded(resolve(environment['QLVB_DATA'] ?? 'data'));
}

function distributed(superuserUrl: string, environment: NodeJS.ProcessEnv): Connection {
  return {
    superuserUrl: superuserUrl.replace(/\/$/, ''),
    secret: (name) => {
      const variable = `QLVB_${name
        .replace(/^qlvb_/, '')
        .replace('-', '_')
        .toUpperCase()}_PASSWORD`;
      const file = environment[`${variable}_FILE`];
      const value = file ? readFileSync(file, 'utf8').trim() : environment[variable];
      if (!value) throw new Unusable(`${variable} (hoặc ${variable}_FILE) chưa được đặt. (It is not set.)`);
      return value;
    },
  };
}

function embedded(data: string): Connection {
  const pidFile = join(data, 'postgres', 'postmaster.pid');
  const secretsFile = join(data, 'secrets.json');
  if (!existsSync(pidFile) || !existsSync(secretsFile)) {
    throw new Unusable(
      `Không có nền tảng đang chạy trên ${data}: hãy đặt QLVB_POSTGRES_URL, hoặc QLVB_DATA. (No platform runs here.)`,
    );
  }
  const secrets = JSON.parse(readFileSync(secretsFile, 'utf8')) as Record<string, string>;
  const port = readFileSync(pidFile, 'utf8').split('\n')[3] ?? '';
  const secret = (name: string): string => secrets[name] ?? '';
  return { superuserUrl: `postgresql://postgres:${encodeURIComponent(secret('postgres'))}@127.0.0.1:${port}`, secret };
}

/** The object store's settings: those of the environment, else the folder that `npm start` keeps its objects in. */
export const storeEnvironment = (environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv => ({
  ...(environment['QLVB_POSTGRES_URL']
    ? {}
    : { QLVB_STORAGE_DIR: join(resolve(environment['QLVB_DATA'] ?? 'data'), 'objects') }),
  ...environment,
});

/** Where the services take heads to: the settings of the environment, else the folder that `npm start` names to them. */
export const headsEnvironment = (environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv => ({
  ...(environment['QLVB_POSTGRES_URL']
    ? {}
    : { QLVB_HEADS_DIR: join(resolve(environment['QLVB_DATA'] ?? 'data'), 'heads') }),
  ...environment,
});

/** The keys that identity alone has: those of the environment, else those that `npm start` made. */
export const keysOfIdentity = (
  { secret }: Connection,
  environment: NodeJS.ProcessEnv,
): Readonly<Record<string, string>> =>
  environment['QLVB_POSTGRES_URL']
    ? {}
    : {
        QLVB_CCCD_KEY: secret('cccd-encryption'),
        QLVB_CCCD_INDEX_KEY: secret('cccd-blind-index'),
        QLVB_HOLDER_KEY: secret('number-proofs'),
      };

/** The bus's settings: those of the environment, else the database of the bus beside the others. */
export const busEnvironment = ({ superuserUrl }: Connection, environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv => ({
  QLVB_BUS_URL: `${superuserUrl}/${BUS_DATABASE}`,
  ...environment,
});

/** Runs work on a service's database as the superuser. */
export async function withDatabase<T>(
  { superuserUrl }: Connection,
  service: Service,
  work: (client: pg.Client) => Promise<T>,
): Promise<T> {
  const { username, password } = new URL(superuserUrl);
  const url = roleUrl(superuserUrl, databaseOf(service), decodeURIComponent(username), decodeURIComponent(password));
  const client = new pg.Client({ connectionString: url, application_name: 'qlvb-operator' });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}
