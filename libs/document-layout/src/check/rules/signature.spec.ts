import { mm } from '../../page-geometry.ts';
import { omit, restyle, reword, rulesBrokenBy } from '../../testing/faulty-document.ts';
import type { Fault } from '../../testing/faulty-document.ts';
import { sampleLetter } from '../../testing/sample-document.ts';

const NAME = 'Nguyễn Hoàng Dương';

describe('end of the document', () => {
  it.each<[string, Fault]>([
    ['lacks the post', { text: omit('GIÁM ĐỐC') }],
    ['has the post in small letters', { text: reword('GIÁM ĐỐC', 'Giám đốc') }],
    ['has the post not bold', { text: restyle('GIÁM ĐỐC', { style: 'regular' }) }],
    ['lacks the name', { text: omit(NAME) }],
    ['has the name in capitals', { text: reword(NAME, NAME.toUpperCase()) }],
    ['has an academic title', { text: reword(NAME, `TS. ${NAME}`) }],
    [
      'has the name on the left',
      { text: ({ text }) => (text === NAME ? { x: mm(32), baseline: mm(280) } : undefined) },
    ],
  ])('NĐ30-PL1-II.7: the signature block %s', async (_, fault) => {
    expect(new Set(await rulesBrokenBy(fault))).toContain('NĐ30-PL1-II.7');
  });

  it.each<[string, Fault]>([
    ['is missing', { text: omit('Nơi nhận:') }],
    ['is not in italics', { text: restyle('Nơi nhận:', { style: 'bold' }) }],
    ['is too large', { text: restyle('Nơi nhận:', { size: 14 }) }],
  ])('NĐ30-PL1-II.9b: "Nơi nhận:" %s', async (_, fault) => {
    expect(await rulesBrokenBy(fault)).toEqual(['NĐ30-PL1-II.9b']);
  });

  it.each<[string, Fault]>([
    ['lack the file copy', { text: omit(/^- Lưu/) }],
    ['are too large', { text: restyle(/^- Sở/, { size: 13 }) }],
    ['are in italics', { text: restyle(/^- Sở/, { style: 'italic' }) }],
    ['end without semicolon', { text: reword(/Nội vụ;$/, 'Nội vụ') }],
    ['end without full stop', { text: reword(/CNTT\.$/, 'CNTT') }],
  ])('NĐ30-PL1-II.9c: the recipients %s', async (_, fault) => {
    expect(await rulesBrokenBy(fault)).toEqual(['NĐ30-PL1-II.9c']);
  });

  it('NĐ30-PL1-II.9c: the first recipient of a letter is "Như trên"', async () => {
    expect(await rulesBrokenBy({ text: omit('- Như trên;') }, sampleLetter)).toEqual(['NĐ30-PL1-II.9c']);
  });
});
