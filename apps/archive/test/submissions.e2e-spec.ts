import { createHash } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import { chmodSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkPackage, openZip } from '@qlvb/archive-package';
import { ArchiveNotificationRequested, ValidationCompleted } from '@qlvb/contracts';
import { armFailPoints } from '@qlvb/platform-faults';
import { startClamd, until } from '@qlvb/platform-service-testing';
import type { Clamd } from '@qlvb/platform-service-testing';
import { ARCHIVE_STORE } from '@qlvb/platform-storage';
import type { ObjectStore } from '@qlvb/platform-storage';
import { newId } from '@qlvb/shared-domain';
import { Readable } from 'node:stream';
import { AGENCY, archivist, colleagueOfMaker, maker, ReadingRoom, stranger } from './reading-room.ts';

let room: ReadingRoom;
let clamd: Clamd;
/** The same with an engine that looks for viruses. */
let scanned: ReadingRoom;
beforeAll(async () => {
  clamd = await startClamd();
  room = await ReadingRoom.open();
  scanned = await ReadingRoom.open({ QLVB_CLAMD_URL: clamd.url });
});
afterAll(async () => {
  await scanned.test.stop();
  await room.test.stop();
  clamd.close();
});
afterEach(() => armFailPoints(undefined));

const opened = (zip: Buffer) =>
  openZip({ sizeBytes: zip.length, read: (start, end) => Promise.resolve(Readable.from([zip.subarray(start, end)])) });

const textOf = async (packageId: string, path: string, from = room): Promise<string> => {
  const contents = await opened(await from.download(packageId));
  return Buffer.concat(await (await contents.open(path)).toArray()).toString();
};
const metsOf = async (packageId: string): Promise<Record<'status' | 'objectId', string | undefined>> => {
  const mets = await textOf(packageId, 'METS.xml');
  return { status: /RECORDSTATUS="(\w+)"/.exec(mets)?.[1], objectId: /OBJID="([^"]+)"/.exec(mets)?.[1] };
};

describe('a package that is given out', () => {
  const told = async (packageId: string) => {
    const { rows } = await room.test.admin.query<{ entry: string }>('SELECT entry FROM platform.audit ORDER BY seq');
    return rows
      .map(
        ({ entry }) => JSON.parse(entry) as { action: string; resource: { id: string }; after: object; actor: object },
      )
      .filter(({ action, resource }) => action === 'archive-package.downloaded' && resource.id === packageId);
  };
  const ask = (packageId: string, more: object = {}) =>
    room.test.ask(`/archive-packages/${packageId}/content`, { as: archivist, ...more });

  it('F-63 was written down before, with who took it and the digest of what; what gives nothing out is not', async () => {
    const { packages } = await room.submit((await room.closed()).dossierId);
    expect((await ask(packages.sip, { method: 'HEAD' })).status).toBe(200);
    expect(await told(packages.sip)).toEqual([]);
    const bytes = await room.download(packages.sip);
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    expect((await ask(packages.sip, { headers: { range: 'bytes=0-3' } })).status).toBe(206);
    const after = [{ sha256 }, { sha256, range: { start: 0, end: 3 } }];
    expect(await told(packages.sip)).toMatchObject(
      after.map((what) => ({ after: what, actor: { userId: archivist.userId } })),
    );
  });

  it.each(['altered', 'gone'])(
    'SEC-C03 F-41 is not given out when its bytes are %s: a clear word, and nobody took it',
    async (how) => {
      const { packages } = await room.submit((await room.closed()).dossierId);
      const { rows } = await room.test.admin.query<{ key: string }>(
        'SELECT object_key AS key FROM archive_package WHERE id = $1',
        [packages.sip],
      );
      const object = join(room.objects, rows[0]?.key ?? '');
      const bytes = readFileSync(object);
      chmodSync(object, 0o600);
      if (how === 'gone') rmSync(object);
      else writeFileSync(object, Buffer.concat([Buffer.from('X'), bytes.subarray(1)]));
      for (const headers of [{}, { range: 'bytes=9-20' }]) {
        const answer = await ask(packages.sip, { headers });
        expect([answer.status, await answer.json()]).toMatchObject([409, { code: 'storage.file-bytes-lost' }]);
      }
      expect(await told(packages.sip)).toEqual([]);
    },
  );

  it('F-63 does not leave when that cannot be written', async () => {
    const { packages } = await room.submit((await room.closed()).dossierId);
    armFailPoints('command:before-commit=throw@1');
    const answer = await ask(packages.sip);
    expect([answer.status, answer.headers.get('content-type')]).toEqual([500, expect.stringContaining('problem+json')]);
    expect(await told(packages.sip)).toEqual([]);
  });
});

