import { newId } from '@qlvb/shared-domain';
import pg from 'pg';
import { clerk, Office, SENDER } from './office.ts';

let office: Office;
let documentId: string;
let app: pg.Client;

beforeAll(async () => {
  office = await Office.open();
  ({ documentId } = await office.signed());
  await office.act(documentId, 'registrations', clerk);
  await office.sign(documentId, 'agency');
  await office.act(documentId, 'issues', clerk);
  app = new pg.Client({ connectionString: office.test.appUrl });
  await app.connect();
  await app.query(`SELECT set_config('app.agency_id', $1, false)`, [SENDER]);
});
afterAll(async () => {
  await app.end();
  await office.test.stop();
});

/** SQLSTATE of a statement under the application's own role, in its own agency. */
async function refused(sql: string): Promise<string | undefined> {
  try {
    const { rowCount } = await app.query(sql.replaceAll(':document', `'${documentId}'`));
    return `${rowCount ?? 0} rows`;
  } catch (error) {
    return (error as { code?: string }).code;
  }
}

describe('F-24 the application’s own role', () => {
  it.each([
    ['subject', `UPDATE outgoing_document SET subject = 'x' WHERE id = :document`],
    ['date', `UPDATE outgoing_document SET issued_on = '2020-01-01' WHERE id = :document`],
    ['number', `UPDATE outgoing_document SET number = number + 1 WHERE id = :document`],
    ['number taken back', `UPDATE outgoing_document SET number = NULL WHERE id = :document`],
    ['signer', `UPDATE outgoing_document SET signer = '{}' WHERE id = :document`],
    ['files', `UPDATE outgoing_document SET files = '[]' WHERE id = :document`],
    ['recipients', `UPDATE outgoing_document SET recipients = '[]' WHERE id = :document`],
    ['document', `DELETE FROM outgoing_document WHERE id = :document`],
    ['check', `UPDATE review_check SET outcome = 'returned' WHERE document_id = :document`],
    ['check removed', `DELETE FROM review_check WHERE document_id = :document`],
    ['draft version', `UPDATE draft_version SET content = '{}' WHERE document_id = :document`],
    ['file row', `UPDATE file SET sha256 = repeat('0', 64)`],
    ['sequence back', `UPDATE number_sequence SET last_number = 0`],
    ['sequence removed', `DELETE FROM number_sequence`],
    ['delivery status removed', `DELETE FROM delivery_status`],
    ['stored answer', `UPDATE platform.idempotency SET body = '{}'`],
    ['stored answer added', `INSERT INTO platform.idempotency VALUES ('a', 'b', 'c', 200, '{}')`],
    ['inbox row', `UPDATE platform.inbox SET consumer_group = 'x'`],
    ['inbox row removed', `DELETE FROM platform.inbox`],
    ['outbox row', `UPDATE platform.outbox SET event = '{}'`],
    ['outbox row removed', `DELETE FROM platform.outbox`],
    ['audit', `UPDATE platform.audit SET entry = '{}'`],
    ['audit cut', `DELETE FROM platform.audit`],
    ['audit added', `SELECT platform.append_audit('${SENDER}', '{}')`],
    ['head', `UPDATE platform.audit_head SET seq = 0`],
    ['migration', `INSERT INTO schema_migration (timestamp, name) VALUES (1, 'x')`],
    ['truncation', `TRUNCATE review_check`],
  ])('F-24 may not change what the law holds: %s', async (_what, sql) => {
    expect(await refused(sql)).toBe('42501');
  });

  it('F-24 keeps what its work needs: an issued document changes its state and version', async () => {
    expect(
      await refused(`UPDATE outgoing_document SET version = version + 1, updated_at = now() WHERE id = :document`),
    ).toBe('1 rows');
    expect(await refused(`UPDATE outgoing_document SET version = version - 1 WHERE id = :document`)).toBe('42501');
    const before = await office.outgoing(documentId);
    const draft = await office.draft({ subject: `Sửa trước khi phát hành ${newId()}` });
    expect(before.state).toBe('issued');
    expect(await refused(`UPDATE outgoing_document SET subject = 'x' WHERE id = '${draft.documentId}'`)).toBe('1 rows');
  });
});
