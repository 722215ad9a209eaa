import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { appRole, ownerRole } from '@qlvb/platform-database';
import { databaseOf, SERVICES } from '@qlvb/installation';
import type { Service } from '@qlvb/installation';
import { FilesystemStore, FolderPlace } from '@qlvb/platform-storage';
import { startEmbeddedPostgres } from '@qlvb/platform-embedded-postgres';
import { newId } from '@qlvb/shared-domain';
import pg from 'pg';
import { run } from '../src/run.ts';
import { HOLDERS, NAMES_ONLY } from '../src/state/objects.ts';
import { HELD_OTHERWISE } from '../src/state/rows.ts';

const AGENCY = newId();
const DOCUMENT = newId();
const CONTENT = Buffer.from('%PDF-1.7 nội dung đã ký');
let postgres: Awaited<ReturnType<typeof startEmbeddedPostgres>>;
const objects = mkdtempSync(join(tmpdir(), 'verify-state-'));
const kept = join(mkdtempSync(join(tmpdir(), 'heads-')), 'kept');
let settings: NodeJS.ProcessEnv = {};
const environment = (): NodeJS.ProcessEnv => ({
  QLVB_POSTGRES_URL: postgres.url,
  QLVB_STORAGE_DIR: objects,
  QLVB_HEADS_DIR: kept,
  ...settings,
  ...Object.fromEntries(
    ['bus', ...SERVICES].flatMap((name) =>
      ['OWNER', 'APP'].map((role) => [`QLVB_${name.toUpperCase()}_${role}_PASSWORD`, `${name}-${role}`]),
    ),
  ),
});

async function operator(...args: string[]): Promise<{ code: number; out: string[] }> {
  const out: string[] = [];
  const errors: string[] = [];
  const code = await run(args, environment(), { out: (line) => out.push(line), error: (line) => errors.push(line) });
  expect(errors).toEqual([]);
  return { code, out };
}
const verify = (...more: string[]): Promise<{ code: number; out: string[] }> => operator('verify', 'state', ...more);

/** As the job of each hour does. */
const keepHeads = async (): Promise<void> =>
  new FolderPlace(kept).add(`${newId()}.jsonl`, (await operator('audit', 'heads', '--json')).out.join('\n'));

const clients: pg.Client[] = [];
async function connect(service: Service, role: 'superuser' | 'owner' | 'app', hidden = false): Promise<pg.Client> {
  const url = new URL(`${postgres.url}/${databaseOf(service)}`);
  if (role !== 'superuser') {
    url.username = (role === 'owner' ? ownerRole : appRole)(databaseOf(service));
    url.password = `${service}-${role.toUpperCase()}`;
  }
  const client = new pg.Client({ connectionString: url.href });
  await client.connect();
  clients.push(client);
  if (role === 'app') await client.query(`SELECT set_config('app.agency_id', $1, false)`, [AGENCY]);
  if (hidden) await client.query('SET session_replication_role = replica');
  return client;
}

/** A row with what is given, and something for every other column that must have a value. */
async function insert(client: pg.Client, table: string, values: Record<string, unknown>): Promise<void> {
  const { rows } = await client.query<{ name: string; type: string }>(
    `SELECT attname AS name, atttypid::regtype::text AS type FROM pg_attribute
     WHERE attrelid = $1::regclass AND attnum > 0 AND NOT attisdropped AND attnotnull AND NOT atthasdef`,
    [table],
  );
  const filler: Record<string, unknown> = {
    uuid: newId(),
    text: 'x',
    jsonb: {},
    integer: 1,
    bigint: 1,
    boolean: false,
    'uuid[]': [],
    'timestamp with time zone': '2026-11-29T03:00:00Z',
  };
  const row = { ...Object.fromEntries(rows.map(({ name, type }) => [name, filler[type]])), ...values };
  const names = Object.keys(row).join(', ');
  await client.query(`INSERT INTO ${table} (${names}) SELECT ${names} FROM jsonb_populate_record(NULL::${table}, $1)`, [
    JSON.stringify(row),
  ]);
}

let documents: pg.Client;
let forger: pg.Client;
let objectFile: string;

