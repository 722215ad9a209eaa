import { journalHash, verifyJournal } from './journal-chain.ts';
import type { JournalRow, JournalSeal } from './journal-chain.ts';

const rows: JournalRow[] = [3, 3, 5, 9].map((xid, n) => ({ xid, line: `${n}|${xid}` }));

function sealed(list: readonly JournalRow[], ...ends: number[]): JournalSeal[] {
  return ends.map((belowXid, n) => {
    const below = list.filter(({ xid }) => xid < belowXid);
    return {
      id: n + 1,
      belowXid,
      entries: below.length,
      hash: below.reduce((hash, { line }) => journalHash(hash, line), '00'.repeat(32)),
    };
  });
}

describe('F-24 the row journal against its seals', () => {
  const seals = sealed(rows, 4, 10);

  it('is whole as it was sealed, also with seals kept elsewhere', async () => {
    expect(await verifyJournal(rows, seals, seals)).toEqual([]);
    expect(await verifyJournal([], [])).toEqual([]);
  });

  it.each([
    ['an entry changed', rows.map((row, n) => (n === 1 ? { ...row, line: 'x' } : row)), 1],
    ['an entry gone', rows.filter((_, n) => n !== 2), 2],
    ['an entry added late', [...rows.slice(0, 2), { xid: 3, line: 'late' }, ...rows.slice(2)], 1],
  ])('%s: names the seal above it', async (_, changed, seal) => {
    expect(await verifyJournal(changed, seals)).toEqual([{ seal, fault: 'changed' }]);
  });

  it('written anew with new seals: only seals kept elsewhere tell', async () => {
    const forged = rows.map((row, n) => (n === 0 ? { ...row, line: 'forged' } : row));
    const anew = sealed(forged, 4, 10);
    expect(await verifyJournal(forged, anew)).toEqual([]);
    expect(await verifyJournal(forged, anew, seals)).toEqual([
      { seal: 1, fault: 'rewritten' },
      { seal: 2, fault: 'rewritten' },
    ]);
    expect(await verifyJournal(rows, seals.slice(0, 1), seals)).toEqual([{ seal: 2, fault: 'cut' }]);
  });
});
