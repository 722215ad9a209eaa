import { createHash } from 'node:crypto';

/** One entry of the row journal, as its seals read it. */
export interface JournalRow {
  readonly xid: number;
  /** Everything that the seal holds. */
  readonly line: string;
}

/** Where the row journal stood: everything that transactions below that one wrote. */
export interface JournalSeal {
  readonly id: number;
  readonly belowXid: number;
  readonly entries: number;
  /** Hex. */
  readonly hash: string;
}

export interface SealFault {
  readonly seal: number;
  readonly fault: 'changed' | 'cut' | 'rewritten';
}

const ZERO = '00'.repeat(32);

/** hash(n) = SHA-256(hash(n-1) || line), in hex. */
export const journalHash = (previousHash: string, line: string): string =>
  createHash('sha256').update(Buffer.from(previousHash, 'hex')).update(line, 'utf8').digest('hex');

/**
 * Verifies the row journal against its seals without the database. A seal that is wrong is named once; the ones after it are
 * judged from where it says that the journal stood.
 *
 * @param rows of all transactions below the last seal, ordered by transaction and position
 * @param seals in their order
 * @param kept seals as they were told to somebody else
 */
export async function verifyJournal(
  rows: AsyncIterable<JournalRow> | Iterable<JournalRow>,
  seals: readonly JournalSeal[],
  kept: readonly JournalSeal[] = [],
): Promise<SealFault[]> {
  const faults: SealFault[] = [];
  const known = new Map<number, JournalSeal[]>();
  for (const seal of kept) known.set(seal.id, [...(known.get(seal.id) ?? []), seal]);
  let at = 0;
  let hash = ZERO;
  let entries = 0;
  const close = (): void => {
    const seal = seals[at];
    if (!seal) return;
    const told = known.get(seal.id) ?? [];
    if (seal.id !== at + 1 || seal.entries !== entries || seal.hash !== hash) {
      faults.push({ seal: seal.id, fault: 'changed' });
    } else if (told.some(({ hash, belowXid }) => hash !== seal.hash || belowXid !== seal.belowXid)) {
      faults.push({ seal: seal.id, fault: 'rewritten' });
    }
    ({ hash, entries } = seal);
    at += 1;
  };
  for await (const { xid, line } of rows) {
    while (xid >= (seals[at]?.belowXid ?? Infinity)) close();
    hash = journalHash(hash, line);
    entries += 1;
  }
  while (at < seals.length) close();
  const last = Math.max(0, ...known.keys());
  if (last > (seals.at(-1)?.id ?? 0)) faults.push({ seal: last, fault: 'cut' });
  return faults;
}
