import { fileURLToPath } from 'node:url';
import { catalogueFaults, readCatalogue } from './catalogue.ts';
import { IdentifierReader } from './identifiers.ts';
import { isCarried, renderList, renderPage } from './report.ts';
import { unreachedFaults } from './programs.ts';
import { Reachability } from './reachability.ts';
import { sourceTags, testTitles } from './scan.ts';

const reader = new IdentifierReader([
  'CID-1',
  'CID-10',
  'NĐ30-A15-1',
  'QB-A6-2',
  'QB-A6-2a',
  'R7',
  'CSIP16',
  'SEC-A07',
]);

describe('ids in text', () => {
  it.each([
    ['CID-10', ['CID-10']],
    ['CID-1: the first', ['CID-1']],
    ['CID-1, CID-10', ['CID-1', 'CID-10']],
    ['(NĐ30-A15-1)', ['NĐ30-A15-1']],
    ['NĐ30-A15-1'.normalize('NFD'), ['NĐ30-A15-1']],
    ['QB-A6-2a', ['QB-A6-2a']],
    ['R7 and CSIP16.', ['R7', 'CSIP16']],
    ['xCID-1', []],
  ])('in %j are %j', (text, known) => {
    expect(reader.read(text)).toEqual({ known, unknown: [] });
  });

  it.each(['CID-01…10', 'CID-1..10', 'CID-1–10', 'CID-11', 'CID-1x', 'NĐ30-A15-1-2', 'SEC-A7'])(
    '%s is no id of the catalogue and is reported',
    (text) => {
      expect(reader.read(text)).toEqual({ known: [], unknown: [text] });
    },
  );

  it('ordinary words are left alone', () => {
    expect(reader.read('SHA-256 H46.11 UTF-8 15/QĐ-UBND D2 SEC-ond').unknown).toEqual([]);
  });
});

describe('reading sources', () => {
  it('finds @source in comments of every form', () => {
    const code = '/** @source CID-1 */\n// @source CID-10\n/**\n * @source QB-A6-2, R7\n */\n';
    expect(sourceTags(code)).toEqual(['CID-1', 'CID-10', 'QB-A6-2, R7']);
  });

  it('finds titles of describe, it and test, and of helpers named after them', () => {
    const code = `
      describe('a', () => { it("b", () => {}); test(\`c\`, () => {}); it.only('d', f); testIf(kafka)('e', f); });
      describe.each([1])('f %i', f); regex.test('no'); other('no'); it(title, f);`;
    expect(testTitles(code)).toEqual(['a', 'b', 'c', 'd', 'e', 'f %i']);
  });

  it('leaves out what is switched off, with all inside', () => {
    const code = `describe.skip('a', () => { it('b', f); }); xit('c', f); it.todo('d'); it('e', f); xdescribe('g', f);`;
    expect(testTitles(code)).toEqual(['e']);
  });

  it('adds the rows of a table to a title that shows them, also of a constant', () => {
    const code = `
      const ROWS = [['CID-1', 1], ['CID-10', 2]];
      it.each(ROWS)('%s works', f);
      it.each([['R7', 'x']])('fixed', f);
      it.each\`id\n\${'QB-A6-2'}\`('$id', f);`;
    expect(testTitles(code).map((title) => reader.read(title).known)).toEqual([['CID-1', 'CID-10'], [], ['QB-A6-2']]);
  });

  it('does not make an id of a word with an unknown part', () => {
    const titles = testTitles('it(`CID-1${zero}`, f); it(`${a}-CID-1`, f); it(`${id}: CID-1 of ${b}`, f);');
    expect(titles.map((title) => reader.read(title).known)).toEqual([[], [], ['CID-1']]);
  });
});

