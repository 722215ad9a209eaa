/**
 * `npm run bench -- [--only access,bus,registration,gateway,start] [--rounds 5] [--documents 1000000]`: what the platform does per second and what it
 * weighs, each held against a bare peer in the same run. Figures are for reading, nothing here passes or fails.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { cpus, tmpdir, totalmem } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { startEmbeddedPostgres } from '@qlvb/platform-embedded-postgres';
import { accessLines } from './access.ts';
import { busLines } from './bus.ts';
import { gatewayLines } from './gateway.ts';
import { print } from './measure.ts';
import type { Line } from './measure.ts';
import { registrationLines } from './registration.ts';
import { startLines } from './start.ts';

const { values } = parseArgs({
  options: {
    only: { type: 'string' },
    rounds: { type: 'string', default: '5' },
    documents: { type: 'string', default: '1000000' },
  },
});
const rounds = Number(values.rounds);
const dist = resolve(import.meta.dirname, '..');
const root = resolve(dist, '..');

const parts: Record<string, (postgresUrl: string) => Promise<Line[]>> = {
  access: () => accessLines(root, Number(values.documents), rounds),
  bus: (url) => busLines(url, root, 3000, rounds),
  registration: (url) => registrationLines(url, root, 200, rounds),
  gateway: () => gatewayLines(dist, 8000, rounds),
  start: () => startLines(dist, Math.min(rounds, 3)),
};
const wanted = values.only?.split(',') ?? Object.keys(parts);
const folder = mkdtempSync(join(tmpdir(), 'qlvb-bench-'));
const postgres = await startEmbeddedPostgres({ folder: join(folder, 'postgres'), password: 'bench' });
process.env['QLVB_TEST_PG'] = postgres.url;
const lines: Line[] = [];
try {
  for (const name of wanted) {
    const part = parts[name];
    if (!part) throw new Error(`no part ${name}: ${Object.keys(parts).join(', ')}`);
    lines.push(...(await part(postgres.url)));
  }
} finally {
  await postgres.stop();
  rmSync(folder, { recursive: true, force: true });
}
console.log(
  `\n${cpus().length} × ${cpus()[0]?.model ?? 'processor'}, ${Math.round(totalmem() / 2 ** 30)} GiB, Node ${process.version}\n`,
);
print(lines);
process.exit(0);
