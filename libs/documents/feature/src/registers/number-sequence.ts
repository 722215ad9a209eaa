import type { NumberingPlan } from '@qlvb/documents-domain';
import { commonPlan } from '@qlvb/documents-domain';
import type { Tx } from '@qlvb/platform-database';

export interface LockedSequence {
  readonly lastNumber: number;
  readonly lastDate: string | null;
}

/**
 * Locks one run of numbers until the transaction ends and reads where it stands; a run begins with its first use.
 *
 * @source EX-NUM-3
 */
export async function lockSequence(tx: Tx, year: number, key: string): Promise<LockedSequence> {
  const [row] = (await tx.manager.query(
    `INSERT INTO number_sequence (agency_id, year, sequence_key, last_number) VALUES ($1, $2, $3, 0)
     ON CONFLICT (agency_id, year, sequence_key) DO UPDATE SET last_number = number_sequence.last_number
     RETURNING last_number AS "lastNumber", last_date::text AS "lastDate"`,
    [tx.agencyId, year, key],
  )) as LockedSequence[];
  if (!row) throw new Error('the sequence row was not returned');
  return row;
}

export async function advanceSequence(tx: Tx, year: number, key: string, number: number, date: string): Promise<void> {
  await tx.manager.query(
    `UPDATE number_sequence SET last_number = $4, last_date = $5 WHERE agency_id = $1 AND year = $2 AND sequence_key = $3`,
    [tx.agencyId, year, key, number, date],
  );
}

/** How the agency numbers this year; one common sequence when its head decided nothing else. @source NĐ30-A15-6 */
export async function numberingPlan(tx: Tx, year: number): Promise<NumberingPlan> {
  const [row] = (await tx.manager.query('SELECT groups FROM numbering_plan WHERE year = $1', [year])) as {
    groups: NumberingPlan['groups'];
  }[];
  return row ? { year, groups: row.groups } : commonPlan(year);
}
