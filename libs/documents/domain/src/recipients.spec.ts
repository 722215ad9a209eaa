import { assertRecipients } from './recipients.ts';
import type { Recipient } from './recipients.ts';

const district: Recipient = {
  name: 'UBND huyện Quảng Ninh',
  channel: 'exchange',
  agencyCode: 'H46.30',
  purpose: 'action',
};
const unit: Recipient = { name: 'Phòng Công nghệ thông tin', channel: 'internal', purpose: 'information' };
const check = (...recipients: Recipient[]): void => {
  assertRecipients(recipients, 'H46.14', (code) => code !== 'H46.99');
};

describe('recipients', () => {
  it('NĐ30-PL1-II.9c: a document names its recipients, each once', () => {
    check(district, unit);
    expect(() => check()).toThrow('there are none');
    expect(() => check(district, { ...district, name: 'Huyện Quảng Ninh' })).toThrow('twice');
    expect(() => check(unit, { ...unit, name: 'Phòng công nghệ thông tin ' })).toThrow('twice');
    expect(() => check({ ...unit, name: ' ' })).toThrow('no name');
  });

  it('QĐ28-A8-2: the exchange reaches living agencies with a code, never the sender itself', () => {
    expect(() => check({ ...district, agencyCode: undefined })).toThrow('no agency code');
    expect(() => check({ ...district, agencyCode: 'H46.99' })).toThrow('H46.99');
    expect(() => check({ ...district, agencyCode: 'H46.14' })).toThrow('itself');
  });
});
