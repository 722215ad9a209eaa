import type { Accepted, Ledger } from './ledger.ts';

/** Each filed document is in its dossier once; each submission was accepted once and has its two packages. */
export async function dossiers({ query }: Ledger, accepted: readonly Accepted[]): Promise<string[]> {
  const faults: string[] = [];
  for (const { request, answer } of accepted.filter((command) => /^\/dossiers\/[^/]+\/documents$/.test(command.path))) {
    const [row] = await query<{ times: number }>(
      'archive',
      `SELECT count(*)::int AS times FROM dossier d, jsonb_array_elements(d.documents) AS filed
       WHERE d.id = $1 AND filed::text LIKE '%' || $2 || '%'`,
      [answer['dossierId'], request['documentId']],
    );
    if (row?.times !== 1) faults.push(`dossier ${String(answer['dossierCode'])}: filed ${row?.times ?? 0} times`);
  }
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
