import { omit, restyle, reword, rulesBrokenBy } from '../../testing/faulty-document.ts';
import type { Fault } from '../../testing/faulty-document.ts';
import { sampleLetter } from '../../testing/sample-document.ts';

describe('body', () => {
  it.each<[string, Fault]>([
    ['is upright', { text: restyle(/^Căn cứ Luật/, { style: 'regular' }) }],
    ['does not end with a semicolon', { text: reword(/năm 2023;$/, 'năm 2023.') }],
    [
      'is the last and does not end with a full stop',
      { text: reword(/Công nghệ thông tin\.$/, 'Công nghệ thông tin;') },
    ],
  ])('NĐ30-PL1-II.6a: a legal basis %s', async (_, fault) => {
    expect(await rulesBrokenBy(fault)).toEqual(['NĐ30-PL1-II.6a']);
  });

  it.each<[string, Fault]>([
    ['is too small', { text: restyle(/^1\. Bảo đảm/, { size: 12 }) }],
    ['has no end mark', { text: reword(/\.\/\.$/, '.') }],
  ])('NĐ30-PL1-II.6e: the text %s', async (_, fault) => {
    expect(await rulesBrokenBy(fault)).toEqual(['NĐ30-PL1-II.6e']);
  });

  it.each<[string, Fault]>([
    ['does not say to whom it goes', { text: omit('Kính gửi: ') }],
    ['says it in bold', { text: restyle('Kính gửi: ', { style: 'bold' }) }],
  ])('NĐ30-PL1-II.9a: a letter %s', async (_, fault) => {
    expect(await rulesBrokenBy(fault, sampleLetter)).toEqual(['NĐ30-PL1-II.9a']);
  });
});
