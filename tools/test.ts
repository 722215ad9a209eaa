/** Runs every test of the workspace; further arguments go to Jest. Prints the sums as its last line. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

const root = resolve(import.meta.dirname, '..');
mkdirSync(join(root, 'tmp'), { recursive: true });
const results = join(root, 'tmp', 'test-results.json');
const run = spawnSync(
  process.execPath,
  [
    '--experimental-vm-modules',
    '--disable-warning=ExperimentalWarning',
    join(root, 'node_modules', 'jest', 'bin', 'jest.js'),
    '--json',
    `--outputFile=${results}`,
    ...process.argv.slice(2),
  ],
  { cwd: root, stdio: ['inherit', 'ignore', 'inherit'] },
);
if (run.status === null) throw new Error(`Jest was stopped by ${run.signal}`);
const sums = JSON.parse(readFileSync(results, 'utf8')) as Record<
  'numPassedTests' | 'numFailedTests' | 'numPendingTests' | 'numFailedTestSuites',
  number
>;
process.exitCode = run.status;
console.log(`${sums.numPassedTests} passed, ${sums.numFailedTests} failed, ${sums.numPendingTests} skipped`);
