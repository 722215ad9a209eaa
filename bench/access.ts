import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Controller, Inject, Module } from '@nestjs/common';
import { AgencyChanged } from '@qlvb/contracts';
import type { AccessRight, Permission } from '@qlvb/contracts';
import {
  DOCUMENTS_ENTITIES,
  DocumentsModule,
  OutgoingDetail,
  OutgoingDocument,
  OutgoingQueries,
  OutgoingQuery,
  OutgoingView,
} from '@qlvb/documents-feature';
import type { DocumentAccess } from '@qlvb/documents-feature';
import { accessTo } from '@qlvb/platform-access';
import type { ObjectAccess } from '@qlvb/platform-access';
import { runInContext } from '@qlvb/platform-context';
import type { Actor } from '@qlvb/platform-context';
import { connect, Database, PREPARED, reach } from '@qlvb/platform-database';
import { operation, Operation, pageOf, searchPatterns } from '@qlvb/platform-http';
import type { Input, KeysetRows } from '@qlvb/platform-http';
import { PlatformModule, platformSettings } from '@qlvb/platform-service';
import { startTestService } from '@qlvb/platform-service-testing';
import { StorageModule, storageSettings } from '@qlvb/platform-storage';
import { defineProblem, idFrom, newId } from '@qlvb/shared-domain';
import type pg from 'pg';
import type { EntityManager, ObjectLiteral, SelectQueryBuilder } from 'typeorm';
import { Pool } from 'undici';
import { z } from 'zod';
import { alternate } from './measure.ts';
import type { Line } from './measure.ts';

const AGENCY = idFrom('agency:bench');
const UNIT = idFrom('unit:bench');
const PAGE = 20;
/** As far as a total is exact. */
const COUNTED = 1_001;
/** As far as a search without the condition looks for a common word: enough for a page, and for a total that is exact so far. */
const LOOKED_THROUGH = 2_000;
const MANY = 100_000;
const FEW = 20;
/** Of so many documents one is a draft that nobody has registered. */
const DRAFTS = 20;
/** Calls of one search in a round. */
const SEARCHES = 20;
const COMMON = 'quy';
/** Reads under a policy per person beside the one per agency. */
const PERSON_ROLE = 'access_bench_person';

const Missing = defineProblem({
  code: 'bench.document-missing',
  kind: 'not-found',
  title: { vi: 'Không có', en: 'Missing' },
  detail: { vi: 'Không có.', en: 'None.' },
});

/** What an actor may reach, when all of the agency is open to him: the same queries without the condition. */
const everything: ObjectAccess = {
  on: () => 'TRUE',
  where: () => 'TRUE',
  parameters: {},
  ids: '',
  mayStand: false,
  stands: 'FALSE',
  standing: () => Promise.resolve([]),
  list: ({ manager, entity, at, where = [], parameters = {}, words, after }) => {
    const rows = () => {
      const builder = manager.createQueryBuilder(entity, 'd').comment(PREPARED).where('true').setParameters(parameters);
      for (const condition of where) builder.andWhere(condition);
      if (words) builder.andWhere(searching(builder, words)).setParameter('words', words.patterns);
      if (after) builder.andWhere(`(d.${at}, d.id) < (:at::timestamptz, :id::uuid)`, { at: after[0], id: after[1] });
      return builder.orderBy(`d.${at}`, 'DESC').addOrderBy('d.id', 'DESC');
    };
    return {
      take: (limit) => rows().limit(limit).getMany(),
      count: async (limit) => (await rows().select('1', 'one').orderBy().limit(limit).getRawMany()).length,
    };
  },
};

/** Each as is best for it: what every document has is met among the newest, what one has is asked of the index. */
function searching(
  builder: SelectQueryBuilder<ObjectLiteral>,
  { patterns, find }: { readonly patterns: readonly string[]; readonly find: string },
): string {
  if (!patterns.some((pattern) => pattern.includes(COMMON))) return `d.id IN (SELECT ${find}(:words))`;
  builder.innerJoin(
    `(SELECT one.id FROM outgoing_document one ORDER BY one.created_at DESC, one.id DESC LIMIT ${LOOKED_THROUGH})`,
    'newest',
    'newest.id = d.id',
  );
  return 'd.search ~ ALL (:words)';
}

