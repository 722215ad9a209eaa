/**
 * Lists every rule of the catalogue (docs/rules/*.json) with the code and the tests that carry it, and writes docs/rules.md.
 *
 *   npm run rules                            list and write
 *   npm run rules -- --check                 write nothing; fail when docs/rules.md is not up to date
 *   npm run rules -- --results tmp/jest.json count only tests that ran and passed (file of `jest --json --outputFile`)
 *
 * Only code that a deployed program reaches carries a rule. Fails when code or a test names an id that the catalogue does not
 * have, and for library code that tests alone reach unless docs/ready-for.json says what it is ready for.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { surveyRules } from './rules/survey.ts';

const root = resolve(import.meta.dirname, '..');
const page = join(root, 'docs', 'rules.md');
const { values: options } = parseArgs({
  options: {
    check: { type: 'boolean', default: false },
    quiet: { type: 'boolean', default: false },
    results: { type: 'string', multiple: true, default: [] },
  },
});

const survey = surveyRules(root, options.results);
if (!options.quiet) console.log(survey.list);
console.log(`\n${survey.sums}`);

const faults = [...survey.faults];
if (options.check) faults.push(...survey.dead);
else for (const line of survey.dead) console.error(`${line} (--check fails for it)`);

if (!options.check) writeFileSync(page, survey.page);
else if (!existsSync(page) || readFileSync(page, 'utf8') !== survey.page)
  faults.push('docs/rules.md is not up to date: run `npm run rules`');
for (const fault of faults) console.error(fault);
if (faults.length > 0) process.exitCode = 1;
