import { randomBytes } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import { ArchiveNotificationRequested } from '@qlvb/contracts';
import { startServiceProcess, until } from '@qlvb/platform-service-testing';
import type { ServiceProcess } from '@qlvb/platform-service-testing';
import { archivist, maker, ReadingRoom } from './reading-room.ts';
import type { Submission } from './reading-room.ts';

/** Of the service under test none carries out jobs: the processes beside it do, and are killed. */
let room: ReadingRoom;
beforeAll(async () => (room = await ReadingRoom.open({ QLVB_JOBS_AT_ONCE: '0' })));
afterAll(() => room.test.stop());

const PATIENCE_MS = 240_000;
const workers: ServiceProcess[] = [];
const worker = async (failPoints?: string): Promise<ServiceProcess> => {
  const started = await startServiceProcess(room.test, 'archive', {
    QLVB_JOBS_AT_ONCE: '4',
    ...(failPoints === undefined ? {} : { QLVB_FAIL_POINTS: failPoints }),
  });
  workers.push(started);
  return started;
};
const endWorkers = async (): Promise<void> => {
  for (const { child, exited } of workers.splice(0)) {
    child.kill('SIGTERM');
    await exited;
  }
};
afterEach(endWorkers);

/** SIGKILL at the fail point; then another process ends the work. */
async function killedAt(failPoint: string, submissionId: string): Promise<Submission> {
  const { state } = await room.submission(submissionId);
  const first = await worker(`${failPoint}=kill`);
  expect(await first.exited).toBe('SIGKILL');
  expect(await room.submission(submissionId)).toMatchObject({ state, job: { state: 'running' } });
  // What a lease is for happens without waiting for its end.
  await room.test.admin.query(`UPDATE platform.job SET lease_until = now() WHERE state = 'running'`);
  await worker();
  const settled = await room.settled(submissionId);
  await endWorkers();
  return settled;
}

/** Every object in the store, by digest. */
const objects = async (): Promise<string[]> =>
  (await readdir(room.objects, { recursive: true })).flatMap((path) => /[0-9a-f]{64}$/.exec(path) ?? []).toSorted();

/** Every object that a row of the archive names. */
async function named(): Promise<string[]> {
  const { rows } = await room.test.admin.query<{ sha256: string }>(
    `SELECT sha256 FROM archive_package UNION SELECT f ->> 'sha256' FROM filable_document, jsonb_array_elements(files) f`,
  );
  return rows.map(({ sha256 }) => sha256).toSorted();
}

const audited = async (action: string, id: string): Promise<number> => {
  const { rows } = await room.test.admin.query<{ n: number }>(
    `SELECT count(*)::int AS n FROM platform.audit
     WHERE entry::jsonb ->> 'action' = $1 AND entry::jsonb -> 'resource' ->> 'id' = $2`,
    [action, id],
  );
  return rows[0]?.n ?? 0;
};

describe('a process that is killed in the middle', () => {
  it.each([
    ['while the package streams', 'archive:while-streaming', 'while the archive’s streams', 'archive:while-streaming'],
    ['when the package is stored', 'archive:sip-stored', 'when the archive’s is stored', 'archive:aip-stored'],
  ])(
    'F-61 SUB-7 of packing %s, and of accepting: another goes on, nothing is there twice, no object is nobody’s',
    async (_packing, atPacking, _accepting, atAccepting) => {
      const { dossierId } = await room.closed({
        content: Buffer.concat([Buffer.from('%PDF-1.7\n'), randomBytes(1e6)]),
      });
      const asked = await room.handIn(dossierId);
      expect([asked.state, asked.submissionCode]).toEqual(['packing', null]);
      const packed = await killedAt(atPacking, asked.submissionId);
      expect(packed).toMatchObject({ state: 'submitted', submissionCode: expect.stringMatching(/NL/), failure: null });
      expect(await audited('submission.packed', asked.submissionId)).toBe(1);
      expect(await audited('submission.numbered', asked.submissionId)).toBe(1);
      await room.test.json(`/submissions/${asked.submissionId}/acceptances`, { as: archivist, body: {}, status: 202 });
      const accepted = await killedAt(atAccepting, asked.submissionId);
      expect(accepted).toMatchObject({ state: 'accepted', submissionCode: packed.submissionCode });
      expect(await audited('submission.accepted', asked.submissionId)).toBe(1);
      expect(await room.count(`archive_package WHERE dossier_id = '${dossierId}'`)).toBe(2);
      expect(await objects()).toEqual(await named());
      const { rows } = await room.test.admin.query<{ deaths: number }>(
        `SELECT deaths FROM platform.job WHERE key = $1 ORDER BY seq`,
        [asked.submissionId],
      );
      expect(rows).toEqual([{ deaths: 1 }, { deaths: 1 }]);
    },
    PATIENCE_MS,
  );

  it('SUB-7 the codes of requests that were killed follow each other without a gap', async () => {
    const { rows } = await room.test.admin.query<{ n: number; last: number }>(
      `SELECT count(DISTINCT code)::int AS n, (SELECT last_number FROM submission_sequence) AS last FROM submission`,
    );
    expect(rows).toEqual([{ n: 2, last: 2 }]);
  });
});

describe('a package that cannot be locked', () => {
  it(
    'STO-2 is told to the archivists, who have it locked once the store is mended',
    async () => {
      await worker();
      const { dossierId } = await room.closed();
      const { submissionId } = await room.submit(dossierId);
      await room.accept(submissionId);
      await endWorkers();
      const { aip, sip } = (await room.submission(submissionId)).packages;
      const packageId = aip ?? '';
      await giveUp(packageId);
      await worker();
      const told = await until('the notification', async () =>
        (await room.test.published(ArchiveNotificationRequested)).find(({ data }) => data.aboutId === packageId),
      );
      expect(told.data).toMatchObject({ kind: 'job-failed', permission: 'submissions.decide', userId: null });
      const locks = (id: string) => `/archive-packages/${id}/locks`;
      expect(await room.refusal(locks(packageId), maker)).toEqual([403, 'auth.permission-missing']);
      expect(await room.refusal(locks(sip), archivist)).toEqual([409, 'archive.only-accepted-is-locked']);
      expect(await room.test.json(locks(packageId), { as: archivist, body: {}, status: 202 })).toMatchObject({
        state: 'waiting',
      });
      await until('it is locked', async () => ((await lockedAt(dossierId, packageId)) === null ? undefined : true));
    },
    PATIENCE_MS,
  );

  /** As if the store had not taken the lock a hundred times: the job has one death too many behind it. */
  async function giveUp(packageId: string): Promise<void> {
    const { rowCount } = await room.test.admin.query(
      `UPDATE platform.job SET state = 'waiting', due_at = now(), attempts = 2, deaths = 2, finished_at = NULL
       WHERE kind = 'archive.lock-package' AND key = $1`,
      [packageId],
    );
    expect(rowCount).toBe(1);
    await room.test.admin.query('ALTER TABLE archive_package DISABLE TRIGGER USER');
    await room.test.admin.query('UPDATE archive_package SET locked_at = NULL WHERE id = $1', [packageId]);
    await room.test.admin.query('ALTER TABLE archive_package ENABLE TRIGGER USER');
  }

  async function lockedAt(dossierId: string, packageId: string): Promise<string | null> {
    const { items } = await room.test.json<{ items: { packageId: string; lockedAt: string | null }[] }>(
      `/archive-packages?dossierId=${dossierId}`,
      { as: archivist },
    );
    const found = items.find((one) => one.packageId === packageId);
    if (!found) throw new Error('the package is not listed');
    return found.lockedAt;
  }
});
