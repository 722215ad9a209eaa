import { mm } from '../../page-geometry.ts';
import { omit, restyle, reword, rulesBrokenBy } from '../../testing/faulty-document.ts';
import type { Fault } from '../../testing/faulty-document.ts';
import { sampleDecision, sampleLetter } from '../../testing/sample-document.ts';

const SUBJECT = /^Về việc phân công|^vận hành Hệ thống quản lý văn|quản lý văn bản và điều hành$/;

describe('title', () => {
  it.each<[string, Fault]>([
    ['is missing', { text: omit('QUYẾT ĐỊNH') }],
    ['is in small letters', { text: reword('QUYẾT ĐỊNH', 'Quyết định') }],
    ['is not bold', { text: restyle('QUYẾT ĐỊNH', { style: 'regular' }) }],
    ['is not in the middle', { text: ({ text }) => (text === 'QUYẾT ĐỊNH' ? { x: mm(32) } : undefined) }],
  ])('NĐ30-PL1-II.5: the kind %s', async (_, fault) => {
    expect(await rulesBrokenBy(fault)).toEqual(['NĐ30-PL1-II.5']);
  });

  it.each<[string, Fault]>([
    ['is missing', { text: omit(SUBJECT) }],
    ['is not bold', { text: restyle(SUBJECT, { style: 'regular' }) }],
    ['has no rule', { rule: (_x0, _x1, y) => (y > mm(45) ? 'omit' : undefined) }],
  ])('NĐ30-PL1-II.5b: the abstract %s', async (_, fault) => {
    expect(await rulesBrokenBy(fault)).toEqual(['NĐ30-PL1-II.5b']);
  });

  it.each<[string, Fault]>([
    ['does not begin with V/v', { text: reword(/^V\/v /, '') }],
    ['is bold', { text: restyle(/^V\/v |^.*có ký số$/, { style: 'bold' }) }],
  ])('NĐ30-PL1-II.5c: the abstract of a letter %s', async (_, fault) => {
    expect(await rulesBrokenBy(fault, sampleLetter)).toEqual(['NĐ30-PL1-II.5c']);
  });

  it('NĐ30-PL1-III.2b: the stamp of urgency is missing, black, another one, or there without reason', async () => {
    expect(await rulesBrokenBy({ text: omit('HỎA TỐC') }, sampleLetter)).toEqual(['NĐ30-PL1-III.2b']);
    expect(await rulesBrokenBy({ text: restyle('HỎA TỐC', { colour: 'black' }) }, sampleLetter)).toEqual([
      'NĐ30-PL1-III.2b',
    ]);
    expect(await rulesBrokenBy({ text: reword('HỎA TỐC', 'KHẨN') }, sampleLetter)).toEqual(['NĐ30-PL1-III.2b']);
    const normal = { ...sampleDecision, urgency: 'normal' } as const;
    expect(await rulesBrokenBy({ document: { urgency: 'urgent' } }, sampleDecision, normal)).toEqual([
      'NĐ30-PL1-I.4',
      'NĐ30-PL1-III.2b',
    ]);
  });
});
