import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Module } from '@nestjs/common';
import type { Permission } from '@qlvb/contracts';
import { DOCUMENTS_ENTITIES, DocumentsModule } from '@qlvb/documents-feature';
import { accessTo } from '@qlvb/platform-access';
import { runInContext } from '@qlvb/platform-context';
import type { Actor } from '@qlvb/platform-context';
import { connect, Database } from '@qlvb/platform-database';
import { PlatformModule, platformSettings } from '@qlvb/platform-service';
import { startTestService } from '@qlvb/platform-service-testing';
import { StorageModule, storageSettings } from '@qlvb/platform-storage';
import { idFrom, newId } from '@qlvb/shared-domain';
import type pg from 'pg';
import type { EntityTarget, ObjectLiteral } from 'typeorm';
import { Pool } from 'undici';
import { z } from 'zod';
import { compare } from './measure.ts';
import type { Line } from './measure.ts';

const AGENCY = idFrom('agency:bench');
const UNIT = idFrom('unit:bench');
const PAGE = 20;
const MANY = 100_000;
const FEW = 50;
/** Reads under a policy per person beside the one per agency. */
const PERSON_ROLE = 'access_bench_person';

@Module({})
class AccessBench {}

const person = (name: string, ...permissions: Permission[]): Actor => ({
  userId: idFrom(`user:${name}`),
  postId: idFrom(`post:${name}`),
  unitId: idFrom(`unit:${name}`),
  agencyId: AGENCY,
  permissions,
  permissionVersion: 1,
});