const params = z.object({ documentId: z.uuid() });
const openList = operation({
  id: 'listWithoutAccess',
  method: 'GET',
  path: '/bench/outgoing-documents',
  summary: { vi: 'Không hỏi quyền', en: 'Without the access condition' },
  permission: 'outgoing-documents.read',
  query: OutgoingQuery,
  response: { status: 200, schema: pageOf(OutgoingView) },
});
const openGet = operation({
  id: 'getWithoutAccess',
  method: 'GET',
  path: '/bench/outgoing-documents/:documentId',
  summary: { vi: 'Không hỏi quyền', en: 'Without the access condition' },
  permission: 'outgoing-documents.read',
  etag: 'returns',
  params,
  response: { status: 200, schema: OutgoingDetail },
});

/** The service's own reading, all of the agency open. */
@Controller()
class WithoutAccess {
  readonly #queries: OutgoingQueries;

  constructor(@Inject(Database) database: Database) {
    this.#queries = new OutgoingQueries(database, { outgoing: () => everything } as unknown as DocumentAccess);
  }

  @Operation(openList)
  list({ query, actor }: Input<typeof openList>) {
    return this.#queries.list(query, actor);
  }

  @Operation(openGet)
  get({ params: { documentId }, actor }: Input<typeof openGet>) {
    return this.#queries.get(documentId, actor);
  }
}

@Module({ controllers: [WithoutAccess] })
class AccessBench {}

const person = (name: string, unit: string, ...permissions: Permission[]): Actor => ({
  userId: idFrom(`user:${name}`),
  postId: idFrom(`post:${name}`),
  unitId: unit,
  agencyId: AGENCY,
  permissions,
  permissionVersion: 1,
});

/**
 * Outgoing documents with the access condition and without, over so many of one agency: the first and a further page, the count, one
 * document, a search, each as the query alone and as the service answers.
 */
