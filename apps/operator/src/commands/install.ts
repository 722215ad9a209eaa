import { installDatabases } from '@qlvb/installation';
import type { Command } from '../command.ts';

/** `install`: databases, roles and tables of every service. */
export const install: Command = async ({ connection, print }) => {
  const ran = await installDatabases(connection.superuserUrl, (name) => ({
    owner: connection.secret(`${name}-owner`),
    app: connection.secret(`${name}-app`),
  }));
  for (const [database, migrations] of ran) {
    print(
      { database, migrations },
      `${database}: ${migrations.length === 0 ? 'đã mới nhất (up to date)' : migrations.join(', ')}`,
    );
  }
  return true;
};
