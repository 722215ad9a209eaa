import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Column, Entity } from 'typeorm';
import type { DataSource } from 'typeorm';
import pg from 'pg';
import { z } from 'zod';
import { defineEvent } from '@qlvb/contracts';
import { runInContext } from '@qlvb/platform-context';
import type { IdempotencyContext, RequestContext } from '@qlvb/platform-context';
import { armFailPoints } from '@qlvb/platform-faults';
import { testPostgresUrl } from '@qlvb/platform-testing';
import { defineProblem, idFrom, newId } from '@qlvb/shared-domain';
import {
  appRole,
  connect,
  Database,
  IdempotencyInFlight,
  IdempotencyKeyReused,
  migrate,
  ownerRole,
  PostgresOutbox,
  provisionDatabase,
  TenantEntity,
  update,
  verifyChain,
  VersionStale,
} from './index.ts';
import { auditHead, auditRows } from './testing/audit-store.ts';

@Entity({ name: 'note' })
class Note extends TenantEntity {
  @Column('text')
  text!: string;
}

const NoteWritten = defineEvent({
  type: 'test.note.written.v1',
  topic: 'test.note',
  summary: 'A note was written.',
  data: z.object({ noteId: z.uuid(), text: z.string() }),
  key: (data) => data.noteId,
  urgent: (data) => data.text === 'hỏa tốc',
  example: { noteId: '0191e9a0-0000-7000-8000-000000000001', text: 'x' },
});

const NoteNotFound = defineProblem({
  code: 'test.note-missing',
  kind: 'not-found',
  title: { vi: 'Không có', en: 'Missing' },
  detail: { vi: 'Không có {id}.', en: 'No {id}.' },
});

const A = idFrom('agency:A');
const B = idFrom('agency:B');

const context = (agencyId: string, more: Partial<RequestContext> = {}): RequestContext => ({
  requestId: newId(),
  traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01',
  language: 'vi',
  agencyId,
  actor: { userId: idFrom('user'), agencyId, permissions: [], permissionVersion: 1 },
  ...more,
});

const key = (fingerprint = 'f', name = 'k1'): IdempotencyContext => ({
  key: name,
  fingerprint: () => fingerprint,
  serialise: (result) => ({ status: 201, body: JSON.stringify(result) }),
});

