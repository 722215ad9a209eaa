import { spawnSync } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, rmSync, statfsSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { request } from 'undici';
import { check } from './chaos/checker/check.ts';
import { startPlatform } from './running-platform.ts';
import type { RunningPlatform } from './running-platform.ts';
import { program } from './workspace.ts';

const MINUTE = 60_000;
const DISK_MB = 1100;
/** Between logins, of which the gateway takes only so many a minute. */
const PAUSE_MS = 250;

const place = mkdtempSync(join(tmpdir(), 'qlvb-disk-'));

/** A small file system of its own: only root may mount one, and not in every container. */
const mount = (): boolean => spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${DISK_MB}m`, 'tmpfs', place]).status === 0;
const unmount = (): boolean => spawnSync('umount', [place]).status === 0;
const canMount = mount() && unmount();
const title = 'F-14 the disk of the data folder is full';

(canMount ? describe : describe.skip)(canMount ? title : `${title} [skipped: needs mount, as root]`, () => {
  const data = join(place, 'data');
  const filler = join(place, 'filler');
  let platform: RunningPlatform;

  beforeAll(async () => {
    expect(mount()).toBe(true);
    platform = await startPlatform({ data });
    expect((await platform.demo(join(data, 'demo'))).code).toBe(0);
  }, 10 * MINUTE);
  afterAll(async () => {
    await platform.stop();
    unmount();
    rmSync(place, { recursive: true, force: true });
  }, MINUTE);

  const left = (): number => statfsSync(place).bavail;
  const fill = (): void => {
    const file = openSync(filler, 'w');
    const block = Buffer.alloc(65_536, 1);
    try {
      for (;;) writeSync(file, block);
    } catch (error) {
      expect((error as NodeJS.ErrnoException).code).toBe('ENOSPC');
    } finally {
      closeSync(file);
    }
  };
  const login = async (): Promise<number> => {
    const { statusCode, body } = await request(`http://127.0.0.1:${platform.port}/api/v1/auth/sessions`, {
      method: 'POST',
      headers: { host: 'qlvb-stttt.localhost', 'content-type': 'application/json' },
      body: JSON.stringify({ cccd: '099085000101', password: 'Thu-Nghiem-2026!' }),
    });
    await body.dump();
    return statusCode;
  };

  it(
    'ends nobody: what needs the disk is refused with 503 as long as it is full, and goes on by itself when there is room',
    async () => {
      const { launcher } = platform.pids();
      const answers = new Set<number>();
      for (const end = Date.now() + 20_000; Date.now() < end;) {
        if (left() > 0) fill();
        answers.add(await login());
        await sleep(PAUSE_MS);
      }
      // A login writes a session: it is made whole or not at all.
      expect([...answers].filter((status) => ![201, 503].includes(status))).toEqual([]);
      expect(answers).toContain(503);
      expect(() => process.kill(launcher ?? 0, 0)).not.toThrow();
      rmSync(filler);
      const { code, output } = await platform.demo(join(data, 'after'));
      expect([code, output]).toEqual([0, expect.stringContaining('02/QĐ-STTTT')]);
      expect(platform.pids()['launcher']).toBe(launcher);
      expect(await check(platform, join(data, 'after', 'history.jsonl'))).toEqual([]);
      const state = spawnSync(process.execPath, [program('operator'), 'verify', 'state'], {
        env: { ...process.env, QLVB_DATA: data },
        encoding: 'utf8',
      });
      expect(state.stdout.split('\n').filter((line) => line && !line.includes('no head is kept'))).toEqual([]);
    },
    10 * MINUTE,
  );
});
