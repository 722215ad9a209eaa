import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { request } from 'undici';
import { Refused } from './api-client.ts';

/** Where a platform runs on the folder, its gateway or database may just be coming back; elsewhere nobody will. */
const PATIENCE_MS = { running: 180_000, none: 3_000 };

/**
 * That there is a platform to work with, and that it is the one whose data folder holds the keys.
 *
 * @throws Error with one clear sentence
 */
export async function assertPlatform(origin: string, data: string): Promise<void> {
  if (!existsSync(join(data, 'demo-pki', 'chain.pem'))) {
    throw new Error(`Không có dữ liệu chạy thử trong ${data}: hãy chạy npm start trước. (No platform has run there.)`);
  }
  const patience = existsSync(join(data, 'platform.lock')) ? PATIENCE_MS.running : PATIENCE_MS.none;
  for (const end = Date.now() + patience; ; await wait(500)) {
    const answered = await request(`${origin}/api/v1/hosts`, { headers: { host: 'qlvb.localhost' } }).then(
      ({ statusCode, body }) => body.dump().then(() => statusCode === 200),
      () => false,
    );
    if (answered) return;
    if (Date.now() > end) {
      throw new Error(`Không có nền tảng nào trả lời tại ${origin}: hãy chạy npm start trước. (No platform answers.)`);
    }
  }
}

/** What ends the run is told in one line, if it is something that can be told so. */
export function tellErrors(): void {
  process.on('uncaughtException', (error) => {
    const told = error.constructor === Error || error instanceof Refused;
    process.stderr.write(`\n${told ? error.message : String(error.stack)}\n`);
    process.exit(1);
  });
}
