import { submissionCode } from '@qlvb/archive-domain';
import type { Tx } from '@qlvb/platform-database';
import { vietnamYear } from '@qlvb/vietnam';

/** The next registration code of the agency's year; its row's lock makes the numbers follow each other. @source SUB-7 */
export async function nextCode(tx: Tx, agencyCode: string): Promise<string> {
  const year = vietnamYear(tx.now);
  const [row] = (await tx.manager.query(
    `INSERT INTO submission_sequence (agency_id, year, last_number) VALUES ($1, $2, 1)
     ON CONFLICT (agency_id, year) DO UPDATE SET last_number = submission_sequence.last_number + 1
     RETURNING last_number AS number`,
    [tx.agencyId, year],
  )) as { number: number }[];
  return submissionCode(agencyCode, year, row?.number ?? 1);
}
