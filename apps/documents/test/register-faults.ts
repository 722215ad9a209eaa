/** One line of a sequence as the register keeps it. */
export interface SequenceEntry {
  readonly number: number;
  readonly date: string;
  readonly cancelled?: boolean;
}

export type SequenceFault = { readonly fault: 'gap' | 'reused' | 'date_goes_back'; readonly number: number };

/**
 * Everything wrong with the entries of one sequence and year; empty for a register that holds.
 */
export function sequenceFaults(entries: readonly SequenceEntry[]): SequenceFault[] {
  const faults: SequenceFault[] = [];
  let expected = 1;
  let lastDate = '';
  for (const { number, date, cancelled } of [...entries].sort((a, b) => a.number - b.number)) {
    for (; expected < number; expected += 1) faults.push({ fault: 'gap', number: expected });
    if (number < expected) faults.push({ fault: 'reused', number });
    if (!cancelled && date < lastDate) faults.push({ fault: 'date_goes_back', number });
    if (!cancelled) lastDate = date;
    expected = Math.max(expected, number + 1);
  }
  return faults;
}
