import { balancedLines, breakLines } from './line-breaking.ts';
import type { Line } from './line-breaking.ts';

const measure = (text: string): number => [...text].length;
const words = (lines: readonly Line[]): string[] => lines.map(({ runs }) => runs.map(({ text }) => text).join('|'));
const regular = (text: string): { text: string; style: 'regular' }[] => [{ text, style: 'regular' }];

describe('line breaking', () => {
  it('breaks at spaces and leaves the last line as it is', () => {
    const lines = breakLines(regular('căn cứ nghị định về văn thư'), 6, 10, measure);
    expect(words(lines)).toEqual(['căn cứ', 'nghị định', 'về văn thư']);
    expect(lines.map(({ last }) => last)).toEqual([false, false, true]);
    expect(lines.map(({ gaps }) => gaps)).toEqual([1, 1, 2]);
  });

  it('keeps the styles of a line apart, with their space', () => {
    const runs = [{ text: 'Điều 1.', style: 'bold' } as const, ...regular('Phê duyệt')];
    expect(words(breakLines(runs, 30, 30, measure))).toEqual(['Điều 1. |Phê duyệt']);
  });

  it('keeps words together that a no-break space binds', () => {
    expect(words(breakLines(regular('quản lý, vận\u00a0hành'), 14, 14, measure))).toEqual([
      'quản lý,',
      'vận\u00a0hành',
    ]);
  });

  it('cuts a word that is wider than a line', () => {
    expect(words(breakLines(regular('a https://dvc.gov.vn'), 8, 8, measure))).toEqual([
      'a',
      'https://',
      'dvc.gov.',
      'vn',
    ]);
  });

  it('makes one empty line of nothing', () => {
    expect(words(breakLines([], 10, 10, measure))).toEqual(['']);
  });

  it('balances centred lines', () => {
    const text = 'ỦY BAN NHÂN DÂN TỈNH QUẢNG BÌNH';
    expect(words(balancedLines(regular(text), 26, measure))).toEqual(['ỦY BAN NHÂN DÂN', 'TỈNH QUẢNG BÌNH']);
  });
});
