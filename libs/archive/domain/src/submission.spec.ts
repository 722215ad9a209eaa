import { isForSubmission, assertForSubmission, submissionClocks } from './submission-clock.ts';
import { performSubmissionAct, recordStatusOf, submissionCode } from './submission-state.ts';

const work = (endedOn: string) => submissionClocks({ endedOn, isBasicConstruction: false });

describe('submission clocks', () => {
  it('V9, NĐ30-A30-1, LL24-1: reminded by the decree, overdue by the law', () => {
    const clocks = work('2025-07-01');
    expect(clocks).toEqual({ remindFrom: '2026-06-01', dueOn: '2026-07-01', lastDayOn: '2026-12-31' });
  });

  it('LAW-2: basic construction has three months from final settlement', () => {
    expect(submissionClocks({ endedOn: '2025-11-30', isBasicConstruction: true }).dueOn).toBe('2026-02-28');
    expect(work('2028-02-29').dueOn).toBe('2029-02-28');
  });

  it('NĐ30-A31-2, LAW-15: offers what is kept for five years or more', () => {
    expect(isForSubmission({ kind: 'years', years: 5 })).toBe(true);
    expect(isForSubmission({ kind: 'permanent' })).toBe(true);
    expect(isForSubmission({ kind: 'until', event: 'hết hiệu lực' })).toBe(true);
    expect(() => assertForSubmission({ kind: 'years', years: 4 })).toThrow('archive.not-for-submission');
  });
});

describe('submission request', () => {
  it('NĐ30-A30-2: is packed, checked, then accepted or returned', () => {
    expect(performSubmissionAct('packing', 'pack', ['system'])).toBe('submitted');
    const checking = performSubmissionAct('submitted', 'check', ['archivist']);
    const accepting = performSubmissionAct(checking, 'accept', ['archivist']);
    expect(performSubmissionAct(accepting, 'take', ['system'])).toBe('accepted');
    expect(() => performSubmissionAct(checking, 'accept', ['maker'])).toThrow('archive.act-not-yours');
    expect(() => performSubmissionAct('submitted', 'accept', ['archivist'])).toThrow('Submitted');
    expect(() => performSubmissionAct('packing', 'check', ['archivist'])).toThrow('Being packed');
    expect(() => performSubmissionAct(checking, 'return', ['archivist'])).toThrow('archive.reason-required');
    expect(performSubmissionAct(checking, 'return', ['archivist'], 'thiếu mục lục')).toBe('returned');
  });

  it('F-61, F-62: what failed, and what takes too long, has a way on and a way back', () => {
    const failed = performSubmissionAct('packing', 'fail', ['system']);
    expect(performSubmissionAct(failed, 'retry', ['maker'])).toBe('packing');
    expect(performSubmissionAct(failed, 'withdraw', ['maker'])).toBe('withdrawn');
    expect(performSubmissionAct('packing', 'withdraw', ['maker'])).toBe('withdrawn');
    expect(performSubmissionAct('accepting', 'stop', ['archivist'])).toBe('submitted');
    const unaccepted = performSubmissionAct('accepting', 'fail', ['system']);
    expect(performSubmissionAct(unaccepted, 'check', ['archivist'])).toBe('checking');
    expect(() => performSubmissionAct('accepted', 'stop', ['archivist'])).toThrow('Accepted');
  });

  it('SUB-21: what was returned is a new batch of the same request', () => {
    expect([recordStatusOf(1), recordStatusOf(2)]).toEqual(['NEW', 'REPLACEMENT']);
  });

  it('SUB-7: has a registration code', () => {
    expect(submissionCode('H46.13', 2026, 7)).toBe('NL.H46.13.2026.0007');
  });
});
