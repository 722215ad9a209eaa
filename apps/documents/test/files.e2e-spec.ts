import { createHash } from 'node:crypto';
import { chmodSync, existsSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { KEEP_UNUSED_MS, UploadSweeper } from '@qlvb/documents-feature';
import { LIMITS } from '@qlvb/records';
import { startClamd } from '@qlvb/platform-service-testing';
import type { Clamd } from '@qlvb/platform-service-testing';
import { newId } from '@qlvb/shared-domain';
import { checker, clerk, leader, officer, Office, otherOfficer, pdf, recipientOfficer, unitHead } from './office.ts';
import type { Colleague } from './office.ts';

let office: Office;
beforeAll(async () => (office = await Office.open()));
afterAll(() => office.test.stop());

interface Stored {
  readonly fileId: string;
  readonly sha256: string;
  readonly sizeBytes: number;
  readonly mediaType: string;
  readonly virusScan: string;
}

const send = (name: string, bytes: Uint8Array, type: string, more: object = {}) => ({
  path: `/files?name=${encodeURIComponent(name)}`,
  ask: { as: officer, method: 'POST', bytes, headers: { 'content-type': type }, ...more },
});
const upload = (name: string, bytes: Uint8Array, type: string, more: object = {}) => {
  const { path, ask } = send(name, bytes, type, more);
  return office.test.json<Stored>(path, { ...ask, status: 201 });
};
const refused = (name: string, bytes: Uint8Array, type: string) => {
  const { path, ask } = send(name, bytes, type);
  return office.refusal(path, ask);
};
/** Other bytes of the same length under a stored file's key. */
const alter = ({ fileId }: Stored): Promise<void> => office.harm(fileId, 'altered');
const content = (fileId: string, as: Colleague = officer, headers: Record<string, string> = {}) =>
  office.test.ask(`/files/${fileId}/content`, { as, headers });

describe('a file', () => {
  it('FMT-02, SEC-C03: is stored with its digest, its real type and the truth on its scan', async () => {
    const bytes = pdf('nội dung');
    const stored = await upload('Quyết định số 5.pdf', bytes, 'application/pdf');
    expect(stored).toMatchObject({
      sha256: createHash('sha256').update(bytes).digest('hex'),
      sizeBytes: bytes.length,
      mediaType: 'application/pdf',
      virusScan: 'not_scanned',
    });
    expect(await office.test.json(`/files/${stored.fileId}`, { as: officer })).toEqual(stored);
    const answer = await content(stored.fileId);
    expect(Buffer.from(await answer.arrayBuffer()).equals(bytes)).toBe(true);
    expect(answer.headers.get('content-disposition')).toContain(encodeURIComponent('Quyết định số 5.pdf'));
    const part = await content(stored.fileId, officer, { range: 'bytes=0-3' });
    expect([part.status, await part.text()]).toEqual([206, '%PDF']);
  });

  it.each([
    ['a program', 'a.exe', Buffer.from('MZ'), 'application/octet-stream', 'storage.format-not-allowed'],
    ['another content than its name says', 'a.pdf', Buffer.from('chữ'), 'application/pdf', 'storage.format-mismatch'],
    ['another type than it declares', 'a.pdf', pdf(), 'image/png', 'storage.format-mismatch'],
    ['a mangled PDF', 'a.pdf', pdf('x').subarray(0, -20), 'application/pdf', 'storage.file-unreadable'],
    ['nothing at all', 'a.pdf', Buffer.alloc(0), 'application/pdf', 'storage.file-empty'],
    ['a name that climbs', '../a.pdf', pdf(), 'application/pdf', 'storage.file-name-invalid'],
    ['a web page as text', 'a.txt', Buffer.from('<html><script>'), 'text/plain', 'storage.format-mismatch'],
  ])('QB-A4-4, FMT-02, FMT-03, FMT-09: refuses %s and keeps nothing', async (_case, name, bytes, type, code) => {
    const before = await office.test.admin.query('SELECT count(*) FROM file');
    expect((await refused(name, bytes, type))[1]).toBe(code);
    expect((await office.test.admin.query('SELECT count(*) FROM file')).rows).toEqual(before.rows);
  });

  it('FMT-10: refuses what declares itself too large before reading it', async () => {
    const { path, ask } = send('a.pdf', pdf(), 'application/pdf');
    const authorization = await office.test.issuer.authorization(officer);
    const { request } = await import('node:http');
    const status = await new Promise<number | undefined>((resolve, reject) => {
      const sent = request(`${office.test.service.url}/api/v1${path}`, {
        method: 'POST',
        headers: {
          ...authorization,
          ...ask.headers,
          'idempotency-key': newId(),
          'content-length': String(LIMITS.file.bytes + 1),
        },
      });
      sent.on('response', (answer) => resolve(answer.statusCode));
      sent.on('error', reject);
      sent.write('%PDF-1.7');
    });
    expect(status).toBe(413);
  });

  it('is stored once when the same upload comes again', async () => {
    const bytes = pdf(newId());
    const key = newId();
    const first = await upload('a.pdf', bytes, 'application/pdf', { key });
    expect(await upload('a.pdf', bytes, 'application/pdf', { key })).toEqual(first);
  });

  it('is not taken for another one that came under the same key, however alike they are', async () => {
    const key = newId();
    const type = { headers: { 'content-type': 'text/csv' }, key };
    const first = await upload('a.csv', Buffer.from('tên,số\nAn,1\n'), 'text/csv', type);
    const { path, ask } = send('a.csv', Buffer.from('tên,số\nAn,2\n'), 'text/csv', type);
    expect(await office.refusal(path, ask)).toEqual([422, 'idempotency.key-reused']);
    const again = await office.test.ask(path, { ...ask, bytes: Buffer.from('tên,số\nAn,1\n') });
    expect([again.headers.get('idempotency-replayed'), await again.json()]).toEqual(['true', first]);
  });

  it('of forty equal uploads at once under one key is one file, the others are told so or to come again', async () => {
    const bytes = pdf(newId());
    const { path, ask } = send('a.pdf', bytes, 'application/pdf', { key: newId() });
    const answers = await Promise.all(Array.from({ length: 40 }, () => office.test.ask(path, ask)));
    expect(answers.filter(({ status }) => status !== 201 && status !== 409)).toEqual([]);
    const fresh = answers.filter(({ status, headers }) => status === 201 && !headers.get('idempotency-replayed'));
    expect(fresh).toHaveLength(1);
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    const { rows } = await office.test.admin.query('SELECT 1 FROM file WHERE sha256 = $1', [sha256]);
    expect(rows).toHaveLength(1);
  });

  /** Ways in which a stored file goes bad; of several chunks, so that what is read first may be right. */
  const HARMS: readonly (readonly [string, (bytes: Buffer) => Buffer | undefined])[] = [
    ['its first byte', (bytes) => flipped(bytes, 0)],
    ['a byte in the middle', (bytes) => flipped(bytes, bytes.length >> 1)],
    ['its last byte', (bytes) => flipped(bytes, bytes.length - 1)],
    ['its end cut off', (bytes) => bytes.subarray(0, -1)],
    ['bytes behind it', (bytes) => Buffer.concat([bytes, Buffer.from('x')])],
    ['nothing in it', () => Buffer.alloc(0)],
    ['no file', () => undefined],
  ];
  const flipped = (bytes: Buffer, at: number): Buffer => {
    const out = Buffer.from(bytes);
    out[at] = (out[at] as number) ^ 1;
    return out;
  };
  const lost = async (): Promise<number> => {
    const text = await (await fetch(`${office.test.service.url}/-/metrics`)).text();
    return Number(/^qlvb_storage_lost_files_total(?:\{[^}]*\})? (\d+)/m.exec(text)?.[1] ?? 0);
  };

  it.each(HARMS)(
    'SEC-C03 F-41 with %s wrong in the store gives out nothing: the clerk is told which file and whom to tell, the operator by the metric',
    async (what, harm) => {
      const bytes = Buffer.from(`ghi chú,${what},${newId()}\n`.repeat(20_000));
      const stored = await upload('Bảng kê.csv', bytes, 'text/csv');
      const asked = [{}, { range: 'bytes=0-3' }, { range: 'bytes=-5' }, { range: `bytes=${bytes.length >> 2}-` }];
      const good = await Promise.all(asked.map((headers) => content(stored.fileId, officer, headers)));
      expect(good.map(({ status }) => status)).toEqual([200, 206, 206, 206]);
      const lengths = await Promise.all(good.map(async (answer) => (await answer.arrayBuffer()).byteLength));
      expect(lengths[0]).toBe(bytes.length);
      const { sha256 } = stored;
      const folder = office.test.environment['QLVB_STORAGE_DIR'] ?? '';
      const object = join(folder, 'sha256', sha256.slice(0, 2), sha256.slice(2, 4), sha256);
      chmodSync(object, 0o640);
      const harmed = harm(bytes);
      if (harmed) writeFileSync(object, harmed);
      else rmSync(object);
      const before = { lost: await lost(), taken: await downloads(stored) };
      for (const headers of asked) {
        const answer = await content(stored.fileId, officer, headers);
        expect([answer.status, answer.headers.get('content-range')]).toEqual([409, null]);
        const problem = (await answer.json()) as { code: string; detail: string };
        expect(problem.code).toBe('storage.file-bytes-lost');
        expect(problem.detail).toContain('"Bảng kê.csv" trong kho đã hỏng hoặc không còn');
        expect(problem.detail).toContain('Hãy báo người quản trị hệ thống');
      }
      expect(await lost()).toBe(before.lost + asked.length);
      expect(await downloads(stored)).toBe(before.taken);
    },
  );

  const downloads = async ({ fileId, sha256 }: Stored): Promise<number> => {
    const { rowCount } = await office.test.admin.query(`SELECT FROM platform.audit WHERE entry::jsonb @> $1`, [
      { action: 'file.downloaded', resource: { id: fileId }, after: { sha256 } },
    ]);
    return rowCount ?? 0;
  };

  it('F-63 leaves only after it was written down who took it', async () => {
    const stored = await upload('a.pdf', pdf(newId()), 'application/pdf');
    expect(await downloads(stored)).toBe(0);
    expect((await content(stored.fileId)).status).toBe(200);
    expect(await downloads(stored)).toBe(1);
  });

  it('F-41 no check of a draft passes while the bytes of one of its files are not right', async () => {
    for (const [act, as] of [
      ['content-checks', unitHead],
      ['layout-checks', checker],
    ] as const) {
      const stored = await upload('phu-luc.pdf', pdf(newId()), 'application/pdf');
      const { documentId } = await office.draft({ attachmentFileIds: [stored.fileId] });
      await office.act(documentId, 'submissions', officer);
      if (act === 'layout-checks') await office.act(documentId, 'content-checks', unitHead, { outcome: 'passed' });
      await alter(stored);
      const refused = await office.refusal(`/outgoing-documents/${documentId}/${act}`, {
        as,
        body: { outcome: 'passed' },
      });
      expect([act, ...refused]).toEqual([act, 409, 'storage.file-bytes-lost']);
    }
  });

  it('F-45 waits for its store: 503 while it is gone, nothing made in its place, well when it is back', async () => {
    const stored = await upload('a.pdf', pdf(newId()), 'application/pdf');
    const folder = office.test.environment['QLVB_STORAGE_DIR'] ?? '';
    const ready = async (): Promise<number> => (await fetch(`${office.test.service.url}/-/ready`)).status;
    expect(await ready()).toBe(200);
    renameSync(folder, `${folder}-away`);
    for (const answer of [
      await content(stored.fileId),
      await content(stored.fileId, officer, { range: 'bytes=0-3' }),
      await office.test.ask('/files?name=b.pdf', send('b.pdf', pdf(newId()), 'application/pdf').ask),
    ]) {
      expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '5']);
      expect(await answer.json()).toMatchObject({ code: 'storage.unavailable' });
    }
    expect([await ready(), existsSync(folder)]).toEqual([503, false]);
    renameSync(`${folder}-away`, folder);
    expect([await ready(), (await content(stored.fileId)).status]).toEqual([200, 200]);
  });
});

