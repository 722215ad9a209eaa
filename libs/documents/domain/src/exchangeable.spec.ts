import type { DomainError } from '@qlvb/shared-domain';
import { assertExchangeable, assertExchangeableReason } from './exchangeable.ts';
import type { ExchangeHeader } from './exchangeable.ts';

const header: ExchangeHeader = {
  subject: 'Về việc báo cáo kết quả',
  fileNames: ['Quyết định.pdf'],
  agencyName: 'Sở Thông tin và Truyền thông',
  placeOfIssue: 'Quảng Bình',
  signer: { fullName: 'Nguyễn Hoàng Dương', position: 'Giám đốc' },
  recipients: [{ name: 'Sở Nội vụ', agencyCode: 'H46.03' }, { name: 'Lưu: VT' }],
  codeNotation: 'QĐ-STTTT',
};

const faultsOf = (changes: Partial<ExchangeHeader>): string[] => {
  try {
    assertExchangeable({ ...header, ...changes }, 'draft');
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
    ['/body', { agencyName: 'x'.repeat(201) }],
    ['/body', { placeOfIssue: 'x'.repeat(51) }],
    ['/body/signerPostId', { signer: { fullName: 'x'.repeat(51), position: 'x' } }],
    ['/body/signerPosition', { signer: { fullName: 'x', position: 'x'.repeat(101) } }],
    ['/body', { codeNotation: 'x'.repeat(31) }],
    ['/body/recipients/1', { recipients: [...header.recipients.slice(0, 1), { name: 'x'.repeat(151) }] }],
  ])('is told by %s what is too long', (pointer, changes) => {
    expect(faultsOf(changes)).toEqual([pointer]);
  });

  it('does not bind what goes out on paper alone', () => {
    expect(faultsOf({ recipients: [{ name: 'x'.repeat(151) }], placeOfIssue: 'x'.repeat(51) })).toEqual([]);
  });
});

describe('F-20 texts that the exchange does not take', () => {
  it.each<[string, string, Partial<ExchangeHeader>]>([
    ['/body/subject', 'direction-mark', { subject: 'Về việc \u2068Nguyễn Văn A\u2069 báo cáo kết quả' }],
    ['/body/subject', 'says-nothing', { subject: 'N/A' }],
    ['/body/subject', 'state-secret', { subject: '(MẬT) Về việc diễn tập' }],
    ['/body/recipients/0', 'direction-mark', { recipients: [{ name: 'Sở \u2067Nội vụ', agencyCode: 'H46.03' }] }],
    ['/body/recipients/0', 'state-secret', { recipients: [{ name: 'Độ mật: Mật', agencyCode: 'H46.03' }] }],
    ['/body/signerPostId', 'control-character', { signer: { fullName: 'Nguyễn\u0000An', position: 'Giám đốc' } }],
    ['/body/signerPosition', 'missing', { signer: { fullName: 'Nguyễn An', position: '  ' } }],
    ['/body', 'not-unicode', { placeOfIssue: 'Quảng \ud800Bình' }],
    ['/body', 'not-a-character', { agencyName: 'Sở \uffff' }],
    ['/body/mainFileId', 'state-secret', { fileNames: ['Phương án (Mật).pdf'] }],
  ])('F-20 QĐ28-A10-1 %s is a %s while the document is drafted', (pointer, code, changes) => {
    try {
      assertExchangeable({ ...header, ...changes }, 'draft');
      throw new Error('accepted');
    } catch (error) {
      expect((error as DomainError).faults).toMatchObject([{ pointer, code }]);
    }
  });

  it.each([
    ['direction-mark', 'Sai \u2068nơi\u2069 nhận rồi'],
    ['control', 'Sai nơi\u0000 nhận rồi'],
    ['secret', '(MẬT) tài liệu gửi nhầm'],
    ['secret', 'Độ mật: Mật, gửi nhầm kênh'],
    ['long', 'x'.repeat(500)],
  ])('F-20 QĐ28-A5-4 a reason with a %s is refused at once', (_kind, explanation) => {
    expect(() => {
      assertExchangeableReason('OTHER', explanation);
    }).toThrow('documents.refusal-invalid');
    assertExchangeableReason('OTHER', 'Gửi\tnhầm\nnơi nhận');
  });
});
