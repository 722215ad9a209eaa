import { join } from 'node:path';
import { olderDatabase } from '@qlvb/platform-service-testing';
import { newId } from '@qlvb/shared-domain';

const root = join(import.meta.dirname, '..', '..', '..');
const migrations = join(root, 'apps/archive/migrations');
const TABLES = ['filable_document', 'document_signature', 'dossier_list', 'dossier', 'archive_package', 'submission'];

it('F-22 after the upgrade dossiers are there for those who had to do with them before', async () => {
  const { admin, upgrade, drop } = await olderDatabase('archive', {
    folder: migrations,
    before: '1796',
    tables: [...TABLES, 'submission_sequence'],
  });
  try {
    const [agency, list, listed, single, maker, leader, unit] = Array.from({ length: 7 }, newId);
    await admin.query(
      `INSERT INTO dossier_list (id, agency_id, version, created_at, updated_at, year, state, entries, approved_by, approved_at)
       VALUES ($1, $2, 1, now(), now(), 2026, 'approved', '[]', $3, now())`,
      [list, agency, { userId: leader }],
    );
    await admin.query(
      `INSERT INTO dossier (id, agency_id, version, created_at, updated_at, code, notation, title, state, maker, maker_unit_id,
         started_on, retention, list_id, documents)
       SELECT d.id, $1, 3, '2026-11-02T03:04:05.678Z', now(), d.code, '01.CNTT', 'x', 'open', $2, d.unit, '2026-01-05',
         '{"kind":"permanent"}', d.list, '[]'
       FROM (VALUES ($3::uuid, 'a', $5::uuid, $6::uuid), ($4::uuid, 'b', NULL, NULL)) AS d(id, code, unit, list)`,
      [agency, { userId: maker }, listed, single, unit, list],
    );
    const shared = ['libs/platform/access/migrations', 'libs/shared/directory/migrations'].map((part) =>
      join(root, part),
    );
    await upgrade(...shared, migrations);
    const { rows } = await admin.query<{ object: string; line: string; at: Date; agency: string }>(
      `SELECT object_id AS object, object_at AS at, agency_id AS agency,
         concat_ws(' ', principal_kind, principal_id, permission, access_right, ground) AS line
       FROM access_row WHERE confirmed_at IS NOT NULL AND object_kind = 'dossier' ORDER BY 4`,
    );
    const of = (object = ''): string[] => rows.filter((row) => row.object === object).map(({ line }) => line);
    expect(of(listed)).toEqual(
      [
        `person ${maker} keep keeps`,
        `person ${leader} read approved-list`,
        `unit ${unit} outgoing-documents.content-check reopen heads-unit`,
      ].sort(),
    );
    expect(of(single)).toEqual([`person ${maker} keep keeps`]);
    expect(new Set(rows.map((row) => `${row.agency} ${row.at.toISOString()}`))).toEqual(
      new Set([`${agency} 2026-11-02T03:04:05.678Z`]),
    );
    const objects = await admin.query<{ n: number }>(
      `SELECT count(*)::int AS n FROM access_object WHERE object_kind = 'dossier' AND version = 1`,
    );
    expect(objects.rows).toEqual([{ n: 2 }]);
  } finally {
    await drop();
  }
});
