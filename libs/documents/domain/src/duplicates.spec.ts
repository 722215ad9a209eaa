import { assertDuplicatesConfirmed, isPossibleDuplicate } from './duplicates.ts';

const arrived = { documentId: 'H46.14,2026,15', code: '05/QĐ-STTTT', issuerName: 'Sở Thông tin và Truyền thông' };

describe('possible duplicates', () => {
  it('NĐ30-PL6-F1h: the same document id', () => {
    expect(isPossibleDuplicate(arrived, { ...arrived, code: '1/X', issuerName: 'Sở khác' })).toBe(true);
  });

  it('NĐ30-PL6-F1h: number, symbol and issuer all equal, however they are written', () => {
    const other = { documentId: 'x', code: 'Số: 5/QĐ-STTTT', issuerName: 'SỞ THÔNG TIN VÀ TRUYỀN THÔNG' };
    expect(isPossibleDuplicate(arrived, other)).toBe(true);
    expect(isPossibleDuplicate(arrived, { ...other, code: '06/QĐ-STTTT' })).toBe(false);
    expect(isPossibleDuplicate(arrived, { ...other, code: '05/TB-STTTT' })).toBe(false);
    expect(isPossibleDuplicate(arrived, { ...other, issuerName: 'Sở Nội vụ' })).toBe(false);
    expect(isPossibleDuplicate({ code: '', issuerName: 'A' }, { code: '', issuerName: 'A' })).toBe(false);
  });

  it('NĐ30-PL6-F1h: the clerk decides', () => {
    const known = [{ ...arrived, arrivalNumber: 812 }];
    expect(() => {
      assertDuplicatesConfirmed(arrived, known, false);
    }).toThrow('812');
    assertDuplicatesConfirmed(arrived, known, true);
    assertDuplicatesConfirmed(arrived, [], false);
  });
});