describe('what programs reach', () => {
  const reach = new Reachability(
    [
      {
        file: 'apps/a/src/main.ts',
        code: "import { Desk } from '@qlvb/desk';\nnew Desk().open();",
      },
      { file: 'libs/desk/src/index.ts', code: "export { Desk } from './desk.ts';\nexport { left } from './left.ts';" },
      {
        file: 'libs/desk/src/desk.ts',
        code: [
          "import { rule } from './rule.ts';",
          '/** @source CID-1 */',
          'export class Desk {',
          '  open() { return this.#inner(); }',
          '  #inner() { return rule({ left: 1 }); }',
          '  /** @source R7 */',
          '  shut() { return never(); }',
          "  @Operation({}) list() { return programBeside('./apart.worker', import.meta.url); }",
          '  onModuleInit() { return 1; }',
          '}',
          'const never = () => 1;',
        ].join('\n'),
      },
      { file: 'libs/desk/src/apart.worker.ts', code: 'const begin = () => 1;\nbegin();' },
      { file: 'libs/desk/src/rule.ts', code: 'export function rule(x: Input) { return x; }\ninterface Input {}' },
      {
        file: 'libs/desk/src/left.ts',
        code: "import { rule } from './rule.ts';\n/** @source CID-10 */\nexport const left = () => deeper(rule);\nconst deeper = (x) => x;",
      },
    ],
    new Map([['@qlvb/desk', 'libs/desk/src/index.ts']]),
  ).from(['apps/a/src/main.ts']);
  const dead = reach.nodes().filter((node) => !reach.isReached(node));

  it('F-35 code that only other unreached code calls is unreached too', () => {
    expect(dead.map(({ name }) => name)).toEqual(['Desk.shut', 'never', 'left', 'deeper']);
  });

  it('F-35 a common name reaches the method of the class that is asked, and no other', () => {
    const code = [
      "import { Kept } from './kept.ts';",
      'class Shelf { constructor(private readonly kept: Kept, private readonly rest: Map<string, Kept>) {}',
      '  open(other: Kept | undefined) { this.rest.get("a"); other?.put(); const own = new Kept(); own.close(); return this.kept.find(); } }',
      'new Shelf().open();',
    ].join('\n');
    const kept =
      'export class Kept { get() {} find() {} put() {} close() {} has() {} }\nexport class Lost { find() {} has() {} }';
    const untold = 'export const ask = (thing) => thing.has();\nask();';
    const reachable = (main: string): string[] => {
      const found = new Reachability(
        [
          { file: 'apps/a/src/main.ts', code: main },
          { file: 'apps/a/src/kept.ts', code: kept },
        ],
        new Map(),
      ).from(['apps/a/src/main.ts']);
      return found
        .nodes()
        .filter((node) => found.isReached(node) && node.name.includes('.'))
        .map(({ name }) => name);
    };
    expect(reachable(code)).toEqual(['Shelf.open', 'Kept.find', 'Kept.put', 'Kept.close']);
    expect(reachable(`${code}\nnew Lost();\n${untold}`.replace('{ Kept }', '{ Kept, Lost }'))).toEqual([
      ...['Shelf.open', 'Kept.find', 'Kept.put', 'Kept.close', 'Kept.has', 'Lost.has'],
    ]);
  });

  it('F-35 a tag in code that no program reaches carries no rule', () => {
    const code = '/** @source CID-10 */\nexport const left = () => deeper(rule);';
    expect(sourceTags(code, () => false)).toEqual([]);
    expect(reach.isReachedAt('libs/desk/src/left.ts', 40)).toBe(false);
    expect(reach.isReachedAt('libs/desk/src/desk.ts', 40)).toBe(true);
  });

  it('F-35 what tests alone reach is a fault, but for what is ready for a named capability', () => {
    const ready = {
      'libs/desk/src/left.ts#left': 'dossiers that take their term from it',
      'libs/desk/src/rule.ts#rule': 'dossiers that take their term from it',
    };
    expect(unreachedFaults(dead, ready)).toEqual([
      expect.stringMatching(/#Desk\.shut .* delete it$/),
      expect.stringMatching(/#never .* delete it$/),
      expect.stringMatching(/#deeper .* delete it$/),
      expect.stringMatching(/rule\.ts#rule, which is used or gone/),
    ]);
  });

  it('F-35 the list of what is ready is short, and names capabilities', () => {
    const entries = (reason: string, count: number): Record<string, string> =>
      Object.fromEntries(Array.from({ length: count }, (_, n) => [`libs/desk/src/left${n}.ts#left`, reason]));
    const told = (reason: string, count = 1): string[] =>
      unreachedFaults([], entries(reason, count)).filter((line) => !line.includes('used or gone'));
    expect(told('dossiers that take their term from it', 8)).toEqual([]);
    expect(told('dossiers that take their term from it', 9)).toEqual([expect.stringMatching(/more than 8/)]);
    for (const reason of ['test support: hand-made files', 'the same', 'later'])
      expect(told(reason)).toEqual([expect.stringMatching(/names no capability/)]);
  });
});

describe('the report', () => {
  const rule = (id: string) => ({ id, source: 'Act', line: `Rule ${id}`, service: 'identity' });
  const chapters = [{ name: 'a', rules: [rule('CID-1'), rule('CID-2'), rule('CID-3')] }];
  const carried = new Map([
    ['CID-1', { code: ['x.ts'], tests: ['x.spec.ts'] }],
    ['CID-2', { code: ['x.ts'], tests: [] }],
  ]);

  it('counts a rule only when code and a test name it', () => {
    expect(isCarried({ code: ['x.ts'], tests: [] })).toBe(false);
    expect(isCarried({ code: [], tests: ['x.spec.ts'] })).toBe(false);
    const page = renderPage(chapters, carried);
    expect(page).toContain('| **all** | 1 | 3 |');
    expect(page).toContain('| CID-2 (half) |');
    expect(page).toContain('- CID-3: Rule CID-3 (identity)');
  });

  it('lists every rule for the terminal', () => {
    const list = renderList(chapters, carried)
      .split('\n')
      .filter((line) => line.startsWith('  '));
    expect(list.map((line) => line.trim().split(/\s+/)[0])).toEqual(['carried', 'half', 'nobody']);
  });

  it('finds faults of the catalogue', () => {
    const bad = [{ name: 'a', rules: [rule('CID-1'), { ...rule('CID-1'), line: '', service: 'nobody' }] }];
    expect(catalogueFaults(bad)).toHaveLength(3);
  });

  it('the committed catalogue is sound', () => {
    const committed = readCatalogue(fileURLToPath(new URL('../../docs/rules', import.meta.url)));
    expect(committed.map(({ name }) => name)).toEqual([
      'archive',
      'edxml',
      'identity-security',
      'records',
      'signature',
    ]);
    expect(catalogueFaults(committed)).toEqual([]);
  });
});
