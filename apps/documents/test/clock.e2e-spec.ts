import { fork } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { until } from '@qlvb/platform-service-testing';
import { newId } from '@qlvb/shared-domain';
import { Office, officer } from './office.ts';

const main = join(import.meta.dirname, '..', '..', '..', 'dist/apps/documents/src/main.js');
const folder = mkdtempSync(join(tmpdir(), 'qlvb-clock-'));
const clockFile = join(folder, 'clock.json');
const HOUR_MS = 60 * 60 * 1000;

let office: Office;
let child: ChildProcess;
let second: string;

function set(setting: object): void {
  writeFileSync(`${clockFile}.new`, JSON.stringify(setting));
  renameSync(`${clockFile}.new`, clockFile);
}

beforeAll(async () => {
  set({});
  office = await Office.open({ QLVB_CLOCK_FILE: clockFile });
  child = fork(main, [], {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    env: { PATH: process.env['PATH'], NODE_ENV: 'test', QLVB_LOG_LEVEL: 'warn', ...office.test.environment },
    execArgv: [],
  });
  const port = await new Promise<number>((resolve, reject) => {
    child.once('message', (message) => resolve((message as { port: number }).port));
    child.once('exit', (code) => reject(new Error(`the second process ended with ${code}`)));
  });
  second = `http://127.0.0.1:${port}/api/v1`;
});

afterAll(async () => {
  child?.kill('SIGTERM');
  await office.test.stop();
  rmSync(folder, { recursive: true });
});

/** How many hours ahead of the true time a process writes. */
async function hoursAhead(baseUrl: string): Promise<number> {
  const answer = await fetch(`${baseUrl}/outgoing-documents`, {
    method: 'POST',
    headers: {
      ...(await office.test.issuer.authorization(officer)),
      'content-type': 'application/json',
      'idempotency-key': `test-${newId()}`,
    },
    body: JSON.stringify(await office.draftInput()),
  });
  const { createdAt } = (await answer.json()) as { createdAt: string };
  // Never -0.
  return Math.round((Date.parse(createdAt) - Date.now()) / HOUR_MS) + 0;
}

const status = async (baseUrl: string, fileId: string): Promise<number> => {
  const headers = await office.test.issuer.authorization(officer);
  return (await fetch(`${baseUrl}/files/${fileId}`, { headers })).status;
};

it('one file moves the time of all processes of a service, and what is due after a day happens', async () => {
  const first = `${office.test.service.url}/api/v1`;
  const fileId = await office.upload();
  expect([await hoursAhead(first), await hoursAhead(second)]).toEqual([0, 0]);
  expect([await status(first, fileId), await status(second, fileId)]).toEqual([200, 200]);
  set({ offsetSeconds: 25 * 3600 });
  await until('the upload that nothing holds is forgotten', async () =>
    (await status(first, fileId)) === 404 ? true : undefined,
  );
  expect(await status(second, fileId)).toBe(404);
  expect([await hoursAhead(first), await hoursAhead(second)]).toEqual([25, 25]);
});
