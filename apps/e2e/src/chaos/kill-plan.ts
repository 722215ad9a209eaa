/**
 * One process to kill, so many milliseconds after so many commands of the demonstration were accepted: moments of the
 * work, not of the clock, so that a fast machine is hit as often as a slow one.
 */
export interface Kill {
  readonly afterCommands: number;
  readonly delayMs: number;
  readonly target: string;
}

export const TARGETS = ['gateway', 'identity', 'documents', 'workflow', 'signature', 'exchange', 'archive', 'postgres'];

/** A small generator of numbers in [0, 1) that gives the same ones for the same seed (mulberry32). */
export function generator(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let value = Math.imul(state ^ (state >>> 15), state | 1);
    value ^= value + Math.imul(value ^ (value >>> 7), value | 61);
    return ((value ^ (value >>> 14)) >>> 0) / 4_294_967_296;
  };
}

const LONGEST_DELAY_MS = 400;

/** Two to four kills of any service or of PostgreSQL at random moments of a run of so many commands. */
export function killPlan(seed: number, commands: number): Kill[] {
  const random = generator(seed);
  const count = 2 + Math.floor(random() * 3);
  return Array.from({ length: count }, () => ({
    afterCommands: Math.floor(random() * commands),
    delayMs: Math.floor(random() * LONGEST_DELAY_MS),
    target: TARGETS[Math.floor(random() * TARGETS.length)] ?? 'documents',
  })).sort((a, b) => a.afterCommands - b.afterCommands || a.delayMs - b.delayMs);
}
