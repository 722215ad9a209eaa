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

/** What was left out, as the titles say it: `[skipped: needs …]`. */
const leftOut = new Map<string, number>();
interface Results {
  readonly testResults: readonly {
    readonly assertionResults: readonly { readonly status: string; readonly fullName: string }[];
  }[];
}

console.log('About 20 minutes on 2 cores. One test alone: npm run -s jest -- <path> --selectProjects unit');
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
  const found = JSON.parse(readFileSync(results, 'utf8')) as typeof sums & Results;
  for (const key of Object.keys(sums) as (keyof typeof sums)[]) sums[key] += found[key];
  for (const { status, fullName } of found.testResults.flatMap(({ assertionResults }) => assertionResults)) {
    if (status !== 'pending') continue;
    const why = /\[skipped: ([^\]]+)\]/.exec(fullName)?.[1] ?? 'says no reason';
    leftOut.set(why, (leftOut.get(why) ?? 0) + 1);
  }
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
for (const [why, tests] of leftOut) console.log(`skipped ${tests}: ${why}`);
const failed = sums.numFailedTests + sums.numRuntimeErrorTestSuites;
console.log(`${sums.numPassedTests} passed, ${failed} failed, ${sums.numPendingTests} skipped`);
