import type { Tx } from '@qlvb/platform-database';

/** Until this transaction ends, nobody else of the agency takes what goes by this name: looking and taking are one step. */
export async function oneAtATime(tx: Tx, name: string): Promise<void> {
  await tx.manager.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [`${tx.agencyId} ${name}`]);
}
