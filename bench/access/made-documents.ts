import { idFrom } from '@qlvb/shared-domain';
import type pg from 'pg';

export const AGENCY = idFrom('agency:bench');
export const UNIT = idFrom('unit:bench');
/** So many documents, spread over all, some people took part in. */
export const MANY = 100_000;
export const FEW = 20;
/** A word of every document. */
export const COMMON = 'quy';
/** Reads under a policy per person beside the one per agency. */
export const PERSON_ROLE = 'access_bench_person';
/** Of so many documents one is a draft that nobody has registered. */
const DRAFTS = 20;

/** Of the n-th document. */
export function idOf(n: number): string {
  const hex = n.toString(16).padStart(12, '0');
  return `${hex.slice(0, 8)}-${hex.slice(8)}-7000-8000-${hex}`;
}

/** Documents with rows of access each, as an agency has them; every tenth is one that `many` took part in. */
export async function fill(pool: pg.Pool, documents: number): Promise<void> {
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