describe('submission', () => {
  it('NĐ30-A30-2 SUB-3 packs and checks the dossier, the archive accepts it, both packages hold under our own checks', async () => {
    const { dossierId } = await room.closed();
    const submission = await room.submit(dossierId);
    expect(submission.state).toBe('submitted');
    // No scanner is connected and no list was approved here: both are said, and left to the archivist's judgement.
    expect(submission.checks.filter(({ outcome }) => outcome !== 'success').map(({ check }) => check)).toEqual([
      'virus',
      'retention-and-list',
    ]);
    const accepted = await room.accept(submission.submissionId);
    expect(accepted.state).toBe('accepted');
    for (const id of [accepted.packages.sip, accepted.packages.aip ?? '']) {
      const contents = await opened(await room.download(id));
      const report = await checkPackage(contents);
      expect([report.isValid, report.findings.filter(({ level }) => level === 'error')]).toEqual([true, []]);
    }
    expect((await room.dossier(dossierId)).state).toBe('accepted');
  });

  it('F-32 PKG-14, PKG-15 the accepted package tells each check with its outcome, who handed it in and who took it', async () => {
    const { submissionId, submissionCode } = await room.submit((await room.closed({ signed: false })).dossierId);
    const { packages } = await room.accept(submissionId, { reason: 'Bản giấy đã đối chiếu' });
    const premis = await textOf(packages.aip ?? '', 'metadata/preservation/PREMIS.xml');
    const events = premis.split('<event>').slice(1);
    const told = events.map((text) => {
      const of = (name: string): string => new RegExp(`<${name}(?: [^>]*)?>([^<]*)<`).exec(text)?.[1] ?? '';
      return `${of('eventType')}: ${of('eventOutcome')}`;
    });
    expect(told).toEqual([
      'transfer: success',
      'unpacking: success',
      'validation: success',
      'validation: success',
      'format identification: success',
      'validation: success',
      'policy assignment: warning',
      'fixity check: success',
      'information package creation: success',
      'accession: success',
    ]);
    // F-32: no scanner saw it, nobody judged its signatures, and formats are told by a table of our own.
    expect(premis).not.toMatch(/ClamAV|PRONOM<|ETSI EN 319 102-1/);
    const { version } = JSON.parse(
      readFileSync(join(import.meta.dirname, '..', '..', '..', 'package.json'), 'utf8'),
    ) as { version: string };
    expect(premis).toContain(version);
    expect([events[0], events.at(-1)].every((text) => text?.includes(submissionCode ?? 'no code'))).toBe(true);
    expect([events[0]?.includes(maker.userId), events.at(-1)?.includes(archivist.userId)]).toEqual([true, true]);
    expect(premis).toContain(archivist.fullName);
    const ids = [...premis.matchAll(/<eventIdentifierValue>([^<]+)</g)].map(([, id]) => id);
    expect(new Set(ids).size).toBe(events.length);
  });

  it.each([
    ['what the engine calls clean', 'stream: OK', 'success', 202],
    ['what it knows as infected', 'stream: Eicar-Test-Signature FOUND', 'fail', 422],
  ])('SUB-10 tells %s', async (_case, verdict, outcome, status) => {
    clamd.verdict = verdict;
    const { submissionId, checks } = await scanned.submit((await scanned.closed()).dossierId);
    expect(checks.find(({ check }) => check === 'virus')?.outcome).toBe(outcome);
    const body = { reason: 'cứ nhận' };
    const path = `/submissions/${submissionId}/acceptances`;
    expect((await scanned.test.ask(path, { as: archivist, body })).status).toBe(status);
  });

  it('F-32 SUB-10 PKG-14 the accepted package names the engine that looked, as it named itself, and the retention assigned', async () => {
    clamd.verdict = 'stream: OK';
    clamd.version = 'ClamAV 1.5.0/27999/Sun Nov 29 08:45:00 2026';
    const { submissionId } = await scanned.submit((await scanned.closed()).dossierId);
    const { packages } = await scanned.accept(submissionId, { reason: 'Bản giấy đã đối chiếu' });
    const premis = await textOf(packages.aip ?? '', 'metadata/preservation/PREMIS.xml', scanned);
    expect(premis).toMatch(
      /<agentName>ClamAV<\/agentName>\s*<agentType>software<\/agentType>\s*<agentVersion>1\.5\.0\/27999/,
    );
    expect(premis.split('<event>').find((event) => event.includes('virus check'))).toContain(clamd.version);
    expect(premis.split('<event>').find((event) => event.includes('policy assignment'))).toContain(
      '10 năm, Không theo danh mục hồ sơ',
    );
  });

  it('SUB-10 takes nothing while the engine fails, and the same dossier when it answers again', async () => {
    const { dossierId } = await scanned.closed();
    clamd.verdict = undefined;
    const failed = await scanned.submit(dossierId);
    expect([failed.state, failed.failure, failed.packages.sip]).toEqual([
      'packing_failed',
      'scanner-unavailable',
      null,
    ]);
    expect(await scanned.count(`archive_package WHERE dossier_id = '${dossierId}'`)).toBe(0);
    clamd.verdict = 'stream: OK';
    await scanned.test.json(`/submissions/${failed.submissionId}/retries`, { as: maker, body: {}, status: 202 });
    const packed = await scanned.settled(failed.submissionId);
    expect([packed.state, packed.failure, packed.submissionCode]).toEqual(['submitted', null, failed.submissionCode]);
  });

  it('SUB-7 registration codes follow each other, also when dossiers come in at once', async () => {
    const dossiers = await Promise.all(Array.from({ length: 6 }, () => room.closed()));
    const codes = (await Promise.all(dossiers.map(({ dossierId }) => room.submit(dossierId)))).map(
      ({ submissionCode }) => submissionCode,
    );
    const numbers = codes.map((code) => Number(/(\d+)$/.exec(code ?? '')?.[1])).sort((a, b) => a - b);
    expect(new Set(numbers).size).toBe(6);
    expect((numbers.at(-1) ?? 0) - (numbers[0] ?? 0)).toBe(5);
  });

  it('one dossier is submitted once, however often and however many ask', async () => {
    const { dossierId } = await room.closed();
    const key = `submit-${newId()}`;
    const first = await room.handIn(dossierId, key);
    expect(first).toMatchObject({
      state: 'packing',
      job: { state: 'waiting', done: null, total: null, unit: 'bytes' },
    });
    expect(await room.handIn(dossierId, key)).toEqual(first);
    const packed = await room.settled(first.submissionId);
    expect(packed.job).toMatchObject({ state: 'done' });
    if (packed.job?.total) expect(packed.job.done).toBe(packed.job.total);
    const others = await Promise.all(
      Array.from({ length: 3 }, () => room.refusal(`/dossiers/${dossierId}/submissions`, maker)),
    );
    expect(new Set(others.map(([status, code]) => `${status} ${code}`))).toEqual(
      new Set(['409 archive.dossier-act-not-allowed']),
    );
    expect(await room.count(`submission WHERE dossier_id = '${dossierId}'`)).toBe(1);
  });

  it('is accepted once, when two archivists decide at once', async () => {
    const { dossierId } = await room.closed();
    const { submissionId } = await room.submit(dossierId);
    const decisions = await Promise.all(
      Array.from({ length: 4 }, () =>
        room.test.ask(`/submissions/${submissionId}/acceptances`, { as: archivist, body: {} }),
      ),
    );
    expect(decisions.map(({ status }) => status).sort()).toEqual([202, 409, 409, 409]);
    expect((await room.settled(submissionId)).state).toBe('accepted');
    expect(await room.count(`archive_package WHERE dossier_id = '${dossierId}' AND kind = 'aip'`)).toBe(1);
  });

  it('SUB-16 an unverified signature needs a reason, a broken one is refused', async () => {
    const doubtful = await room.submit((await room.closed({ signed: false })).dossierId);
    expect(doubtful.checks.find(({ check }) => check === 'signatures')?.outcome).toBe('warning');
    const [status, code] = await room.refusal(`/submissions/${doubtful.submissionId}/acceptances`, archivist);
    expect([409, 422]).toContain(status);
    expect(code).toMatch(/^archive\.checks-/);
    expect((await room.accept(doubtful.submissionId, { reason: 'Bản giấy đã đối chiếu' })).state).toBe('accepted');

    const document = await room.document({ signed: false });
    await room.test.deliver(ValidationCompleted, AGENCY, {
      documentId: document.documentId,
      validationId: newId(),
      validatedAt: new Date().toISOString(),
      files: document.files.map(({ fileId }) => ({
        fileId,
        legalEffect: 'none' as const,
        intact: false,
        authentic: false,
        findings: ['digest-mismatch'],
      })),
    });
    const { dossierId } = await room.openDossier();
    await room.act(dossierId, 'documents', maker, { documentId: document.documentId });
    await room.act(dossierId, 'closures');
    const broken = await room.submit(dossierId);
    expect(
      (await room.refusal(`/submissions/${broken.submissionId}/acceptances`, archivist, { reason: 'cứ nhận' }))[1],
    ).toBe('archive.checks-not-passed');
    expect((await room.dossier(dossierId)).state).toBe('submitted');
  });

  it('SUB-21 is returned with a reason, mended, and comes again under its code, as a batch in place of the first', async () => {
    const { dossierId } = await room.closed();
    const first = await room.submit(dossierId);
    expect((await room.refusal(`/submissions/${first.submissionId}/returns`, archivist, {}))[0]).toBe(400);
    const returned = await room.test.json<{ state: string; reason: string }>(
      `/submissions/${first.submissionId}/returns`,
      {
        as: archivist,
        body: { reason: 'Thiếu văn bản đến' },
        status: 201,
      },
    );
    expect([returned.state, returned.reason]).toEqual(['returned', 'Thiếu văn bản đến']);
    expect((await room.dossier(dossierId)).state).toBe('returned');
    const second = await room.submit(dossierId);
    expect([first, second].map(({ batch }) => batch)).toEqual([1, 2]);
    expect(second.submissionCode).toBe(first.submissionCode);
    const [one, two] = await Promise.all([first, second].map(({ packages }) => metsOf(packages.sip)));
    expect([one?.status, two?.status]).toEqual(['NEW', 'REPLACEMENT']);
    expect(two?.objectId).not.toBe(one?.objectId);
    const premis = await textOf(second.packages.sip, 'metadata/preservation/PREMIS.xml');
    expect(premis).toContain(`replaces ${one?.objectId}`);
    expect((await room.accept(second.submissionId)).state).toBe('accepted');
    const other = await room.submit((await room.closed()).dossierId);
    expect([other.batch, other.submissionCode === first.submissionCode]).toEqual([1, false]);
  });

  it('is decided by the archive alone', async () => {
    const { dossierId } = await room.closed();
    expect(await room.refusal(`/dossiers/${dossierId}/submissions`, colleagueOfMaker)).toEqual([
      404,
      'archive.dossier-missing',
    ]);
    const { submissionId } = await room.submit(dossierId);
    expect((await room.refusal(`/submissions/${submissionId}/acceptances`, maker))[0]).toBe(403);
    for (const path of [`/submissions/${submissionId}`])
      expect((await room.test.ask(path, { as: stranger })).status).toBe(404);
    expect((await room.refusal(`/submissions/${submissionId}/acceptances`, stranger))[0]).toBe(404);
  });

  it('a file that is missing or damaged stops it: nothing is stored, nothing given out', async () => {
    for (const harm of ['missing', 'damaged']) {
      const document = await room.document();
      const path = join(room.objects, document.files[0]?.objectKey ?? '');
      const { dossierId } = await room.openDossier();
      await room.act(dossierId, 'documents', maker, { documentId: document.documentId });
      await room.act(dossierId, 'closures');
      const before = await room.count('archive_package');
      if (harm === 'missing') rmSync(path);
      else {
        chmodSync(path, 0o600);
        writeFileSync(path, Buffer.alloc(document.files[0]?.sizeBytes ?? 1, 'x'));
      }
      const failed = await room.submit(dossierId);
      const failure = harm === 'missing' ? 'object-missing' : 'object-corrupt';
      expect([failed.state, failed.failure, failed.packages.sip]).toEqual(['packing_failed', failure, null]);
      expect(await room.count('archive_package')).toBe(before);
      const told = (await room.test.published(ArchiveNotificationRequested)).at(-1)?.data;
      expect([told?.userId, told?.aboutId, told?.kind]).toEqual([maker.userId, failed.submissionId, 'job-failed']);
      const path2 = `/submissions/${failed.submissionId}/cancellations`;
      expect(await room.test.json(path2, { as: maker, body: {}, status: 201 })).toMatchObject({ state: 'withdrawn' });
      expect((await room.dossier(dossierId)).state).toBe('closed');
    }
  });

  it('F-61 acceptances that fail leave one object that nothing locks, no package, and a way on', async () => {
    const { submissionId, dossierId } = await room.submit((await room.closed()).dossierId);
    const archive = room.test.service.app.get<ObjectStore>(ARCHIVE_STORE);
    const lock = archive.lock.bind(archive);
    let locked = 0;
    archive.lock = (ref, how) => {
      locked += 1;
      return lock(ref, how);
    };
    const keys = async (): Promise<number> => (await readdir(room.objects, { recursive: true })).length;
    armFailPoints('archive:aip-stored=throw');
    const failed = await room.accept(submissionId);
    expect([failed.state, failed.failure, failed.packages.aip]).toEqual(['accepting_failed', 'unexpected', null]);
    expect(locked).toBe(0);
    const left = await keys();
    expect(await room.count(`archive_package WHERE dossier_id = '${dossierId}' AND kind = 'aip'`)).toBe(0);
    const told = (await room.test.published(ArchiveNotificationRequested)).at(-1)?.data;
    expect([told?.userId, told?.aboutId]).toEqual([archivist.userId, submissionId]);
    armFailPoints(undefined);
    const accepted = await room.accept(submissionId, { reason: 'Đã đối chiếu bản giấy' });
    expect([accepted.state, accepted.reason]).toEqual(['accepted', 'Đã đối chiếu bản giấy']);
    expect(await textOf(accepted.packages.aip ?? '', 'metadata/preservation/PREMIS.xml')).toContain(
      'Đã đối chiếu bản giấy',
    );
    // One object for all attempts of the failed acceptance, one for the other: each in folders of its own.
    expect((await keys()) - left).toBeLessThanOrEqual(3);
    await until('it is locked', () => locked > 0);
    expect(await room.count(`archive_package WHERE dossier_id = '${dossierId}'`)).toBe(2);
    archive.lock = lock;
  });

  it('F-62 a package altered before its acceptance is not accepted: the reason is said, it can be returned and come again', async () => {
    const { submissionId, dossierId, packages } = await room.submit((await room.closed()).dossierId);
    const { rows } = await room.test.admin.query<{ key: string }>(
      'SELECT object_key AS key FROM archive_package WHERE id = $1',
      [packages.sip],
    );
    const object = join(room.objects, rows[0]?.key ?? '');
    chmodSync(object, 0o600);
    writeFileSync(object, 'altered');
    const failed = await room.accept(submissionId);
    expect([failed.state, failed.failure]).toEqual(['accepting_failed', 'object-corrupt']);
    const body = { reason: 'Gói tin bị thay đổi trong kho' };
    const path = `/submissions/${submissionId}/returns`;
    expect(await room.test.json(path, { as: archivist, body, status: 201 })).toMatchObject({ state: 'returned' });
    const again = await room.submit(dossierId);
    expect(again.batch).toBe(2);
    expect((await room.accept(again.submissionId)).state).toBe('accepted');
  });

  it('packing that goes on is withdrawn by the maker alone, and does not come back', async () => {
    const { dossierId } = await scanned.closed();
    clamd.verdict = undefined;
    const { submissionId } = await scanned.handIn(dossierId);
    const path = `/submissions/${submissionId}/cancellations`;
    expect((await scanned.refusal(path, archivist))[1]).toBe('archive.act-not-yours');
    expect(await scanned.test.json(path, { as: maker, body: {}, status: 201 })).toMatchObject({ state: 'withdrawn' });
    clamd.verdict = 'stream: OK';
    expect((await scanned.dossier(dossierId)).state).toBe('closed');
    const again = await scanned.submit(dossierId);
    expect([again.state, again.batch]).toEqual(['submitted', 1]);
    expect((await scanned.submission(submissionId)).state).toBe('withdrawn');
    expect(await scanned.count(`archive_package WHERE dossier_id = '${dossierId}'`)).toBe(1);
  });

  it('an acceptance that goes on is stopped by the archive, which may decide anew', async () => {
    const { submissionId } = await room.submit((await room.closed()).dossierId);
    armFailPoints('archive:aip-stored=throw');
    await room.test.json(`/submissions/${submissionId}/acceptances`, { as: archivist, body: {}, status: 202 });
    const path = `/submissions/${submissionId}/cancellations`;
    expect((await room.refusal(path, maker))[1]).toBe('archive.act-not-yours');
    expect(await room.test.json(path, { as: archivist, body: {}, status: 201 })).toMatchObject({ state: 'submitted' });
    armFailPoints(undefined);
    expect((await room.accept(submissionId)).state).toBe('accepted');
  });

  it('a crash before the commit leaves nothing, after it everything; the repetition gets one answer', async () => {
    const { dossierId } = await room.closed();
    const key = `crash-${newId()}`;
    armFailPoints('command:before-commit=throw@1');
    const fallen = await room.test.ask(`/dossiers/${dossierId}/submissions`, { as: maker, body: {}, key });
    expect(fallen.status).toBe(500);
    expect((await room.dossier(dossierId)).state).toBe('closed');
    armFailPoints('command:after-commit=throw@1');
    const silent = await room.test.ask(`/dossiers/${dossierId}/submissions`, { as: maker, body: {}, key });
    expect(silent.status).toBe(500);
    armFailPoints(undefined);
    const told = await room.settled((await room.handIn(dossierId, key)).submissionId);
    expect(told.state).toBe('submitted');
    expect(await room.count(`submission WHERE dossier_id = '${dossierId}'`)).toBe(1);
    expect(await room.count(`archive_package WHERE dossier_id = '${dossierId}'`)).toBe(1);
  });
});
