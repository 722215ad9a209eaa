import type { Pool } from 'pg';
import { LOCKS } from './schema.ts';

const AT_ONCE = 5000;

/**
 * Removes records older than the retention that every registered group has confirmed.
 *
 * @returns how many were removed; 0 also while another process does it
 */
export async function pruneRecords(pool: Pool, retentionDays: number): Promise<number> {
  let removed = 0;
  for (;;) {
    const { rowCount } = await pool.query(
      `WITH mine AS MATERIALIZED (SELECT pg_try_advisory_xact_lock($1, $2) AS mine),
       old AS (
         SELECT seq FROM bus.record r, mine
         WHERE mine.mine AND r.published_at < now() - make_interval(days => $3)
           AND NOT EXISTS (SELECT FROM bus.delivery d WHERE d.seq = r.seq)
         ORDER BY seq LIMIT $4
       )
       DELETE FROM bus.record USING old WHERE record.seq = old.seq`,
      [...LOCKS.pruning, retentionDays, AT_ONCE],
    );
    removed += rowCount ?? 0;
    if ((rowCount ?? 0) < AT_ONCE) return removed;
  }
}
