import { normaliseText, textFault } from './text.ts';

describe('text as stored', () => {
  it('CHR-02 QB-A4-3 one letter typed in three ways is stored in one', () => {
    const typed = ['e\u0302\u0323', 'e\u0323\u0302', '\u1ec7'];
    expect(new Set(typed.map(normaliseText))).toEqual(new Set(['\u1ec7']));
  });

  it('CHR-02 a decomposed text equals its composed form afterwards', () => {
    const text = 'Quy chế quản lý, sử dụng Hệ thống quản lý văn bản và điều hành tỉnh Quảng Bình';
    expect(normaliseText(text.normalize('NFD'))).toBe(text);
  });
});

describe('F-20 one rule for text at every boundary', () => {
  it.each([
    ['\u0000', 'control-character'],
    ['\u001b', 'control-character'],
    ['\u007f', 'control-character'],
    ['\u0085', 'control-character'],
    ['\u2028', 'control-character'],
    ['\u202e', 'direction-mark'],
    ['\u2066', 'direction-mark'],
    ['\u2068', 'direction-mark'],
    ['\u2069', 'direction-mark'],
    ['\ufffe', 'not-a-character'],
    ['\ufdd0', 'not-a-character'],
    ['\u{1fffe}', 'not-a-character'],
    ['\u0378', 'not-a-character'],
    ['\ud800', 'not-unicode'],
    ['\udfff', 'not-unicode'],
  ])('F-20 MD-4 CHR-02 %j is a %s', (character, fault) => {
    expect([textFault(`Sở${character} Nội vụ`), textFault(character, false)]).toEqual([fault, fault]);
  });

  it('F-20 MD-4 Vietnamese text, Nôm, signs and emoji pass; tabs and line ends where there may be several lines', () => {
    expect(textFault('Sở Nội vụ 𡨸喃 “a” – € 😀 👩‍👩‍👧 \u00a0', false)).toBeUndefined();
    expect(textFault('Sở Nội vụ\t1\r\n2')).toBeUndefined();
    expect(textFault('Sở Nội vụ\t1', false)).toBe('line-break');
  });

  it('F-08 a run of combining marks, which takes long to compose, is refused before it is composed', () => {
    expect(textFault(`a${'\u0301\u0323'.repeat(500_000)}`)).toBe('too-many-marks');
    expect(textFault(`a${'\u0323'.repeat(30)}b`)).toBeUndefined();
  });

  it('F-20 line ends are stored in one way', () => {
    expect(normaliseText('một\r\nhai\rba\nbốn')).toBe('một\nhai\nba\nbốn');
  });
});
