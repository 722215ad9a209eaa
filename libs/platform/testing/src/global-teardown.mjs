import { rmSync } from 'node:fs';
import { dirname } from 'node:path';

export default async function globalTeardown() {
  const running = globalThis.qlvbTestPostgres;
  if (!running) return;
  globalThis.qlvbTestPostgres = undefined;
  const postgres = await running;
  await postgres.stop();
  rmSync(dirname(postgres.folder), { recursive: true, force: true });
}
