import type { Accepted, Ledger } from './ledger.ts';

/** Numbers run from 1 without gap or repetition, and every number given out is in the register. */
export async function numbers({ query }: Ledger, accepted: readonly Accepted[]): Promise<string[]> {
  const rows = await query<{ agency: string; year: number; sequence: string; numbers: number[]; last: number }>(
    'documents',
    `SELECT d.agency_id AS agency, register_year AS year, d.sequence_key AS sequence, array_agg(number ORDER BY number) AS numbers,
            max(s.last_number) AS last
     FROM outgoing_document d JOIN number_sequence s
       ON s.agency_id = d.agency_id AND s.year = d.register_year AND s.sequence_key = d.sequence_key
     WHERE number IS NOT NULL GROUP BY 1, 2, 3`,
  );
  const faults = rows.flatMap(({ agency, sequence, numbers: given, last }) =>
    runFaults(`register ${sequence} of ${agency}`, given, last),
  );
  for (const { path, answer } of accepted.filter((command) => command.path.endsWith('/registrations'))) {
    const [row] = await query<{ code: string }>(
      'documents',
      'SELECT document_code AS code FROM outgoing_document WHERE id = $1',
      [answer['documentId']],
    );
    if (row?.code !== answer['documentCode'])
      faults.push(`${path}: answered ${String(answer['documentCode'])}, registered ${row?.code ?? 'nothing'}`);
  }
  return faults;
}

export async function arrivals({ query }: Ledger, accepted: readonly Accepted[]): Promise<string[]> {
  const rows = await query<{ agency: string; numbers: number[]; last: number }>(
    'documents',
    `SELECT d.agency_id AS agency, array_agg(arrival_number ORDER BY arrival_number) AS numbers, max(s.last_number) AS last
     FROM incoming_document d JOIN number_sequence s
       ON s.agency_id = d.agency_id AND s.year = d.arrival_year AND s.sequence_key = 'arrival'
     WHERE arrival_number IS NOT NULL GROUP BY 1`,
  );
  const faults = rows.flatMap(({ agency, numbers: given, last }) => runFaults(`arrivals of ${agency}`, given, last));
  for (const { path, answer } of accepted.filter(
    (command) => command.path.endsWith('/acceptances') && 'arrivalNumber' in command.answer,
  )) {
    const [row] = await query<{ n: number }>(
      'documents',
      'SELECT arrival_number AS n FROM incoming_document WHERE id = $1',
      [answer['documentId']],
    );
    if (row?.n !== answer['arrivalNumber'])
      faults.push(`${path}: arrival number ${String(answer['arrivalNumber'])} is not in the register`);
  }
  return faults;
}

function runFaults(what: string, given: readonly number[], last: number): string[] {
  const whole = given.every((number, index) => number === index + 1);
  const faults = whole ? [] : [`${what}: not 1…${given.length}: ${given.join(',')}`];
  if (last !== given.length) faults.push(`${what}: ${given.length} entries, sequence at ${last}`);
  return faults;
}