beforeAll(async () => {
  // Of its own: whatever other suites forge is not to be told here.
  const folder = join(mkdtempSync(join(tmpdir(), 'verify-state-pg-')), 'cluster');
  postgres = await startEmbeddedPostgres({ folder, password: 'test' });
  await operator('install');
  documents = await connect('documents', 'app');
  forger = await connect('documents', 'superuser', true);
  const object = await new FilesystemStore(objects).put(Readable.from([CONTENT]), { maxBytes: 1000 });
  objectFile = join(objects, object.key);
  const agency_id = AGENCY;
  await insert(documents, 'outgoing_document', {
    id: DOCUMENT, agency_id, subject: 'Về việc nghỉ Tết', signer: { fullName: 'Lê A' }, issued_on: '2026-11-29', number: 7,
    document_code: '07/QĐ-X', register_year: 2026, sequence_key: 'chung', recipients: [], files: [],
  }); // prettier-ignore
  await insert(documents, 'review_check', { agency_id, document_id: DOCUMENT, aspect: 'content', outcome: 'passed' });
  await insert(documents, 'delivery_status', { agency_id, document_id: DOCUMENT, status: '06' });
  await insert(documents, 'number_sequence', { agency_id, year: 2026, sequence_key: 'chung', last_number: 6 });
  await documents.query('UPDATE number_sequence SET last_number = 7');
  await insert(documents, 'file', {
    id: newId(), agency_id, sha256: object.sha256, object_key: object.key, virus_scan: 'clean', name: 'a.pdf',
  }); // prettier-ignore
  await insert(documents, 'access_row', {
    agency_id, object_kind: 'outgoing', object_id: DOCUMENT, principal_kind: 'person', access_right: 'read', ground: 'drafter', confirmed_at: '2026-11-29T03:00:00Z',
  }); // prettier-ignore
  await documents.query(`INSERT INTO platform.inbox (consumer_group, event_id) VALUES ('documents', $1)`, [newId()]);
  const answer = (key: string): string =>
    JSON.stringify({ caller: 'c', key, fingerprint: 'f', status: 200, body: '{"ok":true}' });
  await documents.query(`SELECT platform.append('[]', '[]', $1)`, [answer('key-0')]);
  await documents.query('DELETE FROM platform.idempotency WHERE created_at < clock_timestamp()');
  for (let n = 1; n <= 3; n += 1) {
    await documents.query('SELECT platform.append($1, $2, $3)', [
      JSON.stringify([{ id: newId(), topic: 'documents.x', key: 'k', urgent: false, event: '{"data":1}' }]),
      JSON.stringify([{ agency: AGENCY, entry: JSON.stringify({ action: `outgoing-document.${n}` }) }]),
      answer(`key-${n}`),
    ]);
  }
  await documents.query('UPDATE platform.outbox SET published_at = now()');
  await keepHeads();
}, 180_000);
afterAll(async () => {
  for (const client of clients) await client.end();
  await postgres.stop();
});

/** What the operator says of a forgery, which is taken back afterwards. */
async function forged(sql: readonly string[], restore: readonly string[]): Promise<string[]> {
  for (const one of sql) await forger.query(one);
  const { code, out } = await verify();
  for (const one of restore) await forger.query(one);
  expect(code).toBe(out.length === 0 ? 0 : 1);
  return out;
}

const hash = (n: number, entry: string): string =>
  `sha256(previous_hash || convert_to('${n}' || E'\\n' || ${entry}, 'UTF8'))`;

