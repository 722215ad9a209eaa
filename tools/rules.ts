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
import { join, relative, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { catalogueFaults, readCatalogue } from './rules/catalogue.ts';
import { IdentifierReader } from './rules/identifiers.ts';
import { carriersOf, isCarried, renderList, renderPage } from './rules/report.ts';
import type { Carriers } from './rules/report.ts';
import { reachedByPrograms, readSources, unreached, unreachedFaults } from './rules/programs.ts';
import type { ReadyFor } from './rules/programs.ts';
import { sourceTags, testTitles } from './rules/scan.ts';

const root = resolve(import.meta.dirname, '..');
const page = join(root, 'docs', 'rules.md');
const { values: options } = parseArgs({
  options: {
    check: { type: 'boolean', default: false },
    quiet: { type: 'boolean', default: false },
    results: { type: 'string', multiple: true, default: [] },
  },
});

interface JestResults {
  testResults: {
    name: string;
    assertionResults: { ancestorTitles: string[]; title: string; status: string }[];
  }[];
}

const chapters = readCatalogue(join(root, 'docs', 'rules'));
const rules = chapters.flatMap((chapter) => chapter.rules);
const reader = new IdentifierReader(rules.map(({ id }) => id));
const faults = catalogueFaults(chapters);

const unknownId = (file: string, id: string): string => `${file} names ${id}, which is not in the catalogue`;

type Found = Map<string, { code: Set<string>; tests: Set<string> }>;

function add(found: Found, file: string, part: 'code' | 'tests', text: string): void {
  const { known, unknown } = reader.read(text);
  for (const id of known) {
    const carriers = found.get(id) ?? { code: new Set<string>(), tests: new Set<string>() };
    carriers[part].add(file);
    found.set(id, carriers);
  }
  for (const id of unknown) faults.push(unknownId(file, id));
}

const sorted = (found: Found): Map<string, Carriers> =>
  new Map(
    [...found].map(([id, { code, tests }]) => [id, { code: [...code].toSorted(), tests: [...tests].toSorted() }]),
  );

const sources = readSources(root);

/** What the sources say. */
function scanSources(): Found {
  const found: Found = new Map();
  const reach = reachedByPrograms(root, sources);
  // the tool's own tests speak of ids without proving rules
  for (const { file, code } of sources.filter((source) => !source.file.startsWith('tools/rules'))) {
    if (!file.endsWith('spec.ts')) {
      for (const tag of sourceTags(code)) reader.read(tag).unknown.forEach((id) => faults.push(unknownId(file, id)));
      for (const tag of sourceTags(code, (position) => reach.isReachedAt(file, position)))
        add(found, file, 'code', tag);
    }
    if (/\b(?:describe|it|test)/.test(code))
      for (const title of testTitles(code, file)) add(found, file, 'tests', title);
  }
  return found;
}

/** The same code, with the tests that a run executed instead of those written down. */
function withResults(found: Found, resultFiles: readonly string[]): Found {
  const executed: Found = new Map([...found].map(([id, { code }]) => [id, { code, tests: new Set<string>() }]));
  for (const resultFile of resultFiles) {
    const { testResults } = JSON.parse(readFileSync(resolve(resultFile), 'utf8')) as JestResults;
    for (const { name, assertionResults } of testResults) {
      for (const { ancestorTitles, title, status } of assertionResults) {
        const file = relative(root, name);
        if (status === 'passed' && !file.startsWith(join('tools', 'rules'))) {
          add(executed, file, 'tests', [...ancestorTitles, title].join(' '));
        }
      }
    }
  }
  return executed;
}

const found = scanSources();
const written = sorted(found);
const shown = options.results.length > 0 ? sorted(withResults(found, options.results)) : written;

if (!options.quiet) console.log(renderList(chapters, shown));
const carried = rules.filter((rule) => isCarried(carriersOf(shown, rule))).length;
const half = rules.filter(({ id }) => shown.has(id)).length - carried;
console.log(
  `\n${rules.length} rules: ${carried} carried, ${half} named by code or tests only, ${rules.length - carried - half} by nobody` +
    (options.results.length > 0
      ? ` (tests that passed in ${options.results.join(', ')})`
      : ' (by titles in the sources; --results counts executed tests)'),
);
for (const rule of rules) {
  if (isCarried(carriersOf(written, rule)) && !isCarried(carriersOf(shown, rule))) {
    faults.push(`${rule.id} has a test that did not run or did not pass`);
  }
}

const ready = JSON.parse(readFileSync(join(root, 'docs', 'ready-for.json'), 'utf8')) as ReadyFor;
const dead = unreachedFaults(unreached(root, sources), ready);
if (options.check) faults.push(...dead);
else for (const line of dead) console.error(`${line} (--check fails for it)`);

const text = renderPage(chapters, written);
if (!options.check) writeFileSync(page, text);
else if (!existsSync(page) || readFileSync(page, 'utf8') !== text)
  faults.push('docs/rules.md is not up to date: run `npm run rules`');
for (const fault of new Set(faults)) console.error(fault);
if (faults.length > 0) process.exitCode = 1;
