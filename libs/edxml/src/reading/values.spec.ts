import { NOW } from '../testing/documents.ts';
import { bareContentId, padStatus, readDate, readFlag, readInstant, readInteger, valueOf } from './values.ts';

describe('values of received packages', () => {
  it.each([
    ['2018/09/28', '2018-09-28'],
    ['28/09/2018', '2018-09-28'],
    ['2018-09-28', '2018-09-28'],
    ['28-09-2018', '2018-09-28'],
    ['28.9.2018', '2018-09-28'],
    ['2018/9/8', '2018-09-08'],
    ['2018/09/28 16:35:56', '2018-09-28'],
    ['2018-09-28T23:30:00', '2018-09-28'],
    ['2018-09-28T23:30:00Z', '2018-09-29'],
    ['2018-09-28T23:30:00.123+07:00', '2018-09-28'],
    ['2018-09-28T23:30+0700', '2018-09-28'],
    ['1538092800000', '2018-09-28'],
    ['1945/01/01', '1945-01-01'],
    ['2031/12/31', '2031-12-31'],
  ])('R6 D12 %s is the day %s', (text, date) => {
    expect(readDate(text, NOW)).toBe(date);
  });

  it.each([
    '0034/09/28',
    '28/09/34',
    '2018/02/30',
    '2018/13/01',
    '31/04/2018',
    '1944/12/31',
    '2032/01/01',
    '2018',
    '2018/09',
    'hôm nay',
    '28 tháng 9 năm 2018',
    '2018/09/28 25:00:00',
    '2018/09/28 sáng',
    '99999999999999',
    '153809280000',
    '2018/09/28/01',
  ])('R6 D12 %s is no date', (text) => {
    expect(readDate(text, NOW)).toBeUndefined();
  });

  it.each([
    ['2018/06/20 16:35:56', '2018-06-20T09:35:56.000Z'],
    ['2018/06/20', '2018-06-19T17:00:00.000Z'],
    ['20/06/2018 7:05', '2018-06-20T00:05:00.000Z'],
    ['1529487356000', '2018-06-20T09:35:56.000Z'],
    ['2018-06-20T09:35:56Z', '2018-06-20T09:35:56.000Z'],
  ])('R6 %s is the instant %s: without a zone it is that of Vietnam', (text, iso) => {
    expect(readInstant(text, NOW)?.toISOString()).toBe(iso);
  });

  it.each(['', '  ', '\n\t', 'null', 'NULL', 'N/A', 'n/a', 'undefined'])('R5 D14 %j says nothing', (text) => {
    expect(valueOf(text)).toBeUndefined();
  });

  it('R5 D18 values are trimmed and composed', () => {
    expect(valueOf('\r\n  Tuâ\u0301n ')).toBe('Tuấn');
  });

  it('R7 D11 every leading cid: goes', () => {
    expect(['cid:209', '209', 'cid:cid:209', 'CID:209'].map(bareContentId)).toEqual(['209', '209', '209', '209']);
  });

  it('R11 D17 status codes have two digits', () => {
    expect(['1', '5', '01', '13', '999', 'x'].map(padStatus)).toEqual(['01', '05', '01', '13', '999', 'x']);
  });

  it('reads numbers and flags, and nothing else as such', () => {
    expect(['0', '71', '-1', '1.5', '', 'một', '1e3', '12345678901'].map(readInteger)).toEqual([
      0,
      71,
      ...Array.from({ length: 6 }),
    ]);
    expect(['true', 'FALSE', '1', '0', 'có'].map(readFlag)).toEqual([true, false, true, false, undefined]);
  });
});