describe('the virus scanner', () => {
  let clamd: Clamd;
  let scanned: Office;
  beforeAll(async () => {
    clamd = await startClamd();
    scanned = await Office.open({ QLVB_CLAMD_URL: clamd.url });
  });
  afterAll(async () => {
    await scanned.test.stop();
    clamd.close();
  });

  it.each([
    ['says clean when the engine does', 'stream: OK', 201, undefined],
    ['refuses an infected file', 'stream: Eicar-Test-Signature FOUND', 422, 'storage.file-infected'],
    ['keeps a file back while the engine fails', undefined, 503, 'storage.scanner-unavailable'],
  ])('FMT-07: %s', async (_case, answer, status, code) => {
    clamd.verdict = answer;
    const { path, ask } = send('a.pdf', pdf(newId()), 'application/pdf');
    const before = await scanned.test.admin.query('SELECT count(*)::int AS count FROM file');
    const response = await scanned.test.ask(path, ask);
    const body = (await response.json()) as { code?: string; virusScan?: string };
    expect([response.status, body.code]).toEqual([status, code]);
    if (status === 201) expect(body.virusScan).toBe('clean');
    const after = await scanned.test.admin.query('SELECT count(*)::int AS count FROM file');
    expect(after.rows[0].count - before.rows[0].count).toBe(status === 201 ? 1 : 0);
  });
});

