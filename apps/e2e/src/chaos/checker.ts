import { readFileSync } from 'node:fs';
import { verifyChain } from '@qlvb/platform-database';
import pg from 'pg';
import type { RunningPlatform } from '../running-platform.ts';

const SERVICES = ['identity', 'documents', 'workflow', 'signature', 'exchange', 'archive'] as const;
type Service = (typeof SERVICES)[number];

interface Accepted {
  readonly key: string;
  readonly path: string;
  readonly agencyId: string;
  readonly request: Readonly<Record<string, unknown>>;
  readonly answer: Readonly<Record<string, unknown>>;
}

type Query = <Row extends object>(service: Service, sql: string, values?: readonly unknown[]) => Promise<Row[]>;

const QUIET_MS = 60_000;

/**
 * Decides from the record of accepted commands and from the databases alone whether anything was lost, doubled or left
 * half-done.
 *
 * @returns one sentence per fault
 */
export async function check(platform: RunningPlatform, historyFile: string): Promise<string[]> {
  const accepted = readFileSync(historyFile, 'utf8')
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as Accepted);
  const clients = new Map<Service, pg.Client>();
  for (const service of SERVICES) {
    const client = new pg.Client({ connectionString: platform.databaseUrl(`qlvb_${service}`) });
    await client.connect();
    clients.set(service, client);
  }
  const query: Query = async (service, sql, values = []) =>
    (await (clients.get(service) as pg.Client).query(sql, [...values])).rows as never;
  try {
    const faults = await untilQuiet(query);
    for (const rule of [commands, numbers, arrivals, deliveries, work, dossiers, audit])
      faults.push(...(await rule(query, accepted)));
    return faults;
  } finally {
    for (const client of clients.values()) await client.end();
  }
}

/** Everything that was to be published is. */
async function untilQuiet(query: Query): Promise<string[]> {
  const started = Date.now();
  for (;;) {
    const waiting: string[] = [];
    for (const service of SERVICES) {
      const [row] = await query<{ n: number }>(
        service,
        'SELECT count(*)::int AS n FROM platform.outbox WHERE published_at IS NULL',
      );
      if (row && row.n > 0) waiting.push(`${service}: ${row.n} events unpublished`);
    }
    if (waiting.length === 0) return [];
    if (Date.now() - started > QUIET_MS) return waiting;
    await new Promise((done) => setTimeout(done, 200));
  }
}

/** Every accepted command is remembered exactly once, with the very answer its caller got. */
async function commands(query: Query, accepted: readonly Accepted[]): Promise<string[]> {
  const faults: string[] = [];
  const stored = new Map<string, string[]>();
  for (const service of SERVICES) {
    const rows = await query<{ key: string; body: string }>(
      service,
      'SELECT key, body FROM platform.idempotency WHERE key = ANY($1)',
      [accepted.map((command) => command.key)],
    );
    for (const { key, body } of rows) stored.set(key, [...(stored.get(key) ?? []), body]);
  }
  for (const { key, path, answer } of accepted) {
    const bodies = stored.get(key) ?? [];
    if (bodies.length !== 1) faults.push(`${path}: accepted once, stored ${bodies.length} times`);
    else if (JSON.stringify(JSON.parse(bodies[0] ?? '')) !== JSON.stringify(answer))
      faults.push(`${path}: another answer stored`);
  }
  return faults;
}

/** Numbers run from 1 without gap or repetition, and every number given out is in the register. */
async function numbers(query: Query, accepted: readonly Accepted[]): Promise<string[]> {
  const rows = await query<{ agency: string; year: number; sequence: string; numbers: number[]; last: number }>(
    'documents',
    `SELECT d.agency_id AS agency, register_year AS year, d.sequence_key AS sequence, array_agg(number ORDER BY number) AS numbers,
            max(s.last_number) AS last
     FROM outgoing_document d JOIN number_sequence s
       ON s.agency_id = d.agency_id AND s.year = d.register_year AND s.sequence_key = d.sequence_key
     WHERE number IS NOT NULL GROUP BY 1, 2, 3`,
  );
  const faults = rows.flatMap(({ agency, sequence, numbers: given, last }) =>
    runFaults(`register ${sequence} of ${agency}`, given, last),
  );
  for (const { path, answer } of accepted.filter((command) => command.path.endsWith('/registrations'))) {
    const [row] = await query<{ code: string }>(
      'documents',
      'SELECT document_code AS code FROM outgoing_document WHERE id = $1',
      [answer['documentId']],
    );
    if (row?.code !== answer['documentCode'])
      faults.push(`${path}: answered ${String(answer['documentCode'])}, registered ${row?.code ?? 'nothing'}`);
  }
  return faults;
}