export async function accessLines(root: string, documents: number, rounds: number): Promise<Line[]> {
  const objects = mkdtempSync(join(tmpdir(), 'qlvb-bench-objects-'));
  const test = await startTestService({
    name: 'documents',
    schema: z.object({ ...platformSettings, ...storageSettings }),
    module: (settings, bus) => ({
      module: AccessBench,
      imports: [
        PlatformModule.forRoot({ service: 'documents', settings, bus, entities: DOCUMENTS_ENTITIES }),
        StorageModule.forRoot(settings),
        DocumentsModule,
      ],
    }),
    migrations: ['libs/shared/directory', 'libs/platform/access', 'apps/documents'].map((folder) =>
      join(root, folder, 'migrations'),
    ),
    environment: { QLVB_STORAGE_DIR: objects },
  });
  await test.deliver(AgencyChanged, AGENCY, { ...AgencyChanged.example, agencyId: AGENCY, parentId: null });
  await fill(test.admin, documents);
  const open = (url: string) =>
    connect({ url, poolSize: 1, entities: [...DOCUMENTS_ENTITIES], applicationName: 'bench' });
  const source = await open(test.appUrl);
  const personSource = await open(test.appUrl.replace(/\/\/[^@]*@/, `//${PERSON_ROLE}:person@`));
  const [database, perPerson] = [new Database(source, 'bench'), new Database(personSource, 'bench')];
  const http = new Pool(test.service.url, { connections: 1 });

  const reading = <T>(db: Database, read: (manager: EntityManager) => Promise<T>): Promise<T> =>
    runInContext({ requestId: newId(), traceparent: '', language: 'vi', agencyId: AGENCY }, () => db.read(read));
  type After = readonly [string, string] | undefined;
  const rows = (
    manager: EntityManager,
    access: ObjectAccess,
    after: After,
    query?: string,
  ): KeysetRows<OutgoingDocument> =>
    access.list({
      manager,
      entity: OutgoingDocument,
      at: 'createdAt',
      ...(query === undefined ? {} : { words: { patterns: searchPatterns(query), find: 'find_outgoing' } }),
      after,
    });
  const answer = async (
    authorization: string,
    path: string,
  ): Promise<{ status: number; nextCursor?: string | null }> => {
    const { statusCode: status, body } = await http.request({
      method: 'GET',
      path: `/api/v1${path}`,
      headers: { authorization },
    });
    const text = await body.text();
    if (status !== 200 && status !== 404) throw new Error(`${path}: ${status} ${text}`);
    return { ...(JSON.parse(text) as { nextCursor?: string | null }), status };
  };
  const token = async ({ userId, postId = '', unitId = '', agencyId, permissions }: Actor): Promise<string> => {
    const reads = [...permissions, 'outgoing-documents.read'];
    const { authorization } = await test.issuer.authorization({ userId, postId, unitId, agencyId, permissions: reads });
    return authorization;
  };
  const rare = String(Math.floor(documents / 2));
  const lines: Line[] = [];
  const held = async (
    what: string,
    count: number,
    ours: () => Promise<unknown>,
    plain: () => Promise<unknown>,
    other?: () => Promise<unknown>,
  ) => {
    lines.push(
      ...(await alternate(what, count * rounds, [
        { name: 'with the access condition', run: ours },
        { name: 'the same without it', run: plain },
      ])),
    );
    if (!other) return;
    lines.push(
      ...(await alternate(what, rounds, [{ name: 'instead a policy per person in the database', run: other }])),
    );
  };
  try {
    const elsewhere = idFrom('unit:elsewhere');
    const cases: readonly (readonly [name: string, actor: Actor, rows: number])[] = [
      ['a clerk, all registered', person('clerk', elsewhere, 'outgoing-documents.register'), documents],
      [`${FEW} rows`, person('few', elsewhere), FEW],
      [`${MANY} rows`, person('many', elsewhere), MANY],
      ['no rows', person('nobody', elsewhere), 0],
      ['no rows, in a unit whose head has one for every document', person('nobody', UNIT), 0],
    ];
    for (const [name, actor, seen] of cases) {
      const mine = (): ObjectAccess => accessTo('outgoing-document', actor, new Date());
      const first = await reading(database, (manager) => rows(manager, mine(), undefined).take(PAGE + 1));
      if (first.length !== Math.min(seen, PAGE + 1))
        throw new Error(`${name}: ${first.length} entries on the first page`);
      // From the middle of the first page on, so that who sees no more than that has a next one.
      const last = first[PAGE / 2 - 1];
      const after: After = last ? [last.createdAt.toISOString(), last.id] : undefined;
      const page = (access: ObjectAccess, from: After, query?: string) =>
        reading(database, (manager) => rows(manager, access, from, query).take(PAGE + 1));
      const total = (access: ObjectAccess) =>
        reading(database, (manager) => rows(manager, access, undefined).count(COUNTED));
      const policy = (): Promise<unknown> =>
        reading(perPerson, async (manager) => {
          await manager.query(`SELECT set_config('app.user_id', $1, true)`, [actor.userId]);
          await rows(manager, everything, undefined).take(PAGE + 1);
        });
      const stands = actor.permissions.length > 0;
      await held(`first page, ${name}`, 100, () => page(mine(), undefined), () => page(everything, undefined), stands ? undefined : policy); // prettier-ignore
      if (last)
        await held(
          `next page, ${name}`,
          100,
          () => page(mine(), after),
          () => page(everything, after),
        );
      await held(
        `count, ${name}`,
        50,
        () => total(mine()),
        () => total(everything),
      );
      const id = first[0]?.id ?? idOf(documents);
      const one = (access: RowAccessOf) =>
        reading(database, (manager) =>
          reach<OutgoingDocument, AccessRight>(manager, {
            entity: OutgoingDocument,
            id,
            missing: Missing,
            access,
          }).catch((error: unknown) => {
            if (!Missing.is(error)) throw error;
          }),
        );
      await held(
        `get, ${name}`,
        100,
        () => one(mine()),
        () => one('agency'),
      );
      await held(`search for a word of every document, ${name}`, SEARCHES, () => page(mine(), undefined, COMMON), () => page(everything, undefined, COMMON)); // prettier-ignore
      await held(`search for a word of one document, ${name}`, SEARCHES, () => page(mine(), undefined, rare), () => page(everything, undefined, rare)); // prettier-ignore
    }
    for (const [name, actor, seen] of cases) {
      const own = await token(actor);
      const at = (path: string, query: string) => [`/outgoing-documents${path}${query}`, `/bench/outgoing-documents${path}${query}`] as const; // prettier-ignore
      const over = async (what: string, paths: readonly [string, string], count = 100): Promise<void> => {
        await held(
          `HTTP, ${what}, ${name}`,
          count,
          () => answer(own, paths[0]),
          () => answer(own, paths[1]),
        );
      };
      const list = (parameters: string) => at('', `?limit=${parameters}`);
      await over('first page with its total', list(`${PAGE}`));
      if (seen > 0) {
        const [mine, plain] = list(`${PAGE / 2}`);
        const [{ nextCursor: ours }, { nextCursor: theirs }] = [await answer(own, mine), await answer(own, plain)];
        const [next, same] = [list(`${PAGE}&cursor=${ours ?? ''}`)[0], list(`${PAGE}&cursor=${theirs ?? ''}`)[1]];
        await over('next page', [next, same]);
      }
      await over('get', at(`/${idOf(documents)}`, ''));
      await over('search for a word of every document', list(`${PAGE}&query=${COMMON}`), SEARCHES);
      await over('search for a word of one document', list(`${PAGE}&query=${rare}`), SEARCHES);
    }
    return lines;
  } finally {
    await source.destroy();
    await personSource.destroy();
    await http.close();
    await test.admin.query(`DROP OWNED BY ${PERSON_ROLE}; DROP ROLE ${PERSON_ROLE}`);
    await test.stop();
    rmSync(objects, { recursive: true, force: true });
  }
}

