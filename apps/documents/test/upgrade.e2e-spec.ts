import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DocumentAccessChanged, RegisterAccessChanged } from '@qlvb/contracts';
import type { CloudEvent } from '@qlvb/contracts';
import { olderDatabase } from '@qlvb/platform-service-testing';
import { newId } from '@qlvb/shared-domain';

const root = join(import.meta.dirname, '..', '..', '..');
const migrations = join(root, 'apps/documents/migrations');

it('F-22 who had taken part in a document sees it after the upgrade, and other services are told', async () => {
  const { admin, upgrade, drop } = await olderDatabase('documents', {
    folder: migrations,
    before: '1796',
    tables: [
      'file',
      'file_use',
      'outgoing_document',
      'draft_version',
      'review_check',
      'numbering_plan',
      'number_sequence',
      'incoming_document',
      'delivery_status',
      'signing_grant',
    ],
  });
  try {
    const [agency, out, into, drafter, drafterPost, signer, signerPost, unit, handler] = Array.from(
      { length: 9 },
      newId,
    );
    await admin.query(
      `INSERT INTO outgoing_document (id, agency_id, version, created_at, updated_at, state, document_type, is_normative, subject,
         urgency, lead_unit_id, lead_unit_symbol, assigned_by, drafter, signer, competence, signer_title, recipients, draft_version,
         files, participants)
       VALUES ($1, $2, 1, '2026-11-02T03:04:05.678Z', now(), 'signed', 'decision', false, 'x', 'normal', $3, 'CNTT', '{}', $4, $5,
         'none', 'GIÁM ĐỐC', '[]', 1, '[]', $6)`,
      [
        out,
        agency,
        unit,
        { userId: drafter, postId: drafterPost },
        { userId: signer, postId: signerPost },
        [drafter, signer],
      ],
    );
    await admin.query(
      `INSERT INTO incoming_document (id, agency_id, version, created_at, updated_at, package_id, state, sender_code, sender_name,
         sender_document_id, document_type, document_code, code_number, code_notation, place_of_issue, subject, signer_name,
         signer_position, urgency, files, findings, faults, arrived_at, participants, handling, arrival_number)
       VALUES ($1, $2, 1, now(), now(), $1, 'assigned', '', '', '', '', '', '', '', '', '', '', '', 'normal', '[]', '[]', '[]', now(),
         $3, '{}', 7)`,
      [into, agency, [handler]],
    );
    const shared = ['libs/platform/access/migrations', 'libs/shared/directory/migrations'].map((part) =>
      join(root, part),
    );
    // The agency had been told before.
    const known = mkdtempSync(join(tmpdir(), 'qlvb-known-agency-'));
    writeFileSync(
      join(known, '1797100000500-know-agency.sql'),
      `INSERT INTO directory_agency (agency_id, version, code, name, short_name, level, place_of_issue, valid_from)
       VALUES ('${agency}', 1, 'H46.05', 'Sở', 'S', 'department', 'Quảng Bình', '2020-01-01')`,
    );
    await upgrade(...shared, migrations, known);
    const rows = await admin.query<{ object: string; line: string }>(
      `SELECT object_id AS object, concat_ws(' ', principal_kind, principal_id, permission, access_right, ground) AS line
       FROM access_row WHERE confirmed_at IS NOT NULL ORDER BY 2`,
    );
    const of = (object = ''): string[] => rows.rows.filter((row) => row.object === object).map(({ line }) => line);
    expect(of(out)).toEqual(
      [
        `agency ${agency} outgoing-documents.register register registers`,
        `person ${drafter} read took-part`,
        `person ${signer} read took-part`,
        `post ${drafterPost} draft drafts`,
        `post ${signerPost} sign signs`,
        `unit ${unit} outgoing-documents.content-check check-content heads-unit`,
      ].sort(),
    );
    expect(of(into)).toEqual([`person ${handler} handle handles`]);
    const events = await admin.query<{ event: string }>(`SELECT event FROM platform.outbox ORDER BY event`);
    const told = events.rows.map(({ event }) => JSON.parse(event) as CloudEvent);
    const [incoming, outgoing] = told
      .filter(({ type }) => type === DocumentAccessChanged.type)
      .map(({ data }) => DocumentAccessChanged.data.parse(data))
      .filter(({ version }) => version === 2)
      .sort((a, b) => (a.kind < b.kind ? -1 : 1));
    expect([incoming?.documentId, incoming?.rows.map(({ principalId }) => principalId)]).toEqual([into, [handler]]);
    expect([incoming?.registered, outgoing?.registered]).toEqual([true, false]);
    expect([outgoing?.documentId, outgoing?.rows.length]).toEqual([out, 6]);
    const registers = told
      .filter(({ type }) => type === RegisterAccessChanged.type)
      .map(({ data }) => RegisterAccessChanged.data.parse(data));
    const open = registers.flatMap(({ register, rows: all }) =>
      all.map((one) => `${register} ${one.permission} ${one.right}`),
    );
    expect(open.sort()).toEqual([
      'incoming-register audit.read read',
      'incoming-register incoming-documents.accept register',
      'incoming-register instructions.issue direct',
      'outgoing-register audit.read read',
      'outgoing-register outgoing-documents.register register',
    ]);
    expect(new Date(outgoing?.documentAt ?? '').toISOString()).toBe('2026-11-02T03:04:05.678Z');
  } finally {
    await drop();
  }
});
