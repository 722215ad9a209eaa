import { OUTGOING_REGISTER_COLUMNS } from '@qlvb/contracts';
import { outgoingRegisterEntry } from './outgoing-register.ts';

const document = {
  documentCode: '15/QĐ-STTTT',
  issuedOn: '2026-08-28',
  kindName: 'Quyết định',
  subject: 'Ban hành Quy chế quản lý văn bản',
  signerName: 'Nguyễn Văn A',
  recipientNames: ['UBND huyện Quảng Ninh', 'Sở Nội vụ'],
  copies: 2,
};

describe('register of outgoing documents', () => {
  it('NĐ30-A16-1: prints all ten columns of the form', () => {
    const columns = Object.keys(OUTGOING_REGISTER_COLUMNS);
    const entry = outgoingRegisterEntry({ ...document, transferredOn: '2026-08-29' });
    expect(Object.keys(entry)).toEqual(columns);
    expect(columns).toHaveLength(10);
    expect(entry).toMatchObject({
      issuedOn: '2026-08-28',
      kindAndSubject: 'Quyết định Ban hành Quy chế quản lý văn bản',
      recipients: 'UBND huyện Quảng Ninh; Sở Nội vụ',
      transferredOn: '2026-08-29',
    });
  });

  it('EX-NUM-3: a cancelled number keeps its line with the reason', () => {
    expect(outgoingRegisterEntry({ ...document, cancelledBecause: 'sai tên loại' }).note?.vi).toBe(
      'Hủy số: sai tên loại',
    );
  });
});
