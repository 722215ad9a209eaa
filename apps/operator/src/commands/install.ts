import { installDatabases, isInstalled } from '@qlvb/installation';
import { parseConfig } from '@qlvb/platform-config';
import { headPlaces, headsSettings, installStores, storageSettings } from '@qlvb/platform-storage';
import { z } from 'zod';
import type { Command } from '../command.ts';
import { headsEnvironment, storeEnvironment } from '../connection.ts';

/** `install`: the object store, the places where heads are kept, databases, roles and tables of every service. */
export const install: Command = async ({ connection, environment, print }) => {
  // Before the databases: an installation that was begun has its store.
  const fresh = !(await isInstalled(connection.superuserUrl));
  const stores = await installStores(parseConfig(z.object(storageSettings), storeEnvironment(environment)), { fresh });
  for (const place of headPlaces(parseConfig(z.object(headsSettings), headsEnvironment(environment))))
    await place.install();
  print({ stores }, stores ? 'kho tệp: đã có (object store: there)' : 'kho tệp: KHÔNG THẤY (object store: GONE)');
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
  return stores;
};
