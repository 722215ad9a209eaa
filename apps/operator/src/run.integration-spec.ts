import { existsSync, mkdtempSync, renameSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BUS_DATABASE, SERVICES } from '@qlvb/installation';
import { busConfig, createEventBus, PoisonRecord } from '@qlvb/platform-bus';
import { FolderPlace } from '@qlvb/platform-storage';
import { describeIf, LOCAL_KAFKA_ADMIN, localKafka, localKafkaSettings, testPostgresUrl } from '@qlvb/platform-testing';
import type { LocalKafka } from '@qlvb/platform-testing';
import { newId } from '@qlvb/shared-domain';
import pg from 'pg';
import { run } from './run.ts';

const AGENCY = newId();
const passwords = Object.fromEntries(
  ['bus', ...SERVICES].flatMap((name) =>
    ['OWNER', 'APP'].map((role) => [`QLVB_${name.toUpperCase()}_${role}_PASSWORD`, `${name}-${role}`]),
  ),
);
const kafka = localKafka();
let busSettings: Readonly<Record<string, string>> = {};
const store = join(mkdtempSync(join(tmpdir(), 'qlvb-operator-')), 'objects');
const heads = join(mkdtempSync(join(tmpdir(), 'qlvb-operator-')), 'heads');
/** As the job of each hour does. */
const keepHeads = async (): Promise<void> =>
  new FolderPlace(heads).add(`${newId()}.jsonl`, (await operator('audit', 'heads', '--json')).out.join('\n'));
const environment = (): NodeJS.ProcessEnv => ({
  QLVB_POSTGRES_URL: testPostgresUrl(),
  QLVB_STORAGE_DIR: store,
  QLVB_HEADS_DIR: heads,
  ...passwords,
  ...busSettings,
});

async function operator(...args: string[]): Promise<{ code: number; out: string[]; error: string }> {
  const out: string[] = [];
  let error = '';
  const code = await run(args, environment(), {
    out: (line) => out.push(line),
    error: (line) => (error += line),
  });
  return { code, out, error };
}

async function query<Row extends object>(database: string, sql: string, values: unknown[] = []): Promise<Row[]> {
  const client = new pg.Client({ connectionString: `${testPostgresUrl()}/${database}` });
  await client.connect();
  try {
    return (await client.query<Row>(sql, values)).rows;
  } finally {
    await client.end();
  }
}

