export interface Variant {
  readonly name: string;
  /** One round; resolves with its figure. */
  readonly run: () => Promise<number>;
}

export interface Comparison {
  readonly what: string;
  readonly unit: string;
  /** The first is ours, the others are what it is held against. */
  readonly variants: readonly Variant[];
  readonly rounds: number;
  /** True when a small figure is the good one. */
  readonly lessIsBetter?: boolean;
}

export interface Line {
  readonly what: string;
  readonly unit: string;
  readonly name: string;
  readonly median: number;
  readonly spread: string;
  /** Ours against this one: above 1 ours is better. */
  readonly ratio: number;
}

/** Runs the variants in turn, round after round, so that all of them meet the same machine; the median counts. */
export async function compare(comparison: Comparison): Promise<Line[]> {
  const { what, unit, variants, rounds, lessIsBetter = false } = comparison;
  const figures = new Map<string, number[]>(variants.map(({ name }) => [name, []]));
  for (let round = 0; round <= rounds; round += 1) {
    for (const { name, run } of variants) {
      const figure = await run();
      // The first round warms everything up.
      if (round > 0) figures.get(name)?.push(figure);
      process.stderr.write(`  ${what}, round ${round}, ${name}: ${figure.toFixed(figure < 100 ? 1 : 0)} ${unit}\n`);
    }
  }
  const medians = variants.map(({ name }) => median(figures.get(name) ?? []));
  return variants.map(({ name }, index) => {
    const [ours = 0] = medians;
    const own = medians[index] ?? 0;
    const all = figures.get(name) ?? [];
    const spread = `${Math.min(...all).toFixed(own < 100 ? 1 : 0)}–${Math.max(...all).toFixed(own < 100 ? 1 : 0)}`;
    return { what, unit, name, median: own, spread, ratio: lessIsBetter ? own / ours : ours / own };
  });
}

/**
 * Calls two or more variants in turn, call after call, so that all of them meet the same machine in the same moment; the median
 * counts, beside it stand the middle half and the 95th of a hundred.
 */
export async function alternate(
  what: string,
  count: number,
  variants: readonly { readonly name: string; readonly run: () => Promise<unknown> }[],
): Promise<Line[]> {
  const figures = variants.map((): number[] => []);
  const warm = Math.max(1, Math.min(10, count));
  for (let call = -warm; call < count; call += 1) {
    // Who comes second finds warm what both read.
    const inTurn = [...variants.entries()];
    for (const [index, { run }] of call % 2 === 0 ? inTurn : inTurn.toReversed()) {
      const started = performance.now();
      await run();
      if (call >= 0) figures[index]?.push(performance.now() - started);
    }
  }
  const at = (all: readonly number[], part: number): number =>
    all.toSorted((a, b) => a - b)[Math.min(all.length - 1, Math.floor(all.length * part))] ?? 0;
  const ours = median(figures[0] ?? []);
  return variants.map(({ name }, index) => {
    const all = figures[index] ?? [];
    const own = median(all);
    const spread = `${at(all, 0.25).toFixed(1)}–${at(all, 0.75).toFixed(1)}, p95 ${at(all, 0.95).toFixed(1)}`;
    process.stderr.write(`  ${what}, ${name}: ${own.toFixed(2)} ms (${spread}), ${(ours / own).toFixed(2)}\n`);
    return { what, unit: 'ms', name, median: own, spread, ratio: own / ours };
  });
}

function median(figures: readonly number[]): number {
  const sorted = figures.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? (sorted[middle] ?? 0) : ((sorted[middle - 1] ?? 0) + (sorted[middle] ?? 0)) / 2;
}

/** Runs `count` pieces of work, so many at the same time; resolves with pieces per second. */
export async function perSecond(
  count: number,
  atOnce: number,
  work: (index: number) => Promise<void>,
): Promise<number> {
  let next = 0;
  const started = performance.now();
  await Promise.all(
    Array.from({ length: atOnce }, async () => {
      while (next < count) await work(next++);
    }),
  );
  return (count * 1000) / (performance.now() - started);
}

export function print(lines: readonly Line[]): void {
  const rows = lines.map(({ what, name, median: own, unit, spread, ratio }) => [
    what,
    name,
    `${own.toFixed(own < 100 ? 1 : 0)} ${unit}`,
    spread,
    ratio.toFixed(2),
  ]);
  const table = [['what', 'variant', 'median', 'spread', 'ours / this'], ...rows];
  const widths = table[0]?.map((_, column) => Math.max(...table.map((row) => row[column]?.length ?? 0))) ?? [];
  for (const row of table) console.log(row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  '));
}
