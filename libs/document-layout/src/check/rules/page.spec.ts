import { mm } from '../../page-geometry.ts';
import { drawFaulty, restyle, reword, omit, rulesBrokenBy } from '../../testing/faulty-document.ts';
import { longDecision, sampleDecision, sampleLetter } from '../../testing/sample-document.ts';
import { checkLayout, layoutFindings } from '../check-layout.ts';
import { findingText } from '../findings.ts';
import { readPdfFacts } from '../read-pdf.ts';

describe('page', () => {
  it.each([
    ['decision', sampleDecision],
    ['decision with an issued text', longDecision],
    ['letter', sampleLetter],
  ])('NĐ30-A12-2: a %s that is drawn right has no findings', async (_, document) => {
    expect((await checkLayout(await drawFaulty({}, document), document)).findings).toEqual([]);
  });

  it('NĐ30-A12-2: a document whose words were set one by one has no findings', async () => {
    for (const document of [sampleDecision, sampleLetter]) {
      expect(await rulesBrokenBy({ wordByWord: true }, document)).toEqual([]);
    }
  });

  it('NĐ30-PL1-I.1: paper other than A4 is an error, A4 landscape a warning', async () => {
    const letter = await checkLayout(await drawFaulty({ size: { width: 612, height: 842 } }), sampleDecision);
    expect(letter.findings.find(({ ruleId }) => ruleId === 'NĐ30-PL1-I.1')).toMatchObject({
      severity: 'error',
      page: 1,
    });
    const wide = await checkLayout(await drawFaulty({ size: { width: 841.89, height: 595.28 } }), sampleDecision);
    expect(wide.findings.find(({ ruleId }) => ruleId === 'NĐ30-PL1-I.1')).toMatchObject({ severity: 'warning' });
  });

  it('NĐ30-PL1-I.3: text that stands in a margin', async () => {
    const shifted = await rulesBrokenBy({
      text: ({ x }) => ({ x: x - mm(6) }),
      rule: (x0, x1) => [x0 - mm(6), x1 - mm(6)],
    });
    expect(shifted).toContain('NĐ30-PL1-I.3');
    const narrow = await checkLayout(
      await drawFaulty({ text: ({ text, x }) => (text.startsWith('Nơi nhận') ? { x: x - mm(8) } : undefined) }),
      sampleDecision,
    );
    expect(narrow.findings).toEqual([
      expect.objectContaining({ ruleId: 'NĐ30-PL1-I.3', code: 'margin-differs', part: 'left-margin', page: 1 }),
    ]);
  });

  it('NĐ30-PL1-I.3: margins that are wider than allowed', async () => {
    const inwards = await drawFaulty({ text: ({ x, baseline }) => ({ x: x + mm(8), baseline: baseline + mm(8) }) });
    const { findings } = await checkLayout(inwards, sampleDecision);
    expect(findings.filter(({ ruleId }) => ruleId === 'NĐ30-PL1-I.3').map((one) => findingText(one).vi)).toEqual([
      'Lề trên 28 mm, phải từ 20 mm đến 25 mm.',
      'Lề dưới 18 mm, phải từ 20 mm đến 25 mm.',
      'Lề trái 38 mm, phải từ 30 mm đến 35 mm.',
      'Lề phải 7 mm, phải từ 15 mm đến 20 mm.',
    ]);
  });

  it('NĐ30-PL1-I.4: another family, a font that is not embedded, coloured text', async () => {
    const facts = await readPdfFacts(await drawFaulty({}));
    expect(facts.fonts.map(({ name }) => name).sort()).toEqual([
      'Tinos-Bold',
      'Tinos-BoldItalic',
      'Tinos-Italic',
      'Tinos-Regular',
    ]);
    const arial = { ...facts, fonts: [{ name: 'Arial-BoldMT', embedded: true }] };
    expect(layoutFindings(arial, sampleDecision)).toMatchObject([{ ruleId: 'NĐ30-PL1-I.4', severity: 'warning' }]);
    const absent = { ...facts, fonts: [{ name: 'TimesNewRomanPSMT', embedded: false }] };
    expect(layoutFindings(absent, sampleDecision)).toMatchObject([{ ruleId: 'NĐ30-PL1-I.4', severity: 'error' }]);
    expect(await rulesBrokenBy({ text: restyle('QUYẾT ĐỊNH:', { colour: '#0000ff' }) })).toEqual(['NĐ30-PL1-I.4']);
  });

  it.each([
    ['is missing', omit('2')],
    ['is wrong', reword('2', '3')],
    ['is too small', restyle('2', { size: 11 })],
    ['is in italics', restyle('2', { style: 'italic' })],
    ['is not in the middle', ({ text }: { text: string }) => (text === '2' ? { x: mm(150) } : undefined)],
  ])('NĐ30-PL1-I.7: the page number %s', async (_, text) => {
    expect(await rulesBrokenBy({ text }, longDecision)).toEqual(['NĐ30-PL1-I.7']);
  });

  it('NĐ30-PL1-I.7: the first page bears no number', async () => {
    const text: Parameters<typeof drawFaulty>[0]['text'] = ({ text: drawn }) =>
      drawn.startsWith('UBND TỈNH') ? { text: '1', x: mm(105), baseline: mm(13) } : undefined;
    const expectations = { ...sampleDecision, parentAgency: undefined };
    expect(await rulesBrokenBy({ text }, sampleDecision, expectations)).toEqual(['NĐ30-PL1-I.7']);
  });
});
