import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readerDifferences, SHOWN } from '@qlvb/pdf-testing';
import { describeIf } from '@qlvb/platform-testing';
import { judgeStructure } from './structure.ts';

const folder = mkdtempSync(join(tmpdir(), 'qlvb-readers-'));
afterAll(() => rmSync(folder, { recursive: true }));

type Ours = 'taken' | 'damaged';
/** Without a word, with warnings, with errors; what it warns of is said beside the case. */
type Qpdf = 'clean' | 'warns' | 'fails';
/** Whether poppler shows the line, without a word or after complaints. */
type Poppler = 'shown' | 'repaired' | 'lost';

/** What is decided about each difference, and what the others make of it. */
const TABLE: Readonly<Record<string, readonly [Ours, Qpdf, Poppler]>> = {
  'nothing wrong': ['taken', 'clean', 'shown'],
  // Nothing points there, and nothing else of the file is read otherwise because of it.
  'an unreachable object': ['taken', 'clean', 'shown'],
  'an unreachable object at byte 0': ['taken', 'warns', 'shown'],
  'an unreachable object of which the end is missing': ['taken', 'warns', 'shown'],
  'an unreachable stream with too short a length': ['taken', 'warns', 'shown'],
  'an unreachable stream with too long a length': ['taken', 'warns', 'shown'],
  'an unreachable stream that cannot be unpacked': ['taken', 'clean', 'shown'],
  'an object between the others that no table lists': ['taken', 'clean', 'shown'],
  // qpdf builds the whole table anew because of one entry.
  'an unreachable object that is not where the table says': ['damaged', 'warns', 'shown'],
  'an unreachable object behind the end': ['damaged', 'warns', 'shown'],
  // Where the content ends is each reader's guess.
  'content with too short a length': ['damaged', 'warns', 'repaired'],
  'content with too long a length': ['damaged', 'warns', 'repaired'],
  'content without a length': ['damaged', 'warns', 'repaired'],
  'content whose length is an object that is not there': ['damaged', 'warns', 'repaired'],
  'content whose length is another object and wrong': ['damaged', 'warns', 'repaired'],
  // One blank more or less at its end.
  'content whose length counts the line break behind it': ['taken', 'clean', 'shown'],
  'content whose length leaves out its last blank': ['taken', 'clean', 'shown'],
  'content whose length is another object': ['taken', 'clean', 'shown'],
  'packed content': ['taken', 'clean', 'shown'],
  'packed content of no bytes beside the other': ['taken', 'clean', 'shown'],
  'packed content with a wrong checksum': ['taken', 'clean', 'shown'],
  'packed content with its end cut off': ['damaged', 'warns', 'repaired'],
  'packed content with a byte changed': ['damaged', 'fails', 'lost'],
  'content by a filter nobody knows': ['damaged', 'fails', 'lost'],
  // An empty page for qpdf; poppler looks for the object in the whole file.
  'content that is not there': ['damaged', 'clean', 'lost'],
  'pages counted wrong': ['damaged', 'clean', 'lost'],
  // Both read every object that is listed.
  'fewer objects said than there are': ['taken', 'warns', 'shown'],
  'more objects said than there are': ['taken', 'warns', 'shown'],
  // Null for qpdf, and the line is gone with its font; poppler builds the table anew and finds the font.
  'a font that is free in the table': ['damaged', 'clean', 'repaired'],
  'rows of 19 bytes': ['taken', 'clean', 'shown'],
  'rows that end in two characters of their own': ['taken', 'clean', 'shown'],
  'blanks in front of an object': ['taken', 'clean', 'shown'],
  'an object without its end': ['damaged', 'warns', 'shown'],
};

const CASES = readerDifferences().map(({ what, pdf }, index) => {
  const path = join(folder, `${index}.pdf`);
  writeFileSync(path, pdf);
  return { what, pdf, path };
});
const run = (command: string, ...args: string[]): { status: number | null; stdout: string; stderr: string } =>
  spawnSync(command, args, { encoding: 'utf8' });
const hasBoth = ['qpdf', 'pdftotext'].every((command) => spawnSync(command, ['--version']).error === undefined);

it('F-09 every difference is decided', () => {
  expect(CASES.map(({ what }) => what).sort()).toEqual(Object.keys(TABLE).sort());
});

it.each(CASES)('F-09 $what', ({ what, pdf }) => {
  expect(judgeStructure(pdf).fault ?? 'taken').toBe(TABLE[what]?.[0]);
});

describeIf(hasBoth, 'qpdf and poppler beside our reader', 'qpdf and poppler', () => {
  it.each(CASES)('F-09 $what', ({ what, path }) => {
    const [ours, ...others] = TABLE[what] ?? [];
    const { status } = run('qpdf', '--check', path);
    const qpdf: Qpdf = status === 0 ? 'clean' : status === 3 ? 'warns' : 'fails';
    const { stdout, stderr } = run('pdftotext', path, '-');
    const isShown = stdout.trim() === SHOWN;
    const poppler: Poppler = isShown ? (stderr === '' ? 'shown' : 'repaired') : 'lost';
    expect([qpdf, poppler]).toEqual(others);
    if (ours !== 'taken') return;
    // What is taken is the same page to each of them, also after qpdf has written it anew.
    expect(qpdf).not.toBe('fails');
    expect(isShown).toBe(true);
    const anew = `${path}.anew.pdf`;
    const warnings = run('qpdf', '--object-streams=disable', path, anew).stderr;
    expect(warnings).not.toMatch(/reconstruct|content stream/);
    expect(run('pdftotext', anew, '-').stdout.trim()).toBe(SHOWN);
    expect(run('qpdf', '--check', anew).status).toBe(0);
  });
});
