import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { surveyRules } from './survey.ts';

const root = mkdtempSync(join(tmpdir(), 'rules-planted-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));

const rule = (id: string): object => ({ id, source: 'Act', line: `Rule ${id}`, service: 'documents' });
const SOUND: Readonly<Record<string, string>> = {
  'tsconfig.base.json': JSON.stringify({ compilerOptions: { paths: { '@qlvb/desk': ['./libs/desk/src/index.ts'] } } }),
  'docs/rules/records.json': JSON.stringify([rule('CID-1'), rule('CID-2')]),
  'docs/ready-for.json': '{}',
  'apps/documents/src/main.ts': "import { open } from '@qlvb/desk';\nopen();\n",
  'libs/desk/src/index.ts': "export { open } from './open.ts';\n",
  'libs/desk/src/open.ts': '/** @source CID-1 */\nexport function open() {\n  return 1;\n}\n',
  'libs/desk/src/open.spec.ts': "it('CID-1: opens', () => {});\n",
};

interface Ran {
  readonly title: string;
  readonly status: string;
}

function plant(planted: Readonly<Record<string, string>>): void {
  rmSync(root, { recursive: true, force: true });
  for (const [file, text] of Object.entries({ ...SOUND, ...planted })) {
    mkdirSync(dirname(join(root, file)), { recursive: true });
    writeFileSync(join(root, file), text);
  }
}

/** What fails the check of a sound repository with something planted in it. */
function check(planted: Readonly<Record<string, string>>, ran?: readonly Ran[]): string[] {
  plant(planted);
  const results = join(root, 'results.json');
  const assertionResults = ran?.map((one) => ({ ancestorTitles: [], ...one })) ?? [];
  const name = join(root, 'libs/desk/src/open.spec.ts');
  writeFileSync(results, JSON.stringify({ testResults: [{ name, assertionResults }] }));
  const { faults, dead } = surveyRules(root, ran ? [results] : []);
  return [...faults, ...dead];
}

const carried = (planted: Readonly<Record<string, string>>): string => {
  plant(planted);
  return surveyRules(root, []).sums.replace(/ carried.*/, ' carried');
};

describe('F-35 what is planted in a sound repository', () => {
  it('F-35 nothing: no fault', () => {
    expect(check({}, [{ title: 'CID-1: opens', status: 'passed' }])).toEqual([]);
    expect(carried({})).toBe('2 rules: 1 carried');
  });

  it('F-35 a function of a library that a test alone calls fails the check', () => {
    const told = check({
      'libs/desk/src/dead.ts': 'export const dead = () => 1;\n',
      'libs/desk/src/dead.spec.ts': "import { dead } from './dead.ts';\nit('works', () => void dead());\n",
    });
    expect(told).toEqual([expect.stringMatching(/^libs\/desk\/src\/dead\.ts#dead .*reached by tests alone/)]);
  });

  it('F-35 a method that nobody calls fails the check, though its class is used', () => {
    const told = check({
      'libs/desk/src/open.ts':
        '/** @source CID-1 */\nexport function open() {\n  return new Desk().begin();\n}\nclass Desk {\n  begin() {\n    return 1;\n  }\n  shut() {\n    return 2;\n  }\n}\n',
    });
    expect(told).toEqual([expect.stringMatching(/open\.ts#Desk\.shut /)]);
  });

  it('F-35 a rule that stands in a comment alone, or in code that nothing reaches, is not carried', () => {
    const test = { 'libs/desk/src/more.spec.ts': "it('CID-2: also', () => {});\n" };
    const open = SOUND['libs/desk/src/open.ts'] ?? '';
    expect(carried({ ...test, 'libs/desk/src/open.ts': `// CID-2 is decided here\n${open}` })).toBe(
      '2 rules: 1 carried',
    );
    const dead = '/** @source CID-2 */\nexport const dead = () => 1;\n';
    expect(carried({ ...test, 'libs/desk/src/dead.ts': dead })).toBe('2 rules: 1 carried');
    expect(carried({ ...test, 'libs/desk/src/open.ts': open.replace('CID-1', 'CID-1\n * @source CID-2') })).toBe(
      '2 rules: 2 carried',
    );
  });

  it('F-35 a rule whose test is named in a comment, or switched off, is not carried', () => {
    for (const text of [
      "// it('CID-1: opens')\n",
      "it.skip('CID-1: opens', () => {});\n",
      "xit('CID-1: opens', () => {});\n",
    ])
      expect(carried({ 'libs/desk/src/open.spec.ts': text })).toBe('2 rules: 0 carried');
  });

  it.each(['pending', 'failed', 'todo', 'skipped'])('F-35 a test that was %s fails the check of what ran', (status) => {
    expect(check({}, [{ title: 'CID-1: opens', status }])).toEqual([
      'CID-1 has a test that did not run or did not pass',
    ]);
  });

  it('F-35 a test that did not run at all fails the check of what ran', () => {
    expect(check({}, [])).toEqual(['CID-1 has a test that did not run or did not pass']);
  });

  it('F-35 an id that the catalogue does not have fails the check', () => {
    expect(check({ 'libs/desk/src/more.spec.ts': "it('CID-9: x', () => {});\n" })).toEqual([
      expect.stringMatching(/more\.spec\.ts names CID-9/),
    ]);
  });
});