/**
 * One page of the list of outgoing documents with the access condition and without, over so many documents of one agency: the query
 * alone, and as the service answers.
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
  await fill(test.admin, documents);
  const open = (url: string) =>
    connect({ url, poolSize: 1, entities: [...DOCUMENTS_ENTITIES], applicationName: 'bench' });
  const source = await open(test.appUrl);
  const personSource = await open(test.appUrl.replace(/\/\/[^@]*@/, `//${PERSON_ROLE}:person@`));
  const [database, perPerson] = [new Database(source, 'bench'), new Database(personSource, 'bench')];
  const http = new Pool(test.service.url, { connections: 1 });
  const entity = DOCUMENTS_ENTITIES.find(({ name }) => name === 'OutgoingDocument') as EntityTarget<ObjectLiteral>;
  const clerk = person('clerk', 'outgoing-documents.register');
  const many = person('many');

  /** A page; its last entry begins the next one. */
  const page = (db: Database, actor: Actor, after?: readonly [string, string], policyFor?: string) =>
    runInContext({ requestId: newId(), traceparent: '', language: 'vi', agencyId: AGENCY }, () =>
      db.read(async (manager) => {
        if (policyFor) await manager.query(`SELECT set_config('app.user_id', $1, true)`, [policyFor]);
        const builder = manager.createQueryBuilder(entity, 'd').limit(PAGE + 1);
        return accessTo('outgoing-document', actor, new Date()).list(builder, 'd', 'createdAt', after).getMany();
      }),
    );
  /** The same page over HTTP. */
  const answer = async (authorization: string, path: string): Promise<string | null> => {
    const { statusCode, body } = await http.request({ method: 'GET', path, headers: { authorization } });
    const text = await body.text();
    if (statusCode !== 200) throw new Error(`${path}: ${statusCode} ${text}`);
    return (JSON.parse(text) as { nextCursor: string | null }).nextCursor;
  };
  const token = async ({ userId, postId = '', unitId = '', agencyId, permissions }: Actor): Promise<string> => {
    const reads = [...permissions, 'outgoing-documents.read'];
    const { authorization } = await test.issuer.authorization({ userId, postId, unitId, agencyId, permissions: reads });
    return authorization;
  };
  const milliseconds = async (count: number, work: () => Promise<unknown>): Promise<number> => {
    const started = performance.now();
    for (let n = 0; n < count; n += 1) await work();
    return (performance.now() - started) / count;
  };
  try {
    const lines: Line[] = [];
    const cases: readonly (readonly [string, Actor, number])[] = [
      [`${MANY} rows`, many, PAGE + 1],
      [`${FEW} rows`, person('few'), PAGE + 1],
      ['no rows', person('nobody'), 0],
      ['a clerk, standing right', clerk, PAGE + 1],
    ];
    for (const [name, actor, expected] of cases) {
      const first = await page(database, actor);
      if (first.length !== expected) throw new Error(`${name}: ${first.length} entries on the first page`);
      const last = first.at(-2) as { createdAt: Date; id: string } | undefined;
      const pages: [string, readonly [string, string] | undefined][] = [
        ['first page', undefined],
        ...(last ? [['next page', [last.createdAt.toISOString(), last.id]] as [string, [string, string]]] : []),
      ];
      for (const [which, after] of pages) {
        lines.push(
          ...(await compare({
            what: `${which}, ${name}`,
            unit: 'ms',
            rounds,
            lessIsBetter: true,
            variants: [
              { name: 'with the access condition', run: () => milliseconds(100, () => page(database, actor, after)) },
              { name: 'the same query without it', run: () => milliseconds(100, () => page(database, clerk, after)) },
              ...(which === 'first page' && actor !== clerk
                ? [
                    {
                      name: 'instead a policy per person in the database',
                      run: () =>
                        milliseconds(expected === PAGE + 1 && actor === many ? 20 : 1, () =>
                          page(perPerson, clerk, undefined, actor.userId),
                        ),
                    },
                  ]
                : []),
            ],
          })),
        );
      }
    }
    const clerks = await token(clerk);
    for (const [name, actor, expected] of cases) {
      const own = await token(actor);
      const list = `/api/v1/outgoing-documents?limit=${PAGE}`;
      const cursors = [await answer(own, list), await answer(clerks, list)];
      for (const which of expected === 0 ? ['first page'] : ['first page', 'next page']) {
        const [mine = list, plain = list] =
          which === 'first page' ? [] : cursors.map((cursor) => `${list}&cursor=${cursor ?? ''}`);
        lines.push(
          ...(await compare({
            what: `HTTP, ${which}, ${name}`,
            unit: 'ms',
            rounds,
            lessIsBetter: true,
            variants: [
              { name: 'with the access condition', run: () => milliseconds(100, () => answer(own, mine)) },
              { name: 'the same list without it', run: () => milliseconds(100, () => answer(clerks, plain)) },
            ],
          })),
        );
      }
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

/** Documents with five rows of access each, as an agency has them; every tenth is one that `many` took part in. */
async function fill(client: pg.Pool, documents: number): Promise<void> {
  const every = Math.max(1, Math.floor(documents / MANY));
  const at = `timestamptz '2026-01-01' + n * interval '1 second'`;
  const id = `(lpad(to_hex(n), 12, '0') || '70008000' || lpad(to_hex(n), 12, '0'))::uuid`;
  const json = (value: unknown): string => `'${JSON.stringify(value)}'::jsonb`;
  const somebodyElse = { userId: UNIT, postId: UNIT, fullName: 'Nguyễn Văn An', position: 'Giám đốc' };
  const file = { fileId: UNIT, role: 'main', name: 'quyet-dinh.pdf', mediaType: 'application/pdf', sizeBytes: 120_000, sha256: 'ab'.repeat(32), objectKey: 'x' }; // prettier-ignore
  const user = (name: string): string => `'${idFrom(`user:${name}`)}'::uuid`;
  const row = (kind: string, principal: string, permission: string, right: string, ground: string, where: string): string =>
    `SELECT gen_random_uuid(), '${AGENCY}'::uuid, 'outgoing-document', ${id}, ${at}, '${kind}', ${principal}, ${permission}, '${right}', '${ground}', ${at}, ${at} FROM generate_series(1, ${documents}) n WHERE ${where}`; // prettier-ignore
  await client.query(`
    INSERT INTO outgoing_document (id, agency_id, version, created_at, updated_at, state, document_type, is_normative, subject, urgency,
      lead_unit_id, lead_unit_symbol, assigned_by, drafter, signer, competence, signer_title, recipients, draft_version, files)
    SELECT ${id}, '${AGENCY}', 1, ${at}, ${at}, 'issued', 'decision', false,
      'Ban hành Quy chế quản lý, sử dụng hệ thống quản lý văn bản và điều hành số ' || n, 'normal', '${UNIT}', 'CNTT',
      ${json(somebodyElse)}, ${json(somebodyElse)}, ${json(somebodyElse)}, 'none', 'GIÁM ĐỐC',
      ${json([{ recipientId: UNIT, name: 'Sở Nội vụ' }])}, 1, ${json([file])}
    FROM generate_series(1, ${documents}) n`);
  const somebody = `('00000000-0000-4000-8000-' || lpad(to_hex(n % 500), 12, '0'))::uuid`;
  for (const rows of [
    row('person', somebody, 'NULL', 'read', 'took-part', 'true'),
    row('post', somebody, 'NULL', 'draft', 'drafts', 'true'),
    row('post', somebody, 'NULL', 'sign', 'signs', 'true'),
    row('unit', `'${UNIT}'::uuid`, `'outgoing-documents.content-check'`, 'check-content', 'heads-unit', 'true'),
    row('person', user('many'), 'NULL', 'read', 'took-part', `n % ${every} = 0`),
    row('person', user('few'), 'NULL', 'read', 'took-part', `n % ${Math.max(1, Math.floor(documents / FEW))} = 0`),
  ]) {
    await client.query(
      `INSERT INTO access_row (id, agency_id, object_kind, object_id, object_at, principal_kind, principal_id, permission, access_right,
         ground, valid_from, confirmed_at) ${rows}`,
    );
  }
  await client.query(`
    CREATE ROLE ${PERSON_ROLE} LOGIN PASSWORD 'person';
    DO $$ BEGIN EXECUTE format('GRANT CONNECT ON DATABASE %I TO ${PERSON_ROLE}', current_database()); END $$;
    GRANT USAGE ON SCHEMA public, platform TO ${PERSON_ROLE};
    GRANT EXECUTE ON FUNCTION platform.current_agency() TO ${PERSON_ROLE};
    GRANT SELECT ON outgoing_document, access_row TO ${PERSON_ROLE};
    CREATE POLICY person ON outgoing_document AS RESTRICTIVE FOR SELECT TO ${PERSON_ROLE} USING (EXISTS (
      SELECT 1 FROM access_row a WHERE a.object_kind = 'outgoing-document' AND a.object_id = outgoing_document.id
        AND a.principal_id = current_setting('app.user_id')::uuid AND a.confirmed_at IS NOT NULL AND a.revoked_at IS NULL))`);
  await client.query('VACUUM ANALYZE outgoing_document, access_row');
}
