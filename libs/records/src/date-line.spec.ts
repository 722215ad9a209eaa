import { formatDateInWords, formatDateLine } from './date-line.ts';

describe('line of place and date', () => {
  it.each([
    ['2024-01-05', 'ngày 05 tháng 01 năm 2024'],
    ['2024-02-15', 'ngày 15 tháng 02 năm 2024'],
    ['2024-03-05', 'ngày 05 tháng 3 năm 2024'],
    ['2024-10-10', 'ngày 10 tháng 10 năm 2024'],
    ['2024-12-31', 'ngày 31 tháng 12 năm 2024'],
  ])('NĐ30-PL1-T1 %s is written %s', (date, words) => {
    expect(formatDateInWords(date)).toBe(words);
  });

  it('NĐ30-PL1-II.4 the place comes first', () => {
    expect(formatDateLine('Quảng Bình'.normalize('NFD'), '2024-11-20')).toBe('Quảng Bình, ngày 20 tháng 11 năm 2024');
  });
});
