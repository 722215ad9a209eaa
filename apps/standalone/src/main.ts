/** `npm start`: the whole platform on one machine: PostgreSQL, object store, bus and every service as its own process. */
import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { printBanner } from './banner.ts';
import { untilDirectoryIsEverywhere } from './directory-spread.ts';
import { startDatabase } from './embedded-database.ts';
import { lockFolder } from './lock.ts';
import { DEMO_PASSWORD, DEMO_PIN, planServices } from './plan.ts';
import { checkFolder, checkPort } from './preflight.ts';
import { Secrets } from './secrets.ts';
import { CannotStart } from './stop.ts';
import { Supervisor } from './supervisor.ts';

const data = resolve(process.env['QLVB_DATA'] ?? 'data');
const port = Number(process.env['QLVB_PORT'] ?? 8080);
const started = Date.now();
const DIRECTORY_LIMIT_MS = 120_000;

const say = (line: string): void => {
  process.stdout.write(`[${((Date.now() - started) / 1000).toFixed(1).padStart(5)} s] ${line}\n`);
};
const closers: (() => Promise<void> | void)[] = [];
let stopping: Promise<void> | undefined;

function stop(): Promise<void> {
  stopping ??= (async () => {
    for (const close of closers.reverse()) await close();
  })();
  return stopping;
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(signal, () => {
    if (!stopping) say('Đang dừng… (stopping)');
    void stop().then(() => process.exit(0));
  });
}
// The terminal went away: writing to it must not end the orderly stop.
process.stdout.on('error', () => void stop().then(() => process.exit(0)));

try {
  checkFolder(data);
  closers.push(lockFolder(data));
  await checkPort(port);
  const logs = join(data, 'logs');
  mkdirSync(logs, { recursive: true });
  const secrets = new Secrets(data);

  const database = await startDatabase({ data, secrets, say });
  closers.push(() => database.stop());

  const plan = await planServices({ data, port, secrets, databaseUrl: database.url });
  await plan.prepare(say);
  const supervisor = new Supervisor(logs, say);
  closers.push(() => supervisor.stop(['gateway']));
  for (const group of plan.groups) {
    if (stopping) break;
    say(`Khởi động ${group.map((process) => process.name).join(', ')} (starting)`);
    await Promise.all(group.map((process) => supervisor.start(process)));
  }
  if (!stopping) {
    const url = (name: string): string => `${database.url}/${name}`;
    const late = await untilDirectoryIsEverywhere(url, DIRECTORY_LIMIT_MS, () => stopping !== undefined);
    if (late.length > 0) say(`Danh bạ chưa đến ${late.join(', ')} (directory still on its way)`);
  }
  if (!stopping)
    printBanner({
      port,
      accountsFile: join(import.meta.dirname, '..', 'demo', 'accounts.json'),
      password: DEMO_PASSWORD,
      pin: DEMO_PIN,
      data,
      seconds: (Date.now() - started) / 1000,
      write: (text) => process.stdout.write(text),
    });
} catch (error) {
  process.stderr.write(
    `${error instanceof CannotStart ? error.message : error instanceof Error ? `Không khởi động được: ${error.message}` : String(error)}\n`,
  );
  await stop();
  process.exit(1);
}