describe('the operator', () => {
  it('installs every database, and again changes nothing', async () => {
    const first = await operator('install', '--json');
    expect(first).toMatchObject({ code: 0, error: '' });
    const [stores, ...databases] = first.out.map((line) => JSON.parse(line) as { database: string; stores?: boolean });
    expect(stores).toEqual({ stores: true });
    expect(databases.map(({ database }) => database).sort()).toEqual(
      SERVICES.map((service) => `qlvb_${service}`).sort(),
    );
    const second = await operator('install');
    expect(second.out.slice(1).every((line) => line.includes('up to date'))).toBe(true);
  }, 120_000);

  it('F-45 says that the store of an installation is gone, and makes no empty one in its place', async () => {
    renameSync(store, `${store}-away`);
    const [told, ...rest] = (await operator('install')).out;
    expect([told, rest.length]).toEqual(['kho tệp: KHÔNG THẤY (object store: GONE)', SERVICES.length]);
    expect(existsSync(store)).toBe(false);
    renameSync(`${store}-away`, store);
    expect((await operator('install')).code).toBe(0);
  }, 120_000);

  it('says in one sentence what is missing or unknown', async () => {
    const told: string[] = [];
    const code = await run(
      ['install'],
      { QLVB_POSTGRES_URL: testPostgresUrl(), QLVB_STORAGE_DIR: store },
      { out: () => undefined, error: (line) => told.push(line) },
    );
    expect([code, told]).toEqual([
      2,
      ['QLVB_BUS_OWNER_PASSWORD (hoặc QLVB_BUS_OWNER_PASSWORD_FILE) chưa được đặt. (It is not set.)'],
    ]);
    expect((await operator('audit', 'verify', '--service', 'mail')).error).toContain('Không có dịch vụ "mail"');
    expect((await operator('nothing')).error).toContain('npm run operator -- <lệnh>');
    expect(await operator('--help')).toMatchObject({
      code: 0,
      error: '',
      out: [expect.stringContaining('verify state')],
    });
    expect((await operator('outbox', 'republish')).error).toContain('--since');
    expect((await operator('dead-letters', 'replay', newId())).error).toContain('Không có thư lỗi');
  });

  it('finds the entry of an audit chain that was altered, and no other', async () => {
    for (const text of ['one', 'two', 'three'])
      await query('qlvb_workflow', 'SELECT platform.append_audit($1, $2)', [AGENCY, JSON.stringify({ action: text })]);
    const verify = async (): Promise<[number, object[]]> => {
      const { code, out } = await operator('audit', 'verify', '--service', 'workflow', '--agency', AGENCY, '--json');
      return [code, out.map((line) => JSON.parse(line) as object)];
    };
    const whole = { service: 'workflow', agencyId: AGENCY, entries: 3, faults: [] };
    expect(await verify()).toEqual([1, [{ ...whole, provenTo: 0 }]]);
    await keepHeads();
    expect(await verify()).toEqual([0, [{ ...whole, provenTo: 3 }]]);
    await query(
      'qlvb_workflow',
      `UPDATE platform.audit SET entry = '{"action":"2"}' WHERE agency_id = $1 AND seq = 2`,
      [AGENCY],
    );
    const broken = await operator('audit', 'verify', '--service', 'workflow', '--json');
    expect(broken.code).toBe(1);
    expect(JSON.parse(broken.out[0] ?? '')).toMatchObject({ faults: [{ agencyId: AGENCY, seq: 2, fault: 'altered' }] });
    await query('qlvb_workflow', `DELETE FROM platform.audit WHERE agency_id = $1 AND seq = 3`, [AGENCY]);
    const cut = await operator('audit', 'verify', '--service', 'workflow', '--json');
    expect(
      (JSON.parse(cut.out[0] ?? '') as { faults: { fault: string }[] }).faults.map(({ fault }) => fault),
    ).toContain('truncated');
  });

  it('AGC-04 takes an agency by its code, in either form, or by its id, and says when there is none', async () => {
    const agency = newId();
    await query(
      'qlvb_identity',
      `INSERT INTO agency (id, version, name, short_name, level, place_of_issue, code_source, valid_from)
       VALUES ($1, 1, 'Sở Thông tin và Truyền thông', 'STTTT', 'department', 'Quảng Bình', 'official', '2020-01-01')`,
      [agency],
    );
    await query(
      'qlvb_identity',
      `INSERT INTO agency_code (code, legacy_code, agency_id, valid_from) VALUES ('H46.11', '000.00.11.H46', $1, '2020-01-01')`,
      [agency],
    );
    await query('qlvb_exchange', 'SELECT platform.append_audit($1, $2)', [agency, '{"action":"1"}']);
    await keepHeads();
    for (const named of ['H46.11', 'h46.11', '000.00.11.H46', agency, agency.toUpperCase()]) {
      const { code, out } = await operator('audit', 'verify', '--service', 'exchange', '--agency', named, '--json');
      expect([code, out.map((line) => JSON.parse(line) as object)]).toEqual([
        0,
        [{ service: 'exchange', agencyId: agency, entries: 1, provenTo: 1, faults: [] }],
      ]);
    }
    for (const named of ['H46.99', 'x', '', "'"]) {
      for (const command of [
        ['audit', 'verify'],
        ['audit', 'heads'],
        ['verify', 'state'],
      ]) {
        expect(await operator(...command, '--agency', named)).toEqual({
          code: 2,
          out: [],
          error: `Không có cơ quan nào mang mã "${named}": hãy ghi mã như H46.11. (No agency has this code.)`,
        });
      }
    }
  });

  it('finds a chain that was cut or written anew together with its head, by heads kept elsewhere', async () => {
    const other = newId();
    const append = async (...texts: string[]): Promise<void> => {
      for (const text of texts) await query('qlvb_archive', 'SELECT platform.append_audit($1, $2)', [other, text]);
    };
    await append('{"action":"1"}', '{"action":"2"}', '{"action":"3"}');
    const file = join(mkdtempSync(join(tmpdir(), 'heads-')), 'heads.jsonl');
    writeFileSync(file, (await operator('audit', 'heads', '--json')).out.join('\n'));
    const faults = async (...more: string[]): Promise<[number, string[]]> => {
      const { code, out } = await operator(
        'audit',
        'verify',
        '--service',
        'archive',
        '--agency',
        other,
        '--json',
        ...more,
      );
      return [
        code,
        out.flatMap((line) => (JSON.parse(line) as { faults: { fault: string }[] }).faults.map((one) => one.fault)),
      ];
    };
    await append('{"action":"4"}');
    // The fourth says no time and no head of it left the database: it is not proven.
    expect(await faults('--heads', file)).toEqual([1, []]);

    const tail = 'DELETE FROM platform.audit WHERE agency_id = $1 AND seq > 2';
    const head = `UPDATE platform.audit_head h SET seq = a.seq, hash = a.hash FROM platform.audit a
                  WHERE h.agency_id = $1 AND a.agency_id = $1 AND a.seq = 2`;
    for (const sql of [tail, head]) await query('qlvb_archive', sql, [other]);
    expect(await faults()).toEqual([1, []]);
    expect(await faults('--heads', file)).toEqual([1, ['truncated']]);
    await append('{"action":"three, but other"}');
    expect(await faults('--heads', file)).toEqual([1, ['rewritten']]);

    await query('qlvb_archive', 'DELETE FROM platform.audit_head WHERE agency_id = $1', [other]);
    expect((await faults())[0]).toBe(1);
    await query('qlvb_archive', 'DELETE FROM platform.audit WHERE agency_id = $1', [other]);
    expect((await faults('--heads', file))[1]).toContain('truncated');
    expect((await operator('audit', 'verify', '--heads', '/nowhere')).error).toContain('/nowhere');
  });

  it('has events since an instant published again, and none before', async () => {
    const add = (id: string, at: string) =>
      query(
        'qlvb_archive',
        `INSERT INTO platform.outbox (id, topic, key, urgent, event, created_at, published_at) VALUES ($1, 't', 'k', false, '{}', $2, now())`,
        [id, at],
      );
    const [early, late] = [newId(), newId()];
    await add(early, '2026-01-01T00:00:00Z');
    await add(late, '2026-02-01T00:00:00Z');
    const { code, out } = await operator(
      'outbox',
      'republish',
      '--service',
      'archive',
      '--since',
      '2026-01-15T00:00:00+07:00',
      '--json',
    );
    expect([code, JSON.parse(out[0] ?? '')]).toEqual([0, { service: 'archive', count: 1 }]);
    const waiting = await query<{ id: string }>(
      'qlvb_archive',
      'SELECT id FROM platform.outbox WHERE published_at IS NULL',
    );
    expect(waiting).toEqual([{ id: late }]);
    await query('qlvb_archive', 'UPDATE platform.outbox SET published_at = now()');
    const byId = await operator('outbox', 'republish', '--since', late, '--json');
    expect([byId.code, byId.out.map((line) => JSON.parse(line) as object)]).toEqual([
      0,
      [{ service: 'archive', count: 1 }],
    ]);
    const unknown = await operator('outbox', 'republish', '--since', newId());
    expect([unknown.code, unknown.error]).toEqual([2, expect.stringContaining('Không có sự kiện')]);
    expect((await operator('outbox', 'status', '--service', 'archive')).out[0]).toContain('2 sự kiện, 1 chưa phát');
  });
});

