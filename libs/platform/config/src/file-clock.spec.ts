import { mkdtempSync, renameSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { z } from 'zod';
import { clockOf, clockSettings } from './file-clock.ts';
import { parseConfig } from './load-config.ts';

const folder = mkdtempSync(join(tmpdir(), 'qlvb-clock-'));
const file = join(folder, 'clock.json');
afterAll(() => rmSync(folder, { recursive: true }));

function write(setting: object, secondsAgo = 0): void {
  writeFileSync(`${file}.new`, JSON.stringify(setting));
  const at = new Date(Date.now() - secondsAgo * 1000);
  utimesSync(`${file}.new`, at, at);
  renameSync(`${file}.new`, file);
}

const ahead = (clock: { now(): Date }): number => Math.round((clock.now().getTime() - Date.now()) / 1000);

describe('the clock of a platform', () => {
  it('is the true one, and with a file what the file says, as soon as it says so', async () => {
    const [one, other] = [clockOf({ clockFile: file }), clockOf({ clockFile: file })];
    expect([ahead(clockOf({})), ahead(one)]).toEqual([0, 0]);
    write({ offsetSeconds: 86_400 });
    await wait(30);
    expect([ahead(one), ahead(other)]).toEqual([86_400, 86_400]);
    write({ pace: 3600 }, 10);
    await wait(30);
    expect(ahead(one)).toBeGreaterThanOrEqual(10 * 3599);
    expect(ahead(one)).toBeLessThan(12 * 3599);
  });

  it('is not set by a file outside tests', () => {
    const read = (): unknown => parseConfig(z.object(clockSettings), { QLVB_CLOCK_FILE: file });
    expect(read()).toEqual({ clockFile: file });
    const mode = process.env['NODE_ENV'];
    process.env['NODE_ENV'] = 'production';
    try {
      expect(read).toThrow('QLVB_CLOCK_FILE: is for tests');
    } finally {
      process.env['NODE_ENV'] = mode;
    }
  });
});
