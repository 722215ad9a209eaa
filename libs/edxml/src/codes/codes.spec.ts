import { agencyCodeScheme, guessCurrentCode, isExchangeCode, recipientAgencies } from './agency-code.ts';
import {
  BUSINESS_TYPES,
  businessCode,
  businessType,
  PRIORITIES,
  priorityOf,
  RECEIVER_CHANGES,
  STATUSES,
  statusOf,
} from './code-lists.ts';

describe('agency codes in both forms', () => {
  it.each([
    ['000.00.00.H46', 'qcvn-2016', 'H46'],
    ['000.00.12.H46', 'qcvn-2016', 'H46.12'],
    ['000.03.15.H46', 'qcvn-2016', 'H46.15.03'],
    ['28.22.H17', 'qcvn-2016', 'H17.22.28'],
    ['000.00.00.a53', 'qcvn-2016', 'A53'],
    ['H46.15.03', 'qd-20', 'H46.15.03'],
    [' h46.15 ', 'qd-20', 'H46.15'],
    ['H37.DN.001', 'qd-20', 'H37.DN.001'],
    ['02.29.W00', 'hub', '02.29.W00'],
    ['120100000000', 'other', '120100000000'],
    ['vxp.saas.03', 'other', 'VXP.SAAS.03'],
    ['001.00.20.TT2', 'other', '001.00.20.TT2'],
  ])('%s is of scheme %s and compares as %s', (code, scheme, current) => {
    expect([agencyCodeScheme(code), guessCurrentCode(code)]).toEqual([scheme, current]);
  });

  it.each(['', 'H46.', '.H46', 'H46 11', 'H46-11', 'Sở Nội vụ', 'a'.repeat(36), '1.2.3.4.5.6.7'])(
    '%j cannot be a code',
    (code) => {
      expect(isExchangeCode(code)).toBe(false);
    },
  );

  it('R10 D15 codes of one agency stand together, the current form speaks for them', () => {
    const recipients = [
      { agencyCode: '000.00.00.G12', name: 'Bộ tài chính (Mã cũ) (qd20)' },
      { agencyCode: 'H46.67', name: 'UBND huyện Quảng Ninh' },
      { agencyCode: 'G12', name: 'Bộ Tài chính' },
      { name: 'không có mã' },
    ];
    expect(recipientAgencies(recipients)).toEqual([
      { code: 'G12', codes: ['000.00.00.G12', 'G12'], name: 'Bộ Tài chính', isGuess: true },
      { code: 'H46.67', codes: ['H46.67'], name: 'UBND huyện Quảng Ninh', isGuess: false },
    ]);
  });

  it('R10 a known alias decides before the rule', () => {
    const known = new Map([
      ['000.00.07.H46', 'so-noi-vu'],
      ['H46.12', 'so-noi-vu'],
      ['H46.07', 'so-y-te'],
    ]);
    const agencies = recipientAgencies(
      [{ agencyCode: '000.00.07.H46' }, { agencyCode: 'h46.12' }, { agencyCode: 'H46.07' }],
      (code) => known.get(code),
    );
    expect(agencies.map(({ codes, isGuess }) => [codes, isGuess])).toEqual([
      [['000.00.07.H46', 'h46.12'], false],
      [['H46.07'], false],
    ]);
  });
});

describe('code lists', () => {
  it('R8 business types have codes 0 to 3 and nothing else', () => {
    expect(BUSINESS_TYPES.map(({ code }) => code)).toEqual([0, 1, 2, 3]);
    expect(BUSINESS_TYPES.every(({ key, code }) => businessType(businessCode(key)) === key && code < 4)).toBe(true);
    expect([businessType(4), businessType(Number.NaN)]).toEqual([undefined, undefined]);
  });

  it('statuses: nine codes, one of them sent by the sender, three with a reason', () => {
    expect(STATUSES.map(({ code }) => code)).toEqual(['01', '02', '03', '04', '05', '06', '13', '15', '16']);
    expect(STATUSES.filter(({ sentBy }) => sentBy === 'sender').map(({ code }) => code)).toEqual(['13']);
    expect(STATUSES.filter(({ needsReason }) => needsReason).map(({ code }) => code)).toEqual(['02', '13', '16']);
    expect(statusOf('07')).toBeUndefined();
  });

  it('priorities come as code or as the Vietnamese word of older forms', () => {
    expect(['0', '4', 'Hoả tốc', 'THƯỢNG KHẨN', 'Hỏa tốc  hẹn giờ', '5', ''].map(priorityOf)).toEqual([
      'normal',
      'flashByHour',
      'flash',
      'veryUrgent',
      'flashByHour',
      undefined,
      undefined,
    ]);
    expect([PRIORITIES.length, RECEIVER_CHANGES.length]).toEqual([5, 2]);
  });
});