describe('the operator and jobs', () => {
  it('lists, shows, repeats and cancels them', async () => {
    const [failed, waiting] = [newId(), newId()];
    const insert = (id: string, state: string): Promise<object[]> =>
      query(
        'qlvb_signature',
        `INSERT INTO platform.job (id, kind, agency_id, data, urgent, state, due_at, attempts, failure, failure_detail, created_at)
         VALUES ($1, 'signature.make-report', $2, '{}', false, $3, '2026-11-29T08:00:00Z', 5, $4, $5, now())`,
        [id, AGENCY, state, ...(state === 'failed' ? ['process-died', 'twice'] : [null, null])],
      );
    await insert(waiting, 'waiting');
    const list = () => operator('jobs', 'list', '--service', 'signature', '--json');
    expect(await list()).toMatchObject({ code: 0, out: [expect.stringContaining(waiting)] });
    await insert(failed, 'failed');
    const { code, out } = await list();
    expect([code, out.map((line) => JSON.parse(line) as object)]).toEqual([
      1,
      [
        expect.objectContaining({ id: failed, state: 'failed', failure: 'process-died', failureDetail: 'twice' }),
        expect.objectContaining({ id: waiting, state: 'waiting', failure: null, service: 'signature' }),
      ],
    ]);
    expect(JSON.parse((await operator('jobs', 'show', failed, '--json')).out[0] ?? '')).toMatchObject({ attempts: 5 });
    expect((await operator('jobs', 'repeat', failed)).code).toBe(0);
    expect((await operator('jobs', 'cancel', waiting)).code).toBe(0);
    const rows = await query('qlvb_signature', 'SELECT id, state, attempts, failure FROM platform.job ORDER BY state');
    expect(rows).toEqual([
      { id: waiting, state: 'cancelled', attempts: 5, failure: null },
      { id: failed, state: 'waiting', attempts: 0, failure: null },
    ]);
    await query('qlvb_signature', `UPDATE platform.job SET state = 'done' WHERE id = $1`, [failed]);
    expect((await operator('jobs', 'repeat', failed)).error).toContain('It runs, or is done.');
    for (const args of [
      ['jobs', 'show', newId()],
      ['jobs', 'cancel', 'x'],
      ['jobs', 'repeat'],
    ]) {
      expect((await operator(...args)).code).toBe(2);
    }
  });
});

