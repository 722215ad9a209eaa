import { assertNormativeIssuable, assertPlanAcceptable, commonPlan, sequenceKey } from './numbering-plan.ts';
import type { NumberingPlan } from './numbering-plan.ts';

const plan: NumberingPlan = {
  year: 2026,
  groups: [
    { sequence: 'decisions', kinds: ['decision', 'directive'] },
    { sequence: 'rest', kinds: '*' },
  ],
};

describe('numbering plan', () => {
  it('NĐ30-A15-6: administrative kinds draw from the sequence that the head gave them', () => {
    expect(sequenceKey(plan, { kind: 'decision' })).toBe('administrative:decisions');
    expect(sequenceKey(plan, { kind: 'directive' })).toBe('administrative:decisions');
    expect(sequenceKey(plan, { kind: 'report' })).toBe('administrative:rest');
    expect(sequenceKey(commonPlan(2026), { kind: 'decision' })).toBe('administrative:common');
    expect(() => sequenceKey({ year: 2026, groups: plan.groups.slice(0, 1) }, { kind: 'report' })).toThrow('"Report"');
  });

  it('NĐ30-A15-4: normative documents have one sequence per kind', () => {
    expect(sequenceKey(plan, { kind: 'decision', isNormative: true })).toBe('normative:decision');
    expect(sequenceKey(plan, { kind: 'resolution', isNormative: true })).toBe('normative:resolution');
  });

  it('NĐ30-A15-5: a specialised document follows the sequence of its sector', () => {
    expect(sequenceKey(plan, { kind: 'decision', sectorSequence: 'xu-phat' })).toBe('sector:xu-phat');
  });

  it('NĐ30-PL1-II.3a: an advisory body numbers on its own', () => {
    expect(sequenceKey(plan, { kind: 'report', advisoryBodyId: 'b-1' })).toBe('body:b-1:administrative:rest');
  });

  it('NĐ30-A15-6: a plan changes from 1 January only and names no kind twice', () => {
    assertPlanAcceptable({ ...plan, year: 2027 }, 2026, false);
    assertPlanAcceptable(plan, 2026, false);
    expect(() => assertPlanAcceptable(plan, 2026, true)).toThrow('1 January');
    expect(() => assertPlanAcceptable({ ...plan, year: 2025 }, 2026, false)).toThrow('1 January');
    const doubled = [...plan.groups, { sequence: 'x', kinds: ['decision'] as const }];
    expect(() => assertPlanAcceptable({ year: 2027, groups: doubled }, 2026, false)).toThrow('"Decision"');
    expect(() => assertPlanAcceptable({ year: 2027, groups: [] }, 2026, false)).toThrow('no sequence');
  });

  it('NĐ30-A15-4, EX-NUM-2: normative documents are of three kinds and of councils and committees', () => {
    assertNormativeIssuable('decision', 'UBND');
    assertNormativeIssuable('resolution', 'HĐND');
    expect(() => assertNormativeIssuable('decision', 'STTTT')).toThrow('STTTT');
    expect(() => assertNormativeIssuable('report', 'UBND')).toThrow('"Report"');
  });
});