describe('who opens a file', () => {
  it('SEC-Z02: its uploader, and then those who see a document that holds it', async () => {
    const fileId = await office.upload();
    const opens = async (as: Colleague): Promise<boolean> => {
      const { status } = await office.test.ask(`/files/${fileId}`, { as });
      expect((await content(fileId, as)).status).toBe(status);
      return status === 200;
    };
    const who = [officer, unitHead, checker, clerk, otherOfficer, leader, recipientOfficer];
    const opened = async (): Promise<Colleague[]> => {
      const answers = await Promise.all(who.map(opens));
      return who.filter((_, n) => answers[n]);
    };
    expect(await opened()).toEqual([officer]);
    const { documentId } = await office.checked({ mainFileId: fileId });
    expect(await opened()).toEqual([officer, unitHead, checker, leader]);
    await office.sign(documentId, 'personal');
    expect(await opened()).toEqual([officer, unitHead, checker, clerk, leader]);
  });

  it('SEC-Z02: nobody puts a file that he may not open into a draft of his own', async () => {
    const mainFileId = await office.upload(otherOfficer);
    const body = await office.draftInput({ mainFileId });
    expect(await office.refusal('/outgoing-documents', { as: officer, body })).toEqual([404, 'documents.file-missing']);
  });
});

describe('an upload that no document holds', () => {
  it('is forgotten after a day; one that a document holds stays', async () => {
    const sweeper = office.test.service.app.get(UploadSweeper);
    const held = await office.upload();
    await office.draft({ mainFileId: held });
    const [old, fresh] = [await office.upload(), await office.upload()];
    await office.test.admin.query(`UPDATE file SET created_at = created_at - $2 * interval '1 ms' WHERE id = ANY($1)`, [
      [held, old],
      KEEP_UNUSED_MS + 1000,
    ]);
    expect(await sweeper.sweep()).toBe(1);
    const statuses = await Promise.all(
      [held, old, fresh].map(async (id) => (await office.test.ask(`/files/${id}`, { as: officer })).status),
    );
    expect(statuses).toEqual([200, 404, 200]);
  });
});