type RowAccessOf = Parameters<typeof reach<OutgoingDocument, AccessRight>>[1]['access'];

/** Of the n-th document. */
function idOf(n: number): string {
  const hex = n.toString(16).padStart(12, '0');
  return `${hex.slice(0, 8)}-${hex.slice(8)}-7000-8000-${hex}`;
}

/** Documents with rows of access each, as an agency has them; every tenth is one that `many` took part in. */
async function fill(pool: pg.Pool, documents: number): Promise<void> {
  const every = Math.max(1, Math.floor(documents / MANY));
  const at = `timestamptz '2026-01-01' + n * interval '1 second'`;
  const id = `(lpad(to_hex(n), 12, '0') || '70008000' || lpad(to_hex(n), 12, '0'))::uuid`;
  const json = (value: unknown): string => `'${JSON.stringify(value)}'::jsonb`;
  const somebodyElse = { userId: UNIT, postId: UNIT, fullName: 'Nguyễn Văn An', position: 'Giám đốc' };
  const file = { fileId: UNIT, role: 'main', name: 'quyet-dinh.pdf', mediaType: 'application/pdf', sizeBytes: 120_000, sha256: 'ab'.repeat(32), objectKey: 'x' }; // prettier-ignore
  const user = (name: string): string => `'${idFrom(`user:${name}`)}'::uuid`;
  const row = (kind: string, principal: string, permission: string, right: string, ground: string, where: string): string =>
    `SELECT gen_random_uuid(), '${AGENCY}'::uuid, 'outgoing-document', ${id}, ${at}, '${kind}', ${principal}, ${permission}, '${right}', '${ground}', ${at}, ${at} FROM generate_series(1, ${documents}) n WHERE ${where}`; // prettier-ignore
  const registered = `n % ${DRAFTS} <> 7`;
  const somebody = `('00000000-0000-4000-8000-' || lpad(to_hex(n % 500), 12, '0'))::uuid`;
  const rows = [
    row('person', somebody, 'NULL', 'read', 'took-part', 'true'),
    row('post', somebody, 'NULL', 'draft', 'drafts', 'true'),
    row('post', somebody, 'NULL', 'sign', 'signs', 'true'),
    row('unit', `'${UNIT}'::uuid`, `'outgoing-documents.content-check'`, 'check-content', 'heads-unit', 'true'),
    row('person', user('many'), 'NULL', 'read', 'took-part', `n % ${every} = 0`),
    row('person', user('few'), 'NULL', 'read', 'took-part', `n % ${Math.max(1, Math.floor(documents / FEW))} = 0`),
  ];
  const tables: Readonly<Record<string, readonly string[]>> = {
    outgoing_document: [
      `
    INSERT INTO outgoing_document (id, agency_id, version, created_at, updated_at, state, document_type, is_normative, subject, urgency,
      lead_unit_id, lead_unit_symbol, assigned_by, drafter, signer, competence, signer_title, recipients, draft_version, files, number,
      document_code, code_notation, issued_on, register_year, sequence_key)
    SELECT ${id}, '${AGENCY}', 1, ${at}, ${at}, CASE WHEN ${registered} THEN 'issued' ELSE 'drafting' END, 'decision', false,
      'Ban hành Quy chế quản lý, sử dụng hệ thống quản lý văn bản và điều hành số ' || n, 'normal', '${UNIT}', 'CNTT',
      ${json(somebodyElse)}, ${json(somebodyElse)}, ${json(somebodyElse)}, 'none', 'GIÁM ĐỐC',
      ${json([{ recipientId: UNIT, name: 'Sở Nội vụ' }])}, 1, ${json([file])}, CASE WHEN ${registered} THEN n END,
      CASE WHEN ${registered} THEN n || '/QĐ-STTTT' END, CASE WHEN ${registered} THEN 'QĐ-STTTT' END,
      CASE WHEN ${registered} THEN date '2026-01-01' END, CASE WHEN ${registered} THEN 2026 END, CASE WHEN ${registered} THEN 'all' END
    FROM generate_series(1, ${documents}) n`,
    ],
    access_object: [
      `INSERT INTO access_object (agency_id, object_kind, object_id, object_at, version, registered)
     SELECT '${AGENCY}', 'outgoing-document', ${id}, ${at}, 1, ${registered} FROM generate_series(1, ${documents}) n`,
    ],
    access_row: rows.map(
      (given) =>
        `INSERT INTO access_row (id, agency_id, object_kind, object_id, object_at, principal_kind, principal_id, permission, access_right,
           ground, valid_from, confirmed_at) ${given}`,
    ),
  };
  const started = performance.now();
  await Promise.all(Object.entries(tables).map(([table, inserts]) => fillTable(pool, table, inserts)));
  process.stderr.write(`  ${documents} documents made in ${Math.round((performance.now() - started) / 1000)} s\n`);
  const client = await pool.connect();
  await client.query(`
    CREATE ROLE ${PERSON_ROLE} LOGIN PASSWORD 'person';
    DO $$ BEGIN EXECUTE format('GRANT CONNECT ON DATABASE %I TO ${PERSON_ROLE}', current_database()); END $$;
    GRANT USAGE ON SCHEMA public, platform TO ${PERSON_ROLE};
    GRANT EXECUTE ON FUNCTION platform.current_agency() TO ${PERSON_ROLE};
    GRANT SELECT ON outgoing_document, access_row TO ${PERSON_ROLE};
    CREATE POLICY person ON outgoing_document AS RESTRICTIVE FOR SELECT TO ${PERSON_ROLE} USING (EXISTS (
      SELECT 1 FROM access_row a WHERE a.object_kind = 'outgoing-document' AND a.object_id = outgoing_document.id
        AND a.principal_id = current_setting('app.user_id')::uuid AND a.confirmed_at IS NOT NULL AND a.revoked_at IS NULL))`);
  await client.query('VACUUM ANALYZE outgoing_document, access_row, access_object');
  client.release(true);
}

/** Nobody waits for these rows to be safe, journalled or found while they are made. */
async function fillTable(pool: pg.Pool, table: string, inserts: readonly string[]): Promise<void> {
  const client = await pool.connect();
  await client.query(
    `SET session_replication_role = replica; SET synchronous_commit = off; SET maintenance_work_mem = '512MB'`,
  );
  const { rows: indexes } = await client.query<{ name: string; definition: string }>(
    `SELECT indexrelid::regclass::text AS name, pg_get_indexdef(indexrelid) AS definition FROM pg_index
     WHERE indrelid = $1::regclass AND NOT indisprimary`,
    [table],
  );
  for (const { name } of indexes) await client.query(`DROP INDEX ${name}`);
  for (const insert of inserts) await client.query(insert);
  for (const { definition } of indexes) await client.query(definition);
  client.release(true);
}
