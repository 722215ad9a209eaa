import type { Service } from '@qlvb/installation';
import { verifyJournal } from '@qlvb/platform-database';
import type { JournalRow, JournalSeal, SealFault } from '@qlvb/platform-database';
import type { StateFault } from './fault.ts';
import type { Snapshot } from './snapshot.ts';

const NAMES: Readonly<Record<SealFault['fault'], StateFault['fault']>> = {
  changed: 'journal-changed',
  cut: 'journal-cut',
  rewritten: 'journal-rewritten',
};

const SEAL = `id::int AS id, below_xid::float8 AS "belowXid", entries::float8 AS entries, encode(hash, 'hex') AS hash`;

/**
 * The first seal that does not hold what it held: who changes a row and its entry together breaks it.
 *
 * @source SEC-L05
 */
export async function* journalFaults(
  snapshot: Snapshot,
  service: Service,
  kept: readonly JournalSeal[],
): AsyncGenerator<StateFault> {
  const seals = await snapshot.all<JournalSeal>(`SELECT ${SEAL} FROM platform.journal_seal ORDER BY id`);
  const rows = snapshot.stream<JournalRow>(
    `SELECT xid::float8 AS xid, concat_ws('|', seq, xid, shape, key, coalesce(encode(digest, 'hex'), ''),
            coalesce(encode(marks, 'hex'), ''), coalesce(by_role, '')) AS line
     FROM platform.row_journal WHERE xid < ${seals.at(-1)?.belowXid ?? 0} ORDER BY xid, seq`,
  );
  const [first] = await verifyJournal(rows, seals, kept);
  if (first) yield { service, fault: NAMES[first.fault], at: first.seal };
}
