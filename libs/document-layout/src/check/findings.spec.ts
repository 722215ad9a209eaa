import { omit, restyle, findingsOf } from '../testing/faulty-document.ts';
import { FINDING_CODES, FINDINGS, findingText, PARTS } from './findings.ts';

const PLACE = /\{(\w+)\}/g;
const placesOf = (text: string): string[] => [...text.matchAll(PLACE)].map(([place]) => place).sort();

describe('what a finding about the layout says', () => {
  it.each(FINDING_CODES)('NĐ30-A12-2 F-53 %s names the same in both languages', (code) => {
    const { vi, en } = FINDINGS[code];
    expect(placesOf(vi)).toEqual(placesOf(en));
    const values = { found: '15', wanted: '13', least: '30', most: '35', font: 'Arial', text: 'GIÁM ĐỐC' };
    for (const said of Object.values(findingText({ code, part: 'authority', values }))) expect(said).not.toMatch(PLACE);
  });

  it('NĐ30-A12-2 F-53 is said in Vietnamese and in English, filled with what was found and what is wanted', async () => {
    const said = async (fault: Parameters<typeof findingsOf>[0]) => (await findingsOf(fault)).map(findingText);
    expect(await said({ text: restyle('UBND TỈNH QUẢNG BÌNH', { size: 14 }) })).toEqual([
      {
        vi: 'Tên cơ quan chủ quản: cỡ chữ 14, phải là 12-13.',
        en: 'Name of the parent agency: of size 14; it has to be 12-13.',
      },
    ]);
    expect(await said({ text: omit('Nơi nhận:') })).toEqual([
      { vi: '"Nơi nhận:": không tìm thấy.', en: 'Heading of the recipients: not found.' },
    ]);
  });

  it('NĐ30-A12-2 F-53 has words for every part', () => {
    for (const { vi, en } of Object.values(PARTS)) expect([vi, en]).not.toContain('');
  });
});
