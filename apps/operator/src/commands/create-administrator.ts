import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { extname, join } from 'node:path';
import { databaseOf, roleUrl } from '@qlvb/installation';
import { appRole } from '@qlvb/platform-database';
import type { Command } from '../command.ts';
import { keysOfIdentity } from '../connection.ts';

/** Beside this program in every build: what makes accounts, and the keys it needs, are identity's own. */
const PROGRAM = join(
  import.meta.dirname,
  ...['..', '..', '..', 'identity', 'src'],
  `create-administrator${extname(import.meta.filename)}`,
);

/**
 * `create-administrator --name <họ tên>`: one of the two administrators with whom an installation begins; the citizen number is read from
 * standard input, twice.
 */
export const createAdministrator: Command = async ({ connection, environment, person }) => {
  const database = databaseOf('identity');
  const url = roleUrl(connection.superuserUrl, database, appRole(database), connection.secret(`${database}-app`));
  const child = spawn(process.execPath, [...process.execArgv, PROGRAM, ...person], {
    stdio: 'inherit',
    env: { ...environment, ...keysOfIdentity(connection, environment), QLVB_DATABASE_URL: url },
  });
  const [code] = (await once(child, 'exit')) as [number | null];
  return code === 0;
};