describe('Database', () => {
  const name = `database_${process.pid}_${Date.now().toString(36)}`;
  const url = (role: string, password: string): string =>
    testPostgresUrl().replace(/postgres:[^@]*@/, `${role}:${password}@`) + `/${name}`;
  let source: DataSource;
  let database: Database;
  let appUrl: string;

  beforeAll(async () => {
    await provisionDatabase(testPostgresUrl(), { name, ownerPassword: 'o', appPassword: 'a' });
    const folder = mkdtempSync(join(tmpdir(), 'qlvb-migrations-'));
    writeFileSync(
      join(folder, '1763856000001-create-note.sql'),
      `CREATE TABLE note (id uuid PRIMARY KEY, agency_id uuid NOT NULL, version integer NOT NULL,
         created_at timestamptz NOT NULL, updated_at timestamptz NOT NULL, text text NOT NULL);
       SELECT platform.protect('note');`,
    );
    writeFileSync(join(folder, 'rights.sql'), 'GRANT SELECT, INSERT, UPDATE, DELETE ON note TO :app;');
    const ran = await migrate(url(ownerRole(name), 'o'), appRole(name), [folder]);
    expect(ran).toContain('create-note1763856000001');
    expect(await migrate(url(ownerRole(name), 'o'), appRole(name), [folder])).toEqual([]);
    appUrl = url(appRole(name), 'a');
    source = await connect({ url: appUrl, poolSize: 8, entities: [Note], applicationName: 'test' });
    database = new Database(source, 'test');
  });

  afterAll(async () => {
    await source.destroy();
    const admin = new pg.Client({ connectionString: `${testPostgresUrl()}/postgres` });
    await admin.connect();
    await admin.query(`DROP DATABASE ${name} WITH (FORCE)`);
    await admin.query(`DROP ROLE ${ownerRole(name)}`);
    await admin.query(`DROP ROLE ${appRole(name)}`);
    await admin.end();
  });

  afterEach(() => armFailPoints(undefined));

  it('F-24 fails to migrate while a table has no declared rights, and leaves those that were', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'qlvb-undeclared-'));
    writeFileSync(join(folder, '1763856000002-create-loose.sql'), 'CREATE TABLE loose (id uuid PRIMARY KEY);');
    const again = (): Promise<string[]> => migrate(url(ownerRole(name), 'o'), appRole(name), [folder]);
    await expect(again()).rejects.toThrow(/rights\.sql .*: loose, note$/);
    const noteRights = (): Promise<unknown> =>
      source.query(
        `SELECT has_table_privilege('note', 'DELETE') AS note, has_table_privilege('loose', 'SELECT') AS loose`,
      );
    expect(await noteRights()).toEqual([{ note: true, loose: false }]);
    writeFileSync(
      join(folder, 'rights.sql'),
      'GRANT SELECT ON loose TO :app; GRANT SELECT, INSERT, UPDATE, DELETE ON note TO :app;',
    );
    expect(await again()).toEqual([]);
    expect(await noteRights()).toEqual([{ note: true, loose: true }]);
  });

  const write = (text: string, id = newId()): Promise<{ id: string; text: string }> =>
    database.command(async (tx) => {
      const row = { id, agencyId: tx.agencyId, version: 1, createdAt: tx.now, updatedAt: tx.now, text };
      await tx.manager.insert(Note, row);
      tx.publish(NoteWritten, { noteId: id, text });
      tx.audit({ action: 'note.written', resource: { type: 'note', id }, after: { text } });
      return { id, text };
    });

  const counts = async (): Promise<{ notes: number; events: number; audits: number }> => {
    const admin = new pg.Client({ connectionString: `${testPostgresUrl()}/${name}` });
    await admin.connect();
    const { rows } = await admin.query<{ notes: number; events: number; audits: number }>(
      `SELECT (SELECT count(*)::int FROM note) AS notes, (SELECT count(*)::int FROM platform.outbox) AS events,
              (SELECT count(*)::int FROM platform.audit) AS audits`,
    );
    await admin.end();
    return rows[0] as { notes: number; events: number; audits: number };
  };

  it('writes state, event and audit together', async () => {
    const before = await counts();
    await runInContext(context(A), () => write('một'));
    const after = await counts();
    expect(after).toEqual({ notes: before.notes + 1, events: before.events + 1, audits: before.audits + 1 });
  });

  it('leaves nothing behind when the command fails after writing', async () => {
    const before = await counts();
    armFailPoints('command:before-commit=throw');
    await expect(runInContext(context(A), () => write('hai'))).rejects.toThrow('fail point');
    expect(await counts()).toEqual(before);
  });

  it('shows and writes no row of another agency, whatever the query says', async () => {
    const note = await runInContext(context(A), () => write('của A'));
    const seen = await runInContext(context(B), () => database.read((manager) => manager.find(Note)));
    expect(seen).toEqual([]);
    const touched = await runInContext(context(B), () =>
      database.command((tx) => tx.manager.update(Note, { id: note.id }, { text: 'của B' })),
    );
    expect(touched.affected).toBe(0);
    await expect(
      runInContext(context(B), () =>
        database.command((tx) =>
          tx.manager.insert(Note, {
            id: newId(),
            agencyId: A,
            version: 1,
            createdAt: tx.now,
            updatedAt: tx.now,
            text: 'x',
          }),
        ),
      ),
    ).rejects.toThrow('row-level security');
    expect(await source.query('SELECT * FROM note')).toEqual([]);
  });

  it('answers a repeated request byte for byte and does its work once', async () => {
    const before = await counts();
    const first = context(A, { idempotency: key() });
    await runInContext(first, () => write('một lần'));
    const second = context(A, { idempotency: key() });
    await runInContext(second, () => write('một lần'));
    expect(first.idempotency?.answer?.replayed).toBe(false);
    expect(second.idempotency?.answer).toEqual({ ...first.idempotency?.answer, replayed: true });
    expect((await counts()).notes).toBe(before.notes + 1);
    await expect(runInContext(context(A, { idempotency: key('other') }), () => write('khác'))).rejects.toMatchObject({
      declaration: IdempotencyKeyReused.declaration,
    });
  });

  it('forgets answers that are old enough, and only those', async () => {
    const admin = new pg.Client({ connectionString: `${testPostgresUrl()}/${name}` });
    await admin.connect();
    const left = async (): Promise<number> => (await admin.query('SELECT 1 FROM platform.idempotency')).rowCount ?? 0;
    try {
      await runInContext(context(A, { idempotency: key() }), () => write('cũ'));
      const before = await left();
      await admin.query(
        `UPDATE platform.idempotency SET created_at = now() - interval '4 days'
         WHERE ctid = (SELECT max(ctid) FROM platform.idempotency)`,
      );
      expect(await database.forgetAnswers(3 * 24 * 3_600_000)).toBe(1);
      expect(await left()).toBe(before - 1);
    } finally {
      await admin.end();
    }
  });

  it('lets one of many simultaneous repetitions work, the others hear that it is in flight or get its answer', async () => {
    const before = await counts();
    const outcomes = await Promise.allSettled(
      Array.from({ length: 12 }, () =>
        runInContext(context(A, { idempotency: key('f', 'k2') }), () => write('song song')),
      ),
    );
    expect((await counts()).notes).toBe(before.notes + 1);
    for (const outcome of outcomes) {
      if (outcome.status === 'rejected') expect(IdempotencyInFlight.is(outcome.reason)).toBe(true);
    }
  });

  it('lets the repetition work when the first died before commit', async () => {
    armFailPoints('command:before-commit=throw@1');
    await expect(runInContext(context(A, { idempotency: key('f', 'k3') }), () => write('chết'))).rejects.toThrow();
    const again = context(A, { idempotency: key('f', 'k3') });
    await runInContext(again, () => write('chết'));
    expect(again.idempotency?.answer?.replayed).toBe(false);
  });

  it('applies an event once for ever and joins the commands of its handler', async () => {
    const before = await counts();
    const event = { id: newId(), agencyId: A };
    const effect = async (): Promise<void> => {
      await write('từ sự kiện');
      await database.command(() => write('cho cơ quan khác'), { agencyId: B });
    };
    const handle = (): Promise<string> => runInContext(context(A), () => database.once('group', event, effect));
    armFailPoints('inbox:before-commit=throw@1');
    await expect(handle()).rejects.toThrow();
    expect(await counts()).toEqual(before);
    const results = await Promise.all([handle(), handle(), handle()]);
    expect(results.sort()).toEqual(['applied', 'duplicate', 'duplicate']);
    expect((await counts()).notes).toBe(before.notes + 2);
  });

  it('update: locks, checks the version, saves only what changed and audits before and after', async () => {
    const { id } = await runInContext(context(A), () => write('cũ'));
    const rename = (text: string, ifMatch?: number): Promise<number> =>
      runInContext(context(A), () =>
        update(
          database,
          { entity: Note, id, missing: NoteNotFound, access: 'agency', ifMatch, action: 'note.renamed' },
          (row) => {
            row.text = text;
            return row.version;
          },
        ),
      );
    expect(await rename('mới', 1)).toBe(2);
    await expect(rename('mới nữa', 1)).rejects.toMatchObject({ declaration: VersionStale.declaration });
    const versions = await Promise.all(Array.from({ length: 10 }, (_, n) => rename(`lần ${n}`)));
    expect(versions.sort((a, b) => a - b)).toEqual([3, 4, 5, 6, 7, 8, 9, 10, 11, 12]);
    await expect(
      runInContext(context(B), () =>
        update(database, { entity: Note, id, missing: NoteNotFound, access: 'agency', action: 'note.x' }, () => 0),
      ),
    ).rejects.toMatchObject({ declaration: NoteNotFound.declaration });
    const entries = await runInContext(context(A), () =>
      database.read(async (manager) => {
        const all: string[] = [];
        for await (const row of auditRows(manager)) all.push(row.entry);
        return all.map((entry) => JSON.parse(entry) as { action: string; before: unknown; after: unknown });
      }),
    );
    expect(entries.find((entry) => entry.action === 'note.renamed')).toMatchObject({
      before: { text: 'cũ', version: 1 },
      after: { text: 'mới', version: 2 },
    });
  });

  it('keeps one unbroken audit chain per agency under parallel writers, and shows every kind of tampering', async () => {
    await runInContext(context(A), () => Promise.all(Array.from({ length: 20 }, (_, n) => write(`chuỗi ${n}`))));
    const { rows, head } = await runInContext(context(A), () =>
      database.read(async (manager) => {
        const rows = [];
        for await (const row of auditRows(manager)) rows.push(row);
        return { rows, head: await auditHead(manager) };
      }),
    );
    expect(await verifyChain(rows, head)).toEqual({ length: rows.length, faults: [] });
    const altered = rows.map((row) => (row.seq === 3 ? { ...row, entry: row.entry.replace('note', 'nota') } : row));
    expect((await verifyChain(altered, head)).faults.map((fault) => fault.fault)).toEqual(['altered']);
    const without = rows.filter((row) => row.seq !== 3);
    expect((await verifyChain(without, head)).faults.map((fault) => fault.fault)).toEqual(['gap', 'broken-link']);
    expect((await verifyChain(rows.slice(0, -1), head)).faults.map((fault) => fault.fault)).toEqual(['truncated']);
    await expect(source.query(`DELETE FROM platform.audit`)).rejects.toThrow('permission denied');
    await expect(source.query(`DELETE FROM platform.outbox`)).rejects.toThrow('permission denied');
  });

  it('refuses to run as a role that row-level security does not bind', async () => {
    await expect(
      connect({ url: `${testPostgresUrl()}/${name}`, poolSize: 1, entities: [], applicationName: 'x' }),
    ).rejects.toThrow('row-level security');
    await expect(
      connect({ url: url(ownerRole(name), 'o'), poolSize: 1, entities: [], applicationName: 'x' }),
    ).rejects.toThrow('row-level security');
  });

  it('a transaction that was forgotten is ended by the server', async () => {
    const short = await connect({ url: appUrl, poolSize: 2, entities: [Note], applicationName: 'short' });
    const impatient = new Database(short, 'test');
    const forgotten = runInContext(context(A), () =>
      impatient.command(async (tx) => {
        await tx.manager.query(`SET LOCAL idle_in_transaction_session_timeout = 300`);
        await new Promise<void>((done) => setTimeout(done, 700));
        await tx.manager.query('SELECT 1 AS one');
      }),
    );
    await expect(forgotten).rejects.toThrow();
    await short.destroy();
  });

  it('refuses a server that may forget what it confirmed', async () => {
    const admin = new pg.Client({ connectionString: `${testPostgresUrl()}/${name}` });
    await admin.connect();
    const once = () => connect({ url: appUrl, poolSize: 1, entities: [], applicationName: 'x' });
    try {
      await (await once()).destroy();
      await admin.query(`ALTER DATABASE ${name} SET synchronous_commit = off`);
      await expect(once()).rejects.toThrow('may lose confirmed data: switch on synchronous_commit');
    } finally {
      await admin.query(`ALTER DATABASE ${name} RESET synchronous_commit`);
      await admin.end();
    }
  });

  it('outbox: one relay at a time, in order, woken by commits, published rows are offered again on demand', async () => {
    const outbox = new PostgresOutbox(source, appUrl);
    let woken = 0;
    const stop = outbox.onWake(() => (woken += 1));
    const lease = await outbox.acquire();
    if (!lease) throw new Error('nobody else relays');
    expect(await outbox.acquire()).toBeUndefined();
    while (woken === 0) await new Promise((done) => setTimeout(done, 10));
    const before = woken;
    await runInContext(context(A), () => write('gọi dậy'));
    while (woken === before) await new Promise((done) => setTimeout(done, 10));
    const batch = await lease.nextBatch(1000);
    const positions = batch.map((row) => Number(row.position));
    expect(positions).toEqual([...positions].sort((a, b) => a - b));
    expect(JSON.parse(batch.at(-1)?.record.value ?? '')).toMatchObject({ type: NoteWritten.type, agencyid: A });
    await lease.markPublished(batch.map((row) => row.position));
    expect(await lease.nextBatch(10)).toEqual([]);
    for (const text of ['thường', 'hỏa tốc', 'thường']) await runInContext(context(A), () => write(text));
    const lanes = await lease.nextBatch(10);
    expect(lanes.map(({ record }) => record.lane)).toEqual(['urgent', 'normal', 'normal']);
    await lease.markPublished(lanes.map((row) => row.position));
    expect(await lease.nextBatch(10)).toEqual([]);
    await lease.release();
    await expect(lease.nextBatch(1)).rejects.toThrow();
    const next = await outbox.acquire();
    expect(next).toBeDefined();
    await next?.release();
    stop();
  });
});
