import type { Accepted, Ledger } from './ledger.ts';

/** Each instruction made its tasks once, all of them ended, and no process stands in the middle. */
export async function work({ query }: Ledger, accepted: readonly Accepted[]): Promise<string[]> {
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
      'draft_submitted,draft_returned,draft_revised,draft_submitted,content_approved,layout_approved,personally_signed,registered,agency_signed,issued';
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
