import { foldText } from '@qlvb/vietnam';
import { searchPatterns, searchText } from './search-text.ts';

const finds = (search: string, text: string): boolean =>
  searchPatterns(search).every((pattern) => new RegExp(pattern).test(foldText(text)));

describe('F-52 a search', () => {
  it.each([
    ['thong tin', 'Sở Thông tin và Truyền thông', true],
    ['truyền sở', 'Sở Thông tin và Truyền thông', true],
    ['  Đồng\u00a0 Hới ', 'Ủy ban nhân dân thành phố đồng hới', true],
    ['dong hoi huyen', 'Ủy ban nhân dân thành phố Đồng Hới', false],
    ['2/QĐ', '12/QĐ-UBND', false],
    ['2/QĐ', '2/QĐ-UBND', true],
    ['2/QĐ', '02/QĐ-UBND', true],
    ['02/qd', 'Về việc 2/QĐ-UBND', true],
    ['QĐ-2', 'QĐ-25', false],
    ['2026', 'năm 20261', false],
    ['100%', 'đạt 100% kế hoạch', true],
    ['100%', 'đạt 1000 kế hoạch', false],
    ['%', 'đạt 100 kế hoạch', false],
    ['a_b', 'axb', false],
    ['a_b', 'mã a_b', true],
    ['\\', 'không có', false],
    ['c\\d', 'tệp c\\d', true],
    ['.*', 'bất kỳ', false],
    ['(a|b)[c]', 'chuỗi (a|b)[c]', true],
  ])('%j in %j: %s', (search, text, found) => {
    expect(finds(search, text)).toBe(found);
  });

  it.each(['', ' ', '\t \u00a0', ' \n '])('of nothing but blanks (%j) is refused', (blank) => {
    expect(searchText(100).safeParse(blank).success).toBe(false);
  });
});
