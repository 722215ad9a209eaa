import { cleanText, compareVietnamese, looksVietnamese, normaliseText, textFault } from './text.ts';

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

describe('look-alikes', () => {
  it('CHR-04 false Đ and đ are put right in Vietnamese text', () => {
    expect(cleanText('\u00d0ồng Hới, \u0189iều 5, \u00f0ường')).toEqual({
      text: 'Đồng Hới, Điều 5, đường',
      repairs: [
        { found: 'U+00D0', replacedBy: 'Đ', count: 1 },
        { found: 'U+0189', replacedBy: 'Đ', count: 1 },
        { found: 'U+00F0', replacedBy: 'đ', count: 1 },
      ],
    });
  });

  it('CHR-04 Icelandic keeps its letters', () => {
    expect(cleanText('Sigur\u00f0ur \u00d0or')).toEqual({ text: 'Sigur\u00f0ur \u00d0or', repairs: [] });
    expect([looksVietnamese('Sigurður'), looksVietnamese('Đồng')]).toEqual([false, true]);
  });

  it('CHR-04 invisible characters go, no-break spaces become spaces', () => {
    expect(cleanText('Sở\u00a0Nội\u200b vụ\u00ad\ufeff')).toMatchObject({ text: 'Sở Nội vụ' });
    expect(cleanText('Sở Nội vụ').repairs).toEqual([]);
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

describe('Vietnamese order', () => {
  it('CHR-06 sorts the districts as people do', () => {
    const sorted = ['Ba Đồn', 'Bố Trạch', 'Đồng Hới', 'Lệ Thủy', 'Minh Hóa', 'Quảng Ninh', 'Quảng Trạch', 'Tuyên Hóa'];
    expect(sorted.toReversed().toSorted(compareVietnamese)).toEqual(sorted);
    expect(['đa', 'da', 'ê', 'e', 'ă', 'â', 'a'].toSorted(compareVietnamese)).toEqual([
      'a',
      'ă',
      'â',
      'da',
      'đa',
      'e',
      'ê',
    ]);
  });
});
