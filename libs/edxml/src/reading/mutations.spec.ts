import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { MUTATION_KINDS, mutatedPackage } from '../testing/mutated-package.ts';
import type { MutationReport } from '../testing/mutation-run.ts';

const root = join(import.meta.dirname, '../../../..');
/** `npm run mutations` reads 5,000. */
const packages = 2 * MUTATION_KINDS;

describe('F-08 packages made to cost much', () => {
  it('F-08 R2 are read or refused, each within a second of CPU per megabyte and 64 MiB', async () => {
    const { stdout } = await promisify(execFile)(
      process.execPath,
      [
        '--import',
        './libs/platform/testing/src/aliases.mjs',
        './libs/edxml/src/testing/mutation-run.ts',
        String(packages),
      ],
      { cwd: root },
    );
    const report = JSON.parse(stdout) as MutationReport;
    expect(report.crashes).toEqual([]);
    expect(report.dearest.secondsPerMegabyte).toBeLessThanOrEqual(1);
    expect(report.hungriest.growthMiB).toBeLessThanOrEqual(64);
    expect([report.read > 0, report.read + report.unreadable]).toEqual([true, packages]);
  }, 600_000);

  it('F-08 come again with their seed', () => {
    expect(mutatedPackage(77)).toEqual(mutatedPackage(77));
    const kinds = Array.from({ length: MUTATION_KINDS }, (_, seed) => mutatedPackage(seed).kind);
    expect(new Set(kinds).size).toBeGreaterThan(50);
  });
});