function deadLetterSuite(settings: () => Readonly<Record<string, string>>): void {
  beforeAll(() => {
    busSettings = settings();
  });
  afterAll(() => {
    busSettings = {};
  });

  it('shows what a service gave up, and delivers it once more', async () => {
    const id = newId();
    const silent = { log: () => undefined, warn: () => undefined, error: () => undefined };
    const url = `${testPostgresUrl()}/${BUS_DATABASE}`;
    const bus = createEventBus(busConfig({ QLVB_BUS_URL: url, ...environment() }), silent);
    const topic = `operator.test-${id}`;
    const seen: string[] = [];
    let ill = true;
    await bus.ensureTopics([{ name: topic, groups: ['exchange'] }]);
    await bus.subscribe({
      group: 'exchange',
      topics: [topic],
      handler: ({ id }) => {
        if (ill) throw new PoisonRecord('không đọc được');
        seen.push(id);
        return Promise.resolve();
      },
    });
    await bus.publish([{ id, topic, key: 'k', lane: 'normal', value: '{"type":"x"}', headers: {} }]);
    let letters: { id: string; cause: string }[] = [];
    while (letters.length === 0) {
      const { code, out } = await operator('dead-letters', 'list', '--service', 'exchange', '--json');
      letters = out.map((line) => JSON.parse(line) as { id: string; cause: string });
      expect(code).toBe(letters.length === 0 ? 0 : 1);
    }
    expect(letters[0]?.cause).toContain('không đọc được');
    const shown = await operator('dead-letters', 'show', letters[0]?.id ?? '', '--json');
    expect([shown.code, JSON.parse(shown.out[0] ?? '')]).toEqual([
      0,
      expect.objectContaining({
        id: letters[0]?.id,
        record: expect.objectContaining({ id, value: '{"type":"x"}' }) as object,
      }),
    ]);
    expect((await operator('dead-letters', 'show', newId())).code).toBe(2);
    ill = false;
    expect((await operator('dead-letters', 'replay', letters[0]?.id ?? '')).code).toBe(0);
    while (seen.length === 0) await new Promise((done) => setTimeout(done, 50));
    expect(seen).toEqual([id]);
    expect((await operator('dead-letters', 'list', '--service', 'exchange')).code).toBe(0);
    await bus.close();
  });
}

describe('the operator on the bus of PostgreSQL', () => {
  deadLetterSuite(() => ({}));
});
describeIf(kafka !== undefined, 'a Kafka broker at QLVB_TEST_KAFKA', 'the operator on Kafka', () => {
  deadLetterSuite(() => localKafkaSettings(kafka as LocalKafka, LOCAL_KAFKA_ADMIN));

  it('F-23 installs topics and access lists, again changes nothing, and says whose account cannot', async () => {
    expect((await operator('install', '--json')).code).toBe(0);
    const { out } = await operator('install', '--json');
    expect(JSON.parse(out.at(-1) ?? '')).toEqual({ kafka: { topics: [], granted: 0, withdrawn: 0 } });
    busSettings = localKafkaSettings(kafka as LocalKafka, 'qlvb_exchange');
    expect(await operator('install')).toMatchObject({
      code: 2,
      error: 'Kafka does not let qlvb_exchange make topics and change access lists',
    });
    busSettings = { ...busSettings, QLVB_KAFKA_PASSWORD: 'wrong' };
    for (const command of [['install'], ['dead-letters', 'list']]) {
      const { code, error } = await operator(...command);
      expect([code, error]).toEqual([2, expect.stringContaining('see QLVB_KAFKA_USERNAME and QLVB_KAFKA_PASSWORD')]);
    }
    busSettings = { QLVB_BUS: 'kafka' };
    expect((await operator('install')).error).toContain('QLVB_KAFKA_USERNAME: is not set');
  }, 120_000);
});
