import { join } from 'node:path';
import type { Permission } from '@qlvb/contracts';
import { DOCUMENTS_ENTITIES } from '@qlvb/documents-feature';
import { accessTo } from '@qlvb/platform-access';
import { runInContext } from '@qlvb/platform-context';
import type { Actor } from '@qlvb/platform-context';
import { appRole, connect, Database, migrate, ownerRole, provisionDatabase } from '@qlvb/platform-database';
import { idFrom, newId } from '@qlvb/shared-domain';
import pg from 'pg';
import type { EntityTarget, ObjectLiteral } from 'typeorm';
import { compare } from './measure.ts';
import type { Line } from './measure.ts';

const AGENCY = idFrom('agency:bench');
const UNIT = idFrom('unit:bench');
const PAGE = 20;
const MANY = 100_000;
const FEW = 50;
const NAME = 'access_bench';
/** Reads under a policy per person beside the one per agency. */
const PERSON_ROLE = `${NAME}_person`;

const person = (name: string, ...permissions: Permission[]): Actor => ({
  userId: idFrom(`user:${name}`),
  postId: idFrom(`post:${name}`),
  unitId: idFrom(`unit:${name}`),
  agencyId: AGENCY,
  permissions,
  permissionVersion: 1,
});

/** One page of the list of outgoing documents with the access condition and without, over so many documents of one agency. */
export async function accessLines(
  postgresUrl: string,
  root: string,
  documents: number,
  rounds: number,
): Promise<Line[]> {
  const roleUrl = (role: string, password: string): string =>
    `${postgresUrl.replace(/postgres:[^@]*@/, `${role}:${password}@`)}/${NAME}`;
  await provisionDatabase(postgresUrl, { name: NAME, ownerPassword: 'owner', appPassword: 'app' });
  await migrate(roleUrl(ownerRole(NAME), 'owner'), appRole(NAME), [
    join(root, 'libs/shared/directory/migrations'),
    join(root, 'libs/platform/access/migrations'),
    join(root, 'apps/documents/migrations'),
  ]);
  await fill(`${postgresUrl}/${NAME}`, documents);
  const open = async (role: string, password: string) =>
    connect({
      url: roleUrl(role, password),
      poolSize: 1,
      entities: [...DOCUMENTS_ENTITIES],
      applicationName: 'bench',
    });
  const [source, personSource] = [await open(appRole(NAME), 'app'), await open(PERSON_ROLE, 'person')];
  const [database, perPerson] = [new Database(source, 'bench'), new Database(personSource, 'bench')];
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
    return lines;
  } finally {
    await source.destroy();
    await personSource.destroy();
  }
}

/** Documents with five rows of access each, as an agency has them; every tenth is one that `many` took part in. */
async function fill(url: string, documents: number): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const every = Math.max(1, Math.floor(documents / MANY));
  const at = `timestamptz '2026-01-01' + n * interval '1 second'`;
  const id = `(lpad(to_hex(n), 12, '0') || '70008000' || lpad(to_hex(n), 12, '0'))::uuid`;
  const user = (name: string): string => `'${idFrom(`user:${name}`)}'::uuid`;
  const row = (kind: string, principal: string, permission: string, right: string, ground: string, where: string): string =>
    `SELECT gen_random_uuid(), '${AGENCY}'::uuid, 'outgoing-document', ${id}, ${at}, '${kind}', ${principal}, ${permission}, '${right}', '${ground}', ${at}, ${at} FROM generate_series(1, ${documents}) n WHERE ${where}`; // prettier-ignore
  await client.query(`
    INSERT INTO outgoing_document (id, agency_id, version, created_at, updated_at, state, document_type, is_normative, subject, urgency,
      lead_unit_id, lead_unit_symbol, assigned_by, drafter, signer, competence, signer_title, recipients, draft_version, files)
    SELECT ${id}, '${AGENCY}', 1, ${at}, ${at}, 'issued', 'decision', false,
      'Ban hành Quy chế quản lý, sử dụng hệ thống quản lý văn bản và điều hành số ' || n, 'normal', '${UNIT}', 'CNTT',
      '{"fullName": "Nguyễn Văn An"}', '{"fullName": "Trần Thị Bình"}', '{"fullName": "Nguyễn Văn An"}', 'none', 'GIÁM ĐỐC',
      '[{"name": "Sở Nội vụ"}, {"name": "Lưu: VT"}]', 1, '[{"name": "quyet-dinh.pdf"}]'
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
    GRANT CONNECT ON DATABASE ${NAME} TO ${PERSON_ROLE};
    GRANT USAGE ON SCHEMA public, platform TO ${PERSON_ROLE};
    GRANT EXECUTE ON FUNCTION platform.current_agency() TO ${PERSON_ROLE};
    GRANT SELECT ON outgoing_document, access_row TO ${PERSON_ROLE};
    CREATE POLICY person ON outgoing_document AS RESTRICTIVE FOR SELECT TO ${PERSON_ROLE} USING (EXISTS (
      SELECT 1 FROM access_row a WHERE a.object_kind = 'outgoing-document' AND a.object_id = outgoing_document.id
        AND a.principal_id = current_setting('app.user_id')::uuid AND a.confirmed_at IS NOT NULL AND a.revoked_at IS NULL))`);
  await client.query('VACUUM ANALYZE outgoing_document, access_row');
  await client.end();
}