describe('F-24 SEC-L05 verify state', () => {
  it('says nothing of an installation as the application left it', async () => {
    expect(await verify()).toEqual({ code: 0, out: [] });
  });

  it.each([
    ['subject', `UPDATE outgoing_document SET subject = subject || '!'`, `UPDATE outgoing_document SET subject = left(subject, -1)`, /outgoing_document .*: subject$/],
    ['date', `UPDATE outgoing_document SET issued_on = issued_on - 1`, `UPDATE outgoing_document SET issued_on = issued_on + 1`, /outgoing_document .*: issued_on$/],
    ['signer', `UPDATE outgoing_document SET signer = '{"fullName": "Lê B"}'`, `UPDATE outgoing_document SET signer = '{"fullName": "Lê A"}'`, /outgoing_document .*: signer$/],
    ['check', `UPDATE review_check SET outcome = 'returned'`, `UPDATE review_check SET outcome = 'passed'`, /review_check .*: outcome$/],
    ['delivery status', `UPDATE delivery_status SET status = '02'`, `UPDATE delivery_status SET status = '06'`, /delivery_status .*: status$/],
    ['access row', `UPDATE access_row SET ground = 'manual'`, `UPDATE access_row SET ground = 'drafter'`, /access_row .*: ground$/],
    ['sequence', `UPDATE number_sequence SET last_number = 9`, `UPDATE number_sequence SET last_number = 7`, /number_sequence .*: last_number$/],
    ['stored answer', `UPDATE platform.idempotency SET body = '{}' WHERE key = 'key-1'`, `UPDATE platform.idempotency SET body = '{"ok":true}'`, /platform.idempotency \(c,key-1\) .*: body$/],
    ['inbox row', `CREATE TEMP TABLE taken AS SELECT * FROM platform.inbox; DELETE FROM platform.inbox`, `INSERT INTO platform.inbox SELECT * FROM taken; DROP TABLE taken`, /platform.inbox \(documents,.*row removed/],
    ['outbox row', `UPDATE platform.outbox SET event = '{"data":2}' WHERE seq = 2`, `UPDATE platform.outbox SET event = '{"data":1}'`, /platform.outbox \(2\) .*: event$/],
    ['file row', `UPDATE file SET sha256 = repeat('0', 64)`, `UPDATE file SET sha256 = '${createHash('sha256').update(CONTENT).digest('hex')}'`, /documents .*: file .*: sha256$/],
    ['audit row changed', `UPDATE platform.audit SET entry = '{"action":"outgoing-document.x"}' WHERE seq = 2`, `UPDATE platform.audit SET entry = '{"action":"outgoing-document.2"}' WHERE seq = 2`, /audit entry changed/],
    ['audit cut', `CREATE TEMP TABLE taken AS SELECT * FROM platform.audit WHERE seq = 3; DELETE FROM platform.audit WHERE seq = 3`, `INSERT INTO platform.audit SELECT * FROM taken; DROP TABLE taken`, /audit chain cut/],
    ['head', `UPDATE platform.audit_head SET hash = sha256(hash)`, `UPDATE platform.audit_head h SET hash = a.hash FROM platform.audit a WHERE a.agency_id = h.agency_id AND a.seq = h.seq`, /head of the audit chain changed/],
    ['a row added', `INSERT INTO review_check SELECT gen_random_uuid(), agency_id, document_id, 2, aspect, outcome, comment, checked_by, checked_at FROM review_check`, `DELETE FROM review_check WHERE draft_version = 2`, /review_check .*row added/],
    ['an answer that expired, back again', `INSERT INTO platform.idempotency (caller, key, fingerprint, status, body) VALUES ('c', 'key-0', 'f', 200, '{}')`, `DELETE FROM platform.idempotency WHERE key = 'key-0'`, /platform.idempotency \(c,key-0\) .*row added/],
  ])('names exactly: %s', async (_, sql, restore, sentence) => {
    expect(await forged([sql], [restore])).toEqual([expect.stringMatching(sentence)]);
  }); // prettier-ignore

  it('names the account and the column of a change that somebody else made openly', async () => {
    const open = await connect('documents', 'superuser');
    await open.query(`UPDATE delivery_status SET status = '02'`);
    const { out } = await verify();
    expect(out).toEqual([expect.stringMatching(/delivery_status .*by this account\): status$/)]);
    await documents.query(`UPDATE delivery_status SET status = '06'`);
    expect((await verify()).out).toEqual([]);
  });

  it('names exactly: audit rewritten, by heads kept elsewhere', async () => {
    const rewritten = `UPDATE platform.audit SET entry = '{"action":"x"}', hash = ${hash(3, `'{"action":"x"}'`)} WHERE seq = 3`;
    const back = `UPDATE platform.audit SET entry = '{"action":"outgoing-document.3"}', hash = ${hash(3, `'{"action":"outgoing-document.3"}'`)} WHERE seq = 3`;
    const head = `UPDATE platform.audit_head h SET hash = a.hash FROM platform.audit a WHERE a.agency_id = h.agency_id AND a.seq = h.seq`;
    expect(await forged([rewritten, head], [back, head])).toEqual([expect.stringMatching(/audit chain written anew/)]);
  });

  it('names exactly: audit cut together with its head, by heads kept elsewhere', async () => {
    const cut = [
      'CREATE TEMP TABLE taken AS SELECT * FROM platform.audit WHERE seq = 3; DELETE FROM platform.audit WHERE seq = 3',
      `UPDATE platform.audit_head h SET seq = a.seq, hash = a.hash FROM platform.audit a WHERE a.agency_id = h.agency_id AND a.seq = 2`,
    ];
    const back = [
      'INSERT INTO platform.audit SELECT * FROM taken; DROP TABLE taken',
      `UPDATE platform.audit_head h SET seq = a.seq, hash = a.hash FROM platform.audit a WHERE a.agency_id = h.agency_id AND a.seq = 3`,
    ];
    expect(await forged(cut, back)).toEqual([expect.stringMatching(/audit chain cut/)]);
  });

  it('says that nothing is proven when no head left the database, or the place where they are cannot be read', async () => {
    settings = { QLVB_HEADS_DIR: join(kept, '..', 'other') };
    expect(await verify('--service', 'documents')).toEqual({
      code: 1,
      out: [expect.stringMatching(/^documents: .*unproven that nothing was cut/)],
    });
    // An empty database has nothing to prove.
    expect(await verify('--service', 'workflow')).toEqual({ code: 0, out: [] });
    settings = { QLVB_HEADS_S3_ENDPOINT: 'http://127.0.0.1:1' };
    const errors: string[] = [];
    const code = await run(['verify', 'state'], environment(), {
      out: () => undefined,
      error: (line) => errors.push(line),
    });
    expect([code, errors]).toEqual([2, [expect.stringContaining('QLVB_HEADS_S3_ACCESS_KEY')]]);
    settings = { ...settings, QLVB_HEADS_S3_ACCESS_KEY: 'k', QLVB_HEADS_S3_SECRET_KEY: 's' };
    const [away] = [
      await run(['verify', 'state'], environment(), { out: () => undefined, error: (line) => errors.push(line) }),
    ];
    expect([away, errors.at(-1)]).toEqual([2, expect.stringContaining('QLVB_HEADS_S3_ENDPOINT')]);
    settings = {};
  });

  it('says from where on the end of a chain and of the journal is not proven, once it should have left the database', async () => {
    const entry = (at: Date): string => JSON.stringify({ at: at.toISOString(), action: 'outgoing-document.late' });
    const append = (at: Date): Promise<unknown> =>
      documents.query('SELECT platform.append($1, $2, $3)', [
        '[]',
        JSON.stringify([{ agency: AGENCY, entry: entry(at) }]),
        null,
      ]);
    await append(new Date());
    expect((await verify()).out).toEqual([]);
    await keepHeads();
    await append(new Date(Date.now() - 3 * 60 * 60 * 1000));
    expect((await verify()).out).toEqual([expect.stringMatching(/từ mục 5 .*no head kept of what follows/)]);
    await keepHeads();
    expect((await verify()).out).toEqual([]);
    await documents.query('UPDATE number_sequence SET last_number = 7');
    await forger.query(`SELECT platform.seal_journal()`);
    expect((await verify()).out).toEqual([]);
    const moved = (hours: number): string => `UPDATE platform.journal_seal SET at = at - interval '${hours} hours'`;
    expect(await forged([moved(3)], [moved(-3)])).toEqual([expect.stringMatching(/no seal kept of what follows/)]);
    await keepHeads();
  });

  it('names exactly: file bytes', async () => {
    writeFileSync(objectFile, 'nội dung khác');
    expect((await verify()).out).toEqual([expect.stringMatching(/documents .*: file .*bytes of the file changed/)]);
    writeFileSync(objectFile, CONTENT);
    expect(readFileSync(objectFile).equals(CONTENT)).toBe(true);
  });

  it('names a row and its entry forged together by the seal, and a journal sealed anew by a seal kept elsewhere', async () => {
    const entry = (
      outcome: string,
    ): string => `WITH forged AS (UPDATE review_check SET outcome = '${outcome}' RETURNING *)
      UPDATE platform.row_journal j SET digest = sha256(convert_to(f::text, 'UTF8')) FROM forged f WHERE j.key = ROW(f.id)::text`;
    await forger.query(`SET timezone = 'UTC'`);
    expect(await forged([entry('returned')], [])).toEqual([expect.stringMatching(/row journal changed/)]);
    await forger.query(
      `CREATE TEMP TABLE kept AS SELECT * FROM platform.journal_seal; DELETE FROM platform.journal_seal`,
    );
    await forger.query('SELECT platform.seal_journal()');
    expect((await verify()).out).toEqual([expect.stringMatching(/row journal written anew/)]);
    await forger.query(entry('passed'));
    await forger.query(
      `DELETE FROM platform.journal_seal; INSERT INTO platform.journal_seal SELECT * FROM kept; DROP TABLE kept`,
    );
    expect((await verify()).out).toEqual([]);
  });

  it('names a row written by hand with the journal on, and a table that is not journalled', async () => {
    const superuser = await connect('documents', 'superuser');
    await superuser.query(`UPDATE delivery_status SET status = '02'`);
    expect((await verify()).out).toEqual([expect.stringMatching(/delivery_status .*bởi tài khoản postgres/)]);
    await documents.query(`UPDATE delivery_status SET status = '06'`);
    await superuser.query('ALTER TABLE delivery_status DISABLE TRIGGER journal_update');
    expect((await verify()).out).toEqual([
      'documents: delivery_status không được ghi sổ thay đổi (table is not journalled)',
    ]);
    await superuser.query('ALTER TABLE delivery_status ENABLE TRIGGER journal_update');
  });

  it('names a table that was made beside the application', async () => {
    const made = forged(['CREATE TABLE public.beside (id integer PRIMARY KEY)'], ['DROP TABLE public.beside']);
    expect(await made).toEqual(['documents: beside không được ghi sổ thay đổi (table is not journalled)']);
  });

  it('names a sequence that stands off its register, although its row is as the journal says', async () => {
    await documents.query('UPDATE number_sequence SET last_number = 8');
    expect((await verify()).out).toEqual([expect.stringMatching(/sequence does not match the register/)]);
  });
});

