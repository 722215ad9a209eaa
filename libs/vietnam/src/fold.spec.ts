import { foldText } from './fold.ts';

describe('text without marks', () => {
  it.each([
    ['hòa', 'hoà'],
    ['hóa', 'hoá'],
    ['thủy', 'thuỷ'],
    ['Lệ Thủy', 'Lệ Thuỷ'],
    ['Tuyên Hóa', 'Tuyên Hoá'],
    ['lũy', 'luỹ'],
    ['khỏe', 'khoẻ'],
    ['tòa', 'toà'],
    ['họa', 'hoạ'],
    ['quý', 'quy'],
    ['Đồng', 'đồng'],
    ['Ủy', 'ủy'],
    ['ấn', 'ân'],
    ['Ơ', 'o'],
    ['Ư', 'u'],
    ['Ê', 'e'],
    ['Ô', 'o'],
    ['Ă', 'a'],
    ['đường', 'duong'],
    ['việt'.normalize('NFD'), 'việt'],
  ])('CHR-05 %s and %s match', (a, b) => {
    expect(foldText(a)).toBe(foldText(b));
  });

  it('CHR-05 keeps digits, spaces and signs', () => {
    expect(foldText('Số 05/QĐ-UBND, ngày 05 tháng 01')).toBe('so 05/qd-ubnd, ngay 05 thang 01');
  });
});
