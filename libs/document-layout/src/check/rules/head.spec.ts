import { mm } from '../../page-geometry.ts';
import { omit, restyle, reword, rulesBrokenBy } from '../../testing/faulty-document.ts';
import type { Fault } from '../../testing/faulty-document.ts';

const TITLE = 'CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM';
const MOTTO = 'Độc lập - Tự do - Hạnh phúc';
const PARENT = 'UBND TỈNH QUẢNG BÌNH';
const AGENCY = 'SỞ THÔNG TIN VÀ TRUYỀN THÔNG';

/** Changes the rules that stand in a part of the head. */
const ruleOn =
  (side: 'left' | 'right', change: readonly [number, number] | 'omit'): NonNullable<Fault['rule']> =>
  (x0, x1, y) => {
    const here = y < mm(40) && (side === 'left') === (x0 + x1) / 2 < mm(105);
    if (!here) return undefined;
    return change === 'omit' ? change : [x0 + change[0], x1 + change[1]];
  };

describe('head', () => {
  it.each<[string, Fault]>([
    ['is missing', { text: omit(TITLE) }],
    ['is not in capitals', { text: reword(TITLE, 'Cộng hòa xã hội chủ nghĩa Việt Nam') }],
    ['is not bold', { text: restyle(TITLE, { style: 'regular' }) }],
    ['is on the left', { text: ({ text }) => (text === TITLE ? { x: mm(30), baseline: mm(45) } : undefined) }],
  ])('NĐ30-PL1-II.1: the national title %s', async (_, fault) => {
    expect(await rulesBrokenBy(fault)).toEqual(['NĐ30-PL1-II.1']);
  });

  it.each<[string, Fault]>([
    ['is missing', { text: omit(MOTTO) }],
    ['is in italics', { text: restyle(MOTTO, { style: 'boldItalic' }) }],
    ['has no rule', { rule: ruleOn('right', 'omit') }],
    ['has a short rule', { rule: ruleOn('right', [50, -50]) }],
  ])('NĐ30-PL1-II.1b: the motto %s', async (_, fault) => {
    expect(await rulesBrokenBy(fault)).toEqual(['NĐ30-PL1-II.1b']);
  });

  it('NĐ30-PL1-T3: title and motto of sizes that do not belong together', async () => {
    expect(await rulesBrokenBy({ text: restyle(TITLE, { size: 13 }) })).toContain('NĐ30-PL1-T3');
  });

  it.each<[string, Fault]>([
    ['is missing', { text: omit(PARENT) }],
    ['is bold', { text: restyle(PARENT, { style: 'bold' }) }],
    ['is too large', { text: restyle(PARENT, { size: 14 }) }],
  ])('NĐ30-PL1-II.2: the parent agency %s', async (_, fault) => {
    expect(await rulesBrokenBy(fault)).toEqual(['NĐ30-PL1-II.2']);
  });

  it.each<[string, Fault]>([
    ['is missing', { text: omit(AGENCY) }],
    ['is another one', { text: reword(AGENCY, 'SỞ NỘI VỤ') }],
    ['is not bold', { text: restyle(AGENCY, { style: 'regular' }) }],
    ['has no rule', { rule: ruleOn('left', 'omit') }],
    ['has a rule over its whole width', { rule: ruleOn('left', [-60, 60]) }],
  ])('NĐ30-PL1-II.2b: the issuing agency %s', async (_, fault) => {
    expect(await rulesBrokenBy(fault)).toEqual(['NĐ30-PL1-II.2b']);
  });

  it.each<[string, Fault]>([
    ['has no "Số:"', { text: omit('Số: ') }],
    ['is bold', { text: restyle('Số: ', { style: 'bold' }) }],
    ['lacks a leading zero', { withoutFields: true, text: reword('Số: ', 'Số: 5/QĐ-STTTT') }],
    ['has blanks', { withoutFields: true, text: reword('Số: ', 'Số: 15 / QĐ - STTTT') }],
  ])('NĐ30-PL1-II.3c: the number %s', async (_, fault) => {
    const { withoutFields = false } = fault;
    expect(await rulesBrokenBy(fault)).toEqual(['NĐ30-PL1-II.3c', ...(withoutFields ? ['NĐ30-PL1-II.4'] : [])]);
  });

  it('NĐ30-PL1-II.3c NĐ30-PL1-II.4: nowhere to put number and date', async () => {
    expect(await rulesBrokenBy({ withoutFields: true })).toEqual(['NĐ30-PL1-II.3c', 'NĐ30-PL1-II.4']);
  });

  it.each<[string, Fault]>([
    ['has no place', { text: omit('Quảng Bình, ') }],
    ['is upright', { text: restyle('Quảng Bình, ', { style: 'regular' }) }],
    ['lacks a zero', { text: reword('Quảng Bình, ', 'Quảng Bình, ngày 5 tháng 3 năm 2024') }],
    ['has a zero too many', { text: reword('Quảng Bình, ', 'Quảng Bình, ngày 05 tháng 03 năm 2024') }],
  ])('NĐ30-PL1-II.4 NĐ30-PL1-T1: the line of place and date %s', async (_, fault) => {
    expect(await rulesBrokenBy(fault)).toEqual(['NĐ30-PL1-II.4']);
  });
});
