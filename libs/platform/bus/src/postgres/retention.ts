import type { Pool } from 'pg';

const AT_ONCE = 5000;

/**
 * Removes records older than the retention that every registered group has confirmed.
 *
 * @returns how many were removed; 0 also while another process does it
 */
export async function pruneRecords(pool: Pool, retentionDays: number): Promise<number> {
  let removed = 0;
  for (;;) {
    const { rows } = await pool.query<{ count: number }>('SELECT bus.prune($1, $2) AS count', [retentionDays, AT_ONCE]);
    const count = rows[0]?.count ?? 0;
    removed += count;
    if (count < AT_ONCE) return removed;
  }
}
