import { fileURLToPath } from 'node:url';
import { catalogueFaults, readCatalogue } from './catalogue.ts';
import { IdentifierReader } from './identifiers.ts';
import { isCarried, renderList, renderPage } from './report.ts';
import { nameCounts, sourceTags, testTitles } from './scan.ts';

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

  it('leaves out what nothing calls', () => {
    const code = [
      '/** First. @source CID-1 */\nexport function one() {}',
      '/** @source CID-10 */\nexport const two = () => one(); // two, too',
      '/** @source R7 */\nconst three = 3;',
    ].join('\n');
    expect(sourceTags(code, nameCounts([code]))).toEqual(['CID-1', 'R7']);
    expect(sourceTags(code, nameCounts([code, 'two();']))).toEqual(['CID-1', 'CID-10', 'R7']);
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
