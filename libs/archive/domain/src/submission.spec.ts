import { isForSubmission, requireForSubmission, submissionClocks } from './submission-clock.ts';
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
    expect(() => requireForSubmission({ kind: 'years', years: 4 })).toThrow('archive.not-for-submission');
  });
});

describe('submission request', () => {
  it('NĐ30-A30-2: is checked, then accepted or returned', () => {
    const checking = performSubmissionAct({ state: 'submitted', batch: 1 }, 'check', ['archivist']);
    expect(performSubmissionAct(checking, 'accept', ['archivist'])).toEqual({ state: 'accepted', batch: 1 });
    expect(() => performSubmissionAct(checking, 'accept', ['maker'])).toThrow('archive.act-not-yours');
    expect(() => performSubmissionAct({ state: 'submitted', batch: 1 }, 'accept', ['archivist'])).toThrow(
      'submission is "Submitted"',
    );
    expect(() => performSubmissionAct(checking, 'return', ['archivist'])).toThrow('archive.reason-required');
  });

  it('SUB-21: what was returned is a new batch of the same request', () => {
    const returned = performSubmissionAct({ state: 'checking', batch: 1 }, 'return', ['archivist'], 'thiếu mục lục');
    expect(performSubmissionAct(returned, 'resubmit', ['maker'])).toEqual({ state: 'submitted', batch: 2 });
    expect([recordStatusOf(1), recordStatusOf(2)]).toEqual(['NEW', 'REPLACEMENT']);
  });

  it('SUB-7: has a registration code', () => {
    expect(submissionCode('H46.13', 2026, 7)).toBe('NL.H46.13.2026.0007');
  });
});
