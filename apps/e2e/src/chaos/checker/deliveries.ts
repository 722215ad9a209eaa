import type { Accepted, Ledger } from './ledger.ts';

const FULL: Readonly<Record<string, string>> = {
  '06': 'queued,sent,01,03,04,05,06',
  '03': 'queued,sent,01,03',
  '02': 'queued,sent,01,02',
};

/** Each issued document reached each recipient once, each status came back once and in order, and both sides agree. */
export async function deliveries({ query }: Ledger, accepted: readonly Accepted[]): Promise<string[]> {
  const faults: string[] = [];
  for (const { answer } of accepted.filter((command) => command.path.endsWith('/issues'))) {
    const id = answer['documentId'];
    const recipients = (answer['recipients'] as { agencyCode?: string }[]).filter((recipient) => recipient.agencyCode);
    const rows = await query<{ id: string; package: string; code: string; status: string; steps: string }>(
      'exchange',
      `SELECT d.id, d.package_id AS package, d.recipient_code AS code, d.status,
              (SELECT string_agg(e.status, ',' ORDER BY e.status ~ '^[0-9]', e.status) FROM delivery_event e WHERE e.delivery_id = d.id) AS steps
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
