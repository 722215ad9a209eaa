/** Runs every test of the workspace; further arguments go to Jest. Prints the sums as its last line. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { build } from './build.ts';

const root = resolve(import.meta.dirname, '..');
mkdirSync(join(root, 'tmp'), { recursive: true });

/** Journeys start whole platforms from the built programs, so they come last and few at a time. */
const PHASES = [
  { name: 'parts', options: ['--selectProjects', 'unit', 'integration', 'service'] },
  { name: 'journeys', options: ['--selectProjects', 'journey', '--maxWorkers', '2'] },
];
/** A suite that did not even load counts as one failure. */
const sums = { numPassedTests: 0, numFailedTests: 0, numPendingTests: 0, numRuntimeErrorTestSuites: 0 };

await build();
for (const { name, options } of PHASES) {
  const results = join(root, 'tmp', `test-results-${name}.json`);
  const run = spawnSync(
    process.execPath,
    [
      '--experimental-vm-modules',
      '--disable-warning=ExperimentalWarning',
      // Processes that tests start run TypeScript directly, by the names of the workspace.
      '--import',
      './libs/platform/testing/src/aliases.mjs',
      join(root, 'node_modules', 'jest', 'bin', 'jest.js'),
      '--json',
      `--outputFile=${results}`,
      '--passWithNoTests',
      ...process.argv.slice(2),
      ...options,
    ],
    { cwd: root, stdio: ['inherit', 'ignore', 'inherit'] },
  );
  if (run.status === null) throw new Error(`Jest was stopped by ${run.signal}`);
  if (run.status !== 0) process.exitCode = run.status;
  const found = JSON.parse(readFileSync(results, 'utf8')) as typeof sums;
  for (const key of Object.keys(sums) as (keyof typeof sums)[]) sums[key] += found[key];
}
// Where nothing may be skipped, a rule counts as carried only when its test ran and passed.
if (process.env['CI'] && process.argv.length === 2) {
  const results = PHASES.flatMap(({ name }) => ['--results', join('tmp', `test-results-${name}.json`)]);
  const rules = spawnSync(process.execPath, ['tools/rules.ts', '--check', '--quiet', ...results], {
    cwd: root,
    stdio: 'inherit',
  });
  if (rules.status !== 0) process.exitCode = 1;
}
const failed = sums.numFailedTests + sums.numRuntimeErrorTestSuites;
console.log(`${sums.numPassedTests} passed, ${failed} failed, ${sums.numPendingTests} skipped`);
