import { installDatabases, installKafka, isInstalled } from '@qlvb/installation';
import { busConfig } from '@qlvb/platform-bus';
import { parseConfig } from '@qlvb/platform-config';
import { headPlaces, headsSettings, installStores, storageSettings } from '@qlvb/platform-storage';
import { z } from 'zod';
import { busLog } from '../bus-log.ts';
import type { Command } from '../command.ts';
import { busEnvironment, headsEnvironment, storeEnvironment } from '../connection.ts';

/**
 * `install`: the object store, the places where heads are kept, databases, roles and tables of every service; on Kafka topics and
 * access lists.
 */
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
  const bus = busConfig(busEnvironment(connection, environment));
  if (bus.driver === 'kafka') {
    const { topics, granted, withdrawn } = await installKafka(bus, busLog);
    print(
      { kafka: { topics, granted, withdrawn } },
      `Kafka: ${topics.length} chủ đề mới (topics), ${granted} quyền cấp thêm (granted), ${withdrawn} quyền thu hồi (withdrawn)`,
    );
  }
  return stores;
};