async function arrivals(query: Query, accepted: readonly Accepted[]): Promise<string[]> {
  const rows = await query<{ agency: string; numbers: number[]; last: number }>(
    'documents',
    `SELECT d.agency_id AS agency, array_agg(arrival_number ORDER BY arrival_number) AS numbers, max(s.last_number) AS last
     FROM incoming_document d JOIN number_sequence s
       ON s.agency_id = d.agency_id AND s.year = d.arrival_year AND s.sequence_key = 'arrival'
     WHERE arrival_number IS NOT NULL GROUP BY 1`,
  );
  const faults = rows.flatMap(({ agency, numbers: given, last }) => runFaults(`arrivals of ${agency}`, given, last));
  for (const { path, answer } of accepted.filter(
    (command) => command.path.endsWith('/acceptances') && 'arrivalNumber' in command.answer,
  )) {
    const [row] = await query<{ n: number }>(
      'documents',
      'SELECT arrival_number AS n FROM incoming_document WHERE id = $1',
      [answer['documentId']],
    );
    if (row?.n !== answer['arrivalNumber'])
      faults.push(`${path}: arrival number ${String(answer['arrivalNumber'])} is not in the register`);
  }
  return faults;
}

function runFaults(what: string, given: readonly number[], last: number): string[] {
  const whole = given.every((number, index) => number === index + 1);
  const faults = whole ? [] : [`${what}: not 1…${given.length}: ${given.join(',')}`];
  if (last !== given.length) faults.push(`${what}: ${given.length} entries, sequence at ${last}`);
  return faults;
}

const FULL: Readonly<Record<string, string>> = {
  '06': 'queued,sent,01,03,04,05,06',
  '03': 'queued,sent,01,03',
  '02': 'queued,sent,01,02',
};

/** Each issued document reached each recipient once, each status came back once and in order, and both sides agree. */
async function deliveries(query: Query, accepted: readonly Accepted[]): Promise<string[]> {
  const faults: string[] = [];
  for (const { answer } of accepted.filter((command) => command.path.endsWith('/issues'))) {
    const id = answer['documentId'];
    const recipients = (answer['recipients'] as { agencyCode?: string }[]).filter((recipient) => recipient.agencyCode);
    const rows = await query<{ id: string; package: string; code: string; status: string; steps: string }>(
      'exchange',
      `SELECT d.id, d.package_id AS package, d.recipient_code AS code, d.status,
              (SELECT string_agg(e.status, ',' ORDER BY e.seq) FROM delivery_event e WHERE e.delivery_id = d.id) AS steps
       FROM delivery d WHERE document_id = $1`,
      [id],
    );
    if (rows.length !== recipients.length)
      faults.push(`${String(id)}: ${recipients.length} recipients, ${rows.length} deliveries`);
    for (const { code, status, steps, package: packageId } of rows) {
      if (FULL[status] !== steps) faults.push(`delivery to ${code}: ${steps}`);
      const incoming = await query('documents', 'SELECT 1 FROM incoming_document WHERE package_id = $1', [packageId]);
      if (incoming.length !== 1) faults.push(`delivery to ${code}: ${incoming.length} incoming documents`);
      const [mirror] = await query<{ status: string }>(
        'documents',
        'SELECT status FROM delivery_status WHERE document_id = $1 AND recipient_code = $2',
        [id, code],
      );
      if (mirror?.status !== status)
        faults.push(`delivery to ${code}: ledger says ${status}, document says ${mirror?.status ?? 'nothing'}`);
    }
  }
  return faults;
}

