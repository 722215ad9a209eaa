/**
 * Makes one of the two administrators with whom an installation begins. The citizen number is read twice from standard input, so that it
 * stands in no list of processes and no history. `npm run operator -- create-administrator` calls it.
 */
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { FirstAdministrator, FirstAdministrators, IDENTITY_ENTITIES, identitySettings } from '@qlvb/identity-feature';
import { clockOf, clockSettings, loadConfig } from '@qlvb/platform-config';
import { connect, Database } from '@qlvb/platform-database';
import { platformSettings } from '@qlvb/platform-service';
import { DomainError } from '@qlvb/shared-domain';
import { z } from 'zod';

/** What was given is not what is needed; the message says what is. */
class Unusable extends Error {}

const { values } = parseArgs({
  options: {
    name: { type: 'string', default: '' },
    title: { type: 'string', default: 'Quản trị hệ thống' },
    unit: { type: 'string', default: 'Văn phòng' },
    'unit-symbol': { type: 'string', default: 'VP' },
    'override-reason': { type: 'string' },
    json: { type: 'boolean', default: false },
  },
});
const config = loadConfig(
  z.object({ ...identitySettings, ...clockSettings, databaseUrl: platformSettings.databaseUrl }),
);

async function typed(): Promise<readonly [string, string]> {
  const lines: string[] = [];
  const input = createInterface({ input: process.stdin });
  input.on('line', (line) => {
    lines.push(line.trim());
    if (lines.length === 2) input.close();
    else ask('Nhập lại số định danh (citizen number again): ');
  });
  ask('Số định danh cá nhân (citizen number): ');
  await once(input, 'close');
  return [lines[0] ?? '', lines[1] ?? ''];
}
const ask = (words: string): void => void (process.stdin.isTTY && process.stderr.write(words));

const source = await connect({
  url: config.databaseUrl.reveal(),
  poolSize: 2,
  entities: IDENTITY_ENTITIES,
  applicationName: 'identity create-administrator',
});
try {
  const [cccd, cccdAgain] = await typed();
  const { name, title, unit, 'unit-symbol': unitSymbol, 'override-reason': overrideReason } = values;
  const input = FirstAdministrator.safeParse({
    cccd,
    cccdAgain,
    fullName: name,
    title,
    unit,
    unitSymbol,
    overrideReason,
  });
  if (!input.success) {
    const faults = input.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
    throw new Unusable(`${faults.join('; ')}. (--name, --title, --unit, --unit-symbol)`);
  }
  const clock = clockOf(config);
  const made = await new FirstAdministrators(new Database(source, 'identity', clock), config, clock).make(input.data);
  process.stdout.write(
    values.json
      ? `${JSON.stringify(made)}\n`
      : `${made.agency}: ${name}, ${made.cccdMasked}
Mật khẩu dùng một lần, chỉ hiện lần này, đến ${made.expiresAt.toISOString()} (one-time password, shown once): ${made.oneTimePassword}
Người này phải đặt mật khẩu của mình ở lần đăng nhập đầu tiên. (It must be changed at the first login.)
`,
  );
} catch (error) {
  if (!(error instanceof DomainError || error instanceof Unusable)) throw error;
  process.stderr.write(
    `${error instanceof DomainError ? `${error.detail('vi')} (${error.detail('en')})` : error.message}\n`,
  );
  process.exitCode = 2;
} finally {
  await source.destroy();
}
