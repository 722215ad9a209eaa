import { readFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { catalogueFaults, readCatalogue } from './catalogue.ts';
import { IdentifierReader } from './identifiers.ts';
import { carriersOf, isCarried, renderList, renderPage } from './report.ts';
import type { Carriers } from './report.ts';
import { reachedByPrograms, readSources, unreached, unreachedFaults } from './programs.ts';
import type { ReadyFor } from './programs.ts';
import { sourceTags, testTitles } from './scan.ts';

interface JestResults {
  testResults: {
    name: string;
    assertionResults: { ancestorTitles: string[]; title: string; status: string }[];
  }[];
}

/** What a look at a repository's rules finds. */
export interface Survey {
  /** For the terminal: every rule, and the sums. */
  readonly list: string;
  readonly sums: string;
  /** The committed page. */
  readonly page: string;
  readonly faults: readonly string[];
  /** What tests alone reach. */
  readonly dead: readonly string[];
}

type Found = Map<string, { code: Set<string>; tests: Set<string> }>;

const sorted = (found: Found): Map<string, Carriers> =>
  new Map(
    [...found].map(([id, { code, tests }]) => [id, { code: [...code].toSorted(), tests: [...tests].toSorted() }]),
  );

/**
 * @param root of the repository
 * @param resultFiles of `jest --json`: then only tests that ran and passed count
 */
export function surveyRules(root: string, resultFiles: readonly string[]): Survey {
  const chapters = readCatalogue(join(root, 'docs', 'rules'));
  const rules = chapters.flatMap((chapter) => chapter.rules);
  const reader = new IdentifierReader(rules.map(({ id }) => id));
  const sources = readSources(root);
  const faults = new Set(catalogueFaults(chapters));
  const unknownId = (file: string, id: string): void =>
    void faults.add(`${file} names ${id}, which is not in the catalogue`);
  const add = (found: Found, file: string, part: 'code' | 'tests', text: string): void => {
    const { known, unknown } = reader.read(text);
    for (const id of known) {
      const carriers = found.get(id) ?? { code: new Set<string>(), tests: new Set<string>() };
      carriers[part].add(file);
      found.set(id, carriers);
    }
    for (const id of unknown) unknownId(file, id);
  };

  /** What the sources say. */
  const scanSources = (): Found => {
    const found: Found = new Map();
    const reach = reachedByPrograms(root, sources);
    // the tool's own tests speak of ids without proving rules
    for (const { file, code } of sources.filter((source) => !source.file.startsWith('tools/rules'))) {
      if (!file.endsWith('spec.ts')) {
        for (const tag of sourceTags(code)) reader.read(tag).unknown.forEach((id) => unknownId(file, id));
        for (const tag of sourceTags(code, (position) => reach.isReachedAt(file, position)))
          add(found, file, 'code', tag);
      }
      if (/\b(?:describe|it|test)/.test(code))
        for (const title of testTitles(code, file)) add(found, file, 'tests', title);
    }
    return found;
  };

  /** The same code, with the tests that a run executed instead of those written down. */
  const withResults = (found: Found): Found => {
    const executed: Found = new Map([...found].map(([id, { code }]) => [id, { code, tests: new Set<string>() }]));
    for (const resultFile of resultFiles) {
      const { testResults } = JSON.parse(readFileSync(resolve(resultFile), 'utf8')) as JestResults;
      for (const { name, assertionResults } of testResults) {
        for (const { ancestorTitles, title, status } of assertionResults) {
          const file = relative(root, name);
          if (status === 'passed' && !file.startsWith(join('tools', 'rules')))
            add(executed, file, 'tests', [...ancestorTitles, title].join(' '));
        }
      }
    }
    return executed;
  };

  const found = scanSources();
  const written = sorted(found);
  const shown = resultFiles.length > 0 ? sorted(withResults(found)) : written;
  const carried = rules.filter((rule) => isCarried(carriersOf(shown, rule))).length;
  const half = rules.filter(({ id }) => shown.has(id)).length - carried;
  for (const rule of rules) {
    if (isCarried(carriersOf(written, rule)) && !isCarried(carriersOf(shown, rule)))
      faults.add(`${rule.id} has a test that did not run or did not pass`);
  }
  const ready = JSON.parse(readFileSync(join(root, 'docs', 'ready-for.json'), 'utf8')) as ReadyFor;
  return {
    list: renderList(chapters, shown),
    sums:
      `${rules.length} rules: ${carried} carried, ${half} named by code or tests only, ${rules.length - carried - half} by nobody` +
      (resultFiles.length > 0
        ? ` (tests that passed in ${resultFiles.join(', ')})`
        : ' (by titles in the sources; --results counts executed tests)'),
    page: renderPage(chapters, written),
    faults: [...faults],
    dead: unreachedFaults(unreached(root, sources), ready),
  };
}