/** Each instruction made its tasks once, all of them ended, and no process stands in the middle. */
async function work(query: Query, accepted: readonly Accepted[]): Promise<string[]> {
  const faults: string[] = [];
  for (const { request, answer } of accepted.filter((command) => command.path === '/instructions')) {
    const rows = await query<{ step: string; state: string }>(
      'workflow',
      'SELECT step, state FROM task WHERE instruction_id = $1',
      [answer['instructionId']],
    );
    const wanted = 1 + (request['coHandlerPostIds'] as string[]).length;
    const leads = rows.filter((row) => row.step === 'handle').length;
    if (rows.length !== wanted || leads !== 1)
      faults.push(`instruction: ${rows.length} tasks, ${leads} leads, wanted ${wanted}`);
    if (rows.some((row) => row.state !== 'completed'))
      faults.push(`instruction: ${rows.map((row) => row.state).join(',')}`);
  }
  for (const { answer } of accepted.filter((command) => command.path.endsWith('/issues'))) {
    const [process] = await query<{ state: string; steps: string }>(
      'workflow',
      `SELECT state, (SELECT string_agg(trigger, ',' ORDER BY seq) FROM process_step s WHERE s.process_id = p.id) AS steps
       FROM process_instance p WHERE document_id = $1`,
      [answer['documentId']],
    );
    const steps =
      'draft_submitted,returned_to_drafter,draft_revised,draft_submitted,content_approved,layout_approved,personally_signed,registered,agency_signed,issued';
    if (process?.state !== 'issued' || process.steps !== steps)
      faults.push(`process: ${process?.state ?? 'none'} ${process?.steps ?? ''}`);
    const open = await query(
      'workflow',
      `SELECT 1 FROM task WHERE document_id = $1 AND state IN ('open', 'in_progress')`,
      [answer['documentId']],
    );
    if (open.length > 0) faults.push(`process: ${open.length} tasks still open`);
  }
  const twice = await query<{ document: string; step: string }>(
    'workflow',
    `SELECT document_id AS document, step FROM task WHERE state IN ('open', 'in_progress') AND instruction_id IS NULL
     GROUP BY 1, 2 HAVING count(*) > 1`,
  );
  return [...faults, ...twice.map(({ document, step }) => `task ${step} of ${document} open twice`)];
}

async function dossiers(query: Query, accepted: readonly Accepted[]): Promise<string[]> {
  const faults: string[] = [];
  for (const { answer } of accepted.filter((command) => command.path.startsWith('/submissions/'))) {
    const rows = await query<{ state: string; packages: number }>(
      'archive',
      `SELECT s.state, (SELECT count(*)::int FROM archive_package p WHERE p.dossier_id = s.dossier_id) AS packages
       FROM submission s WHERE s.dossier_id = $1`,
      [answer['dossierId']],
    );
    if (rows.length !== 1 || rows[0]?.state !== 'accepted' || rows[0].packages !== 2) {
      faults.push(`submission: ${JSON.stringify(rows)}`);
    }
  }
  return faults;
}

/** Every agency's chain in every service is whole. */
async function audit(query: Query): Promise<string[]> {
  const faults: string[] = [];
  for (const service of SERVICES) {
    const heads = await query<{ agencyId: string; seq: number; hash: string }>(
      service,
      `SELECT agency_id AS "agencyId", seq::int AS seq, encode(hash, 'hex') AS hash FROM platform.audit_head`,
    );
    for (const head of heads) {
      const rows = await query<{ agencyId: string; seq: number; entry: string; previousHash: string; hash: string }>(
        service,
        `SELECT agency_id AS "agencyId", seq::int AS seq, entry, encode(previous_hash, 'hex') AS "previousHash",
                encode(hash, 'hex') AS hash FROM platform.audit a WHERE agency_id = $1 ORDER BY a.seq`,
        [head.agencyId],
      );
      const result = await verifyChain(rows, head);
      faults.push(...result.faults.map((fault) => `audit of ${service}: ${fault.fault} at ${fault.seq}`));
    }
  }
  return faults;
}
