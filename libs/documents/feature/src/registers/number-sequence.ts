import type { Tx } from '@qlvb/platform-database';
import type { Clock } from '@qlvb/shared-domain';
import { vietnamYear } from '@qlvb/vietnam';

interface LockedSequence {
  readonly lastNumber: number;
  readonly lastDate: string | null;
}

/**
 * Locks one run of numbers until the transaction ends and reads where it stands; a run begins with its first use.
 *
 * @source EX-NUM-3
 */
async function lockSequence(tx: Tx, year: number, key: string): Promise<LockedSequence> {
  const [row] = (await tx.manager.query(
    `INSERT INTO number_sequence (agency_id, year, sequence_key, last_number) VALUES ($1, $2, $3, 0)
     ON CONFLICT (agency_id, year, sequence_key) DO UPDATE SET last_number = number_sequence.last_number
     RETURNING last_number AS "lastNumber", last_date::text AS "lastDate"`,
    [tx.agencyId, year, key],
  )) as LockedSequence[];
  if (!row) throw new Error('the sequence row was not returned');
  return row;
}

/** Sets where a locked run stands. */
export async function moveSequence(tx: Tx, year: number, key: string, number: number, date: string): Promise<void> {
  await tx.manager.query(
    `UPDATE number_sequence SET last_number = $4, last_date = $5 WHERE agency_id = $1 AND year = $2 AND sequence_key = $3`,
    [tx.agencyId, year, key, number, date],
  );
}

export interface HeldSequence {
  readonly year: number;
  readonly key: string;
  readonly last: { readonly number: number; readonly date: string } | undefined;
  /** Instant at which the lock was had: who waited for it over midnight is dated by the new day. */
  readonly now: Date;
}

/**
 * Locks the run of the present year. The clock is read again under the lock, so that dates follow the numbers.
 *
 * @source NĐ30-A15-1
 */
export async function holdSequence(
  tx: Tx,
  clock: Clock,
  keyIn: (year: number) => Promise<string> | string,
): Promise<HeldSequence> {
  for (;;) {
    const year = vietnamYear(clock.now());
    const key = await keyIn(year);
    const { lastNumber, lastDate } = await lockSequence(tx, year, key);
    const now = clock.now();
    if (vietnamYear(now) === year) {
      return { year, key, last: lastDate === null ? undefined : { number: lastNumber, date: lastDate }, now };
    }
  }
}