describe('F-24 SEC-L05 the journal', () => {
  it.each(SERVICES)('of %s holds every table, or another thing does and it is said why', async (service) => {
    const client = await connect(service, 'superuser');
    const { rows } = await client.query<{ name: string; journalled: boolean }>(
      `SELECT n.nspname || '.' || c.relname AS name,
              EXISTS (SELECT FROM pg_trigger t WHERE t.tgrelid = c.oid AND t.tgname = 'journal_insert') AS journalled
       FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
       WHERE c.relkind IN ('r', 'p') AND n.nspname !~ '^(pg_|information_schema$)'`,
    );
    const unjournalled = rows.filter(({ journalled }) => !journalled).map(({ name }) => name);
    expect(unjournalled.toSorted()).toEqual(Object.keys(HELD_OTHERWISE).toSorted());
    expect(Object.values(HELD_OTHERWISE).filter((why) => why.length < 12)).toEqual([]);
    expect(rows.length).toBeGreaterThan(unjournalled.length + 3);
  });

  it.each(SERVICES)('of %s: each table that names an object is one whose bytes are read', async (service) => {
    const client = await connect(service, 'superuser');
    const { rows } = await client.query<{ name: string }>(
      `SELECT DISTINCT table_name AS name FROM information_schema.columns
       WHERE table_schema = 'public' AND column_name = 'object_key' ORDER BY 1`,
    );
    const held = (HOLDERS[service] ?? []).map(({ table }) => table);
    const named = Object.entries(NAMES_ONLY[service] ?? {});
    expect(rows.map(({ name }) => name)).toEqual([...held, ...named.map(([table]) => table)].toSorted());
    for (const [, holder] of named) expect(held).toContain(holder);
  });

  it('is out of the application’s reach', async () => {
    const refused = async (sql: string): Promise<unknown> =>
      documents.query(sql).then(() => 'done', (error: unknown) => (error as { code: string }).code);
    for (const sql of [
      'SELECT * FROM platform.row_journal',
      `INSERT INTO platform.row_journal (shape, key) VALUES (1, 'x')`,
      'UPDATE platform.row_journal SET digest = NULL',
      'DELETE FROM platform.journal_seal',
      'UPDATE platform.journal_shape SET columns = NULL',
      `SELECT platform.keep_journal('x')`,
    ]) {
      expect([sql, await refused(sql)]).toEqual([sql, '42501']);
    }
    expect(await refused(`UPDATE delivery_status SET delivery_id = gen_random_uuid()`)).toBe('42501');
  }); // prettier-ignore

  it('follows a table whose columns change, and keeps what was forged before visible', async () => {
    const superuser = await connect('archive', 'superuser', true);
    const app = await connect('archive', 'app');
    for (const year of [2025, 2026])
      await insert(app, 'submission_sequence', { agency_id: AGENCY, year, last_number: 3 });
    await keepHeads();
    await superuser.query('UPDATE submission_sequence SET last_number = 4 WHERE year = 2026');
    const owner = await connect('archive', 'owner');
    await owner.query(`ALTER TABLE submission_sequence ADD COLUMN note text NOT NULL DEFAULT 'x'`);
    await owner.query('SELECT platform.keep_journal($1)', [appRole(databaseOf('archive'))]);
    const { out } = await verify('--service', 'archive');
    expect(out).toEqual([expect.stringMatching(/submission_sequence \(.*,2026\) .*: last_number$/)]);
    await app.query('UPDATE submission_sequence SET last_number = 5 WHERE year = 2026');
    expect(await verify('--service', 'archive')).toEqual({ code: 0, out: [] });
  });
});
