import { createHash } from 'node:crypto';

/** One line of an exported chain. */
export interface AuditRow {
  readonly agencyId: string;
  readonly seq: number;
  readonly entry: string;
  /** Hex. */
  readonly previousHash: string;
  /** Hex. */
  readonly hash: string;
}

export interface ChainFault {
  readonly agencyId: string;
  readonly seq: number;
  readonly fault: 'gap' | 'broken-link' | 'altered' | 'truncated' | 'rewritten';
}

/** Where a chain stood at some moment. */
export interface ChainHead {
  readonly seq: number;
  readonly hash: string;
}

const ZERO = '00'.repeat(32);

/** hash(n) = SHA-256(hash(n-1) || n || LF || entry), in hex. */
export const auditHash = (previousHash: string, seq: number, entry: string): string =>
  createHash('sha256').update(Buffer.from(previousHash, 'hex')).update(`${seq}\n${entry}`, 'utf8').digest('hex');

/**
 * Verifies one agency's chain without the database: every entry whole, in order, none missing, none added.
 *
 * @param rows ordered by seq
 * @param head where the database says the chain ends
 * @param kept where it stood at other times, by records kept elsewhere: shows what was cut or written anew together with its head
 */
export async function verifyChain(
  rows: AsyncIterable<AuditRow> | Iterable<AuditRow>,
  head?: ChainHead,
  kept: readonly ChainHead[] = [],
): Promise<{ readonly length: number; readonly faults: ChainFault[] }> {
  const faults: ChainFault[] = [];
  const known = new Map<number, Set<string>>();
  for (const one of kept) known.set(one.seq, (known.get(one.seq) ?? new Set()).add(one.hash));
  let seq = 0;
  let hash = ZERO;
  let agencyId = '';
  for await (const row of rows) {
    agencyId = row.agencyId;
    const fault = (kind: ChainFault['fault']): void => void faults.push({ agencyId, seq: row.seq, fault: kind });
    if (row.seq !== seq + 1) fault('gap');
    if (row.previousHash !== hash) fault('broken-link');
    if (auditHash(row.previousHash, row.seq, row.entry) !== row.hash) fault('altered');
    // Also where the chain was written anew between two times at which it was told: one of them is not what it holds.
    if ([...(known.get(row.seq) ?? [])].some((told) => told !== row.hash)) fault('rewritten');
    seq = row.seq;
    hash = row.hash;
  }
  const furthest = Math.max(0, ...known.keys());
  if (furthest > seq) faults.push({ agencyId, seq: furthest, fault: 'truncated' });
  if (head && (head.seq !== seq || head.hash !== hash)) faults.push({ agencyId, seq: head.seq, fault: 'truncated' });
  return { length: seq, faults };
}
