import type { PageFacts, TextPiece } from './facts.ts';
import { findAgency, findText, segmentsOf } from './segments.ts';

const piece = (text: string, x: number, baseline: number, font = 'Tinos-Regular'): TextPiece => ({
  text,
  x,
  baseline,
  width: text.length * 6,
  size: 12,
  font,
});
const page = (...texts: TextPiece[]): PageFacts => ({
  number: 1,
  width: 595,
  height: 842,
  texts,
  rules: [],
  fields: [],
  textColours: [],
});

describe('segments', () => {
  it('join words of a line and part columns', () => {
    const segments = segmentsOf(
      page(piece('BÌNH', 136, 70), piece('TỈNH QUẢNG', 70, 70.5), piece('CỘNG HÒA', 300, 70, 'Tinos-Bold')),
    );
    expect(segments.map(({ text, bold }) => [text, bold])).toEqual([
      ['TỈNH QUẢNG BÌNH', false],
      ['CỘNG HÒA', true],
    ]);
  });

  it('find a text over several lines of its column, whatever its case', () => {
    const segments = segmentsOf(
      page(piece('ỦY BAN NHÂN DÂN', 70, 70), piece('CỘNG HÒA XÃ HỘI', 300, 70), piece('TỈNH QUẢNG BÌNH', 72, 85)),
    );
    expect(findText(segments, 'Ủy ban nhân dân tỉnh Quảng Bình')?.lines).toHaveLength(2);
    expect(findText(segments, 'Ủy ban nhân dân huyện')).toBeUndefined();
    expect(findText(segments, '')).toBeUndefined();
  });

  it('find old and new places of tones and abbreviated bodies', () => {
    const segments = segmentsOf(page(piece('CỘNG HOÀ', 300, 70), piece('UBND TỈNH', 70, 70)));
    expect(findText(segments, 'Cộng hòa')?.text).toBe('CỘNG HOÀ');
    expect(findAgency(segments, 'Uỷ ban nhân dân tỉnh')?.text).toBe('UBND TỈNH');
    expect(findAgency(segments, 'UBND tỉnh')?.text).toBe('UBND TỈNH');
    expect(findAgency(segments, 'HĐND tỉnh')).toBeUndefined();
  });
});
