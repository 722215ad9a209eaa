import type { DomainError } from '@qlvb/shared-domain';
import { assertExchangeable } from './exchangeable.ts';
import type { ExchangeHeader } from './exchangeable.ts';

const header: ExchangeHeader = {
  agencyName: 'Sở Thông tin và Truyền thông',
  placeOfIssue: 'Quảng Bình',
  signer: { fullName: 'Nguyễn Hoàng Dương', position: 'Giám đốc' },
  recipients: [{ name: 'Sở Nội vụ', agencyCode: 'H46.03' }, { name: 'Lưu: VT' }],
  codeNotation: 'QĐ-STTTT',
};

const faultsOf = (changes: Partial<ExchangeHeader>): string[] => {
  try {
    assertExchangeable({ ...header, ...changes });
    return [];
  } catch (error) {
    return (error as DomainError).faults.map(({ pointer }) => pointer);
  }
};

describe('QĐ28-A10-1: what the exchange takes', () => {
  it('is what fits into a package, to the last character', () => {
    expect(faultsOf({})).toEqual([]);
    expect(faultsOf({ placeOfIssue: '𝄞'.repeat(50), codeNotation: 'Đ'.repeat(30) })).toEqual([]);
  });

  it.each<[string, Partial<ExchangeHeader>]>([
    ['/agencyName', { agencyName: 'x'.repeat(201) }],
    ['/placeOfIssue', { placeOfIssue: 'x'.repeat(51) }],
    ['/signer/fullName', { signer: { fullName: 'x'.repeat(51), position: '' } }],
    ['/signer/position', { signer: { fullName: '', position: 'x'.repeat(101) } }],
    ['/codeNotation', { codeNotation: 'x'.repeat(31) }],
    ['/recipients/1/name', { recipients: [...header.recipients.slice(0, 1), { name: 'x'.repeat(151) }] }],
  ])('is told by %s what is too long', (pointer, changes) => {
    expect(faultsOf(changes)).toEqual([pointer]);
  });

  it('does not bind what goes out on paper alone', () => {
    expect(faultsOf({ recipients: [{ name: 'x'.repeat(151) }], placeOfIssue: 'x'.repeat(51) })).toEqual([]);
  });
});
