import { join } from 'node:path';
import { startEmbeddedPostgres } from '../../embedded-postgres/src/index.ts';
import { scratchFolder } from './scratch-folder.ts';

/** One PostgreSQL for the whole run, whichever of the sizes asks first; each test file makes its own databases. */
export default async function globalSetup() {
  if (process.env['QLVB_TEST_PG']) return;
  globalThis.qlvbTestPostgres ??= startEmbeddedPostgres({
    folder: join(scratchFolder('qlvb-test-pg-'), 'cluster'),
    password: 'test',
  });
  process.env['QLVB_TEST_PG'] = (await globalThis.qlvbTestPostgres).url;
}
