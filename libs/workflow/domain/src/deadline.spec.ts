import { workingCalendar } from '@qlvb/vietnam';
import { dueBasis, instructionDueAt, isOverdue, recountedDueAt, taskDueAt } from './deadline.ts';

const holidays = ['2026-08-31', '2026-09-01', '2026-09-02'].map((date) => ({
  date,
  kind: 'statutory' as const,
  name: 'Quốc khánh',
  status: 'decided' as const,
}));
const calendar = workingCalendar(holidays, [2026]);
const friday = new Date('2026-08-28T16:50:00+07:00');
const normal = { from: friday, openedAt: friday, urgency: 'normal', medium: 'electronic' } as const;

const endOf = (date: string): Date => new Date(`${date}T23:59:59.999+07:00`);

describe('task deadlines', () => {
  it('NĐ30-A24-2: working days skip weekends and holidays', () => {
    expect(taskDueAt({ workingDays: 1 }, normal, calendar)).toEqual(endOf('2026-09-03'));
    expect(taskDueAt({ workingDays: 5 }, normal, calendar)).toEqual(endOf('2026-09-09'));
  });

  it('NĐ30-A24-2: urgent documents are handled at once, on any day', () => {
    const tet = { ...normal, openedAt: new Date('2026-09-02T03:00:00+07:00'), urgency: 'flash' } as const;
    expect(taskDueAt({ workingDays: 5 }, tet, calendar)).toEqual(new Date('2026-09-02T03:15:00+07:00'));
  });

  it('NĐ30-A23-1 NĐ30-A23-2: presentation by the next working day, at once when urgent', () => {
    expect(taskDueAt('presentation', normal, calendar)).toEqual(endOf('2026-09-03'));
    expect(taskDueAt('presentation', { ...normal, urgency: 'urgent' }, calendar)).toEqual(
      new Date('2026-08-28T17:50:00+07:00'),
    );
  });

  it('EX-ISSUE-1: issue by the end of the next working morning', () => {
    expect(taskDueAt('issue', normal, calendar)).toEqual(new Date('2026-09-03T12:00:00+07:00'));
  });

  it('EX-ISSUE-1 NĐ30-A23-1: count from the signature and from the arrival, not from the task', () => {
    const later = { ...normal, openedAt: new Date('2026-09-04T09:00:00+07:00'), signedAt: friday, arrivedAt: friday };
    expect(taskDueAt('issue', later, calendar)).toEqual(new Date('2026-09-03T12:00:00+07:00'));
    expect(taskDueAt('presentation', later, calendar)).toEqual(endOf('2026-09-03'));
  });
});

describe('a deadline after the calendar changed', () => {
  const five = { workingDays: 5 };
  const promised = taskDueAt(five, normal, calendar);
  const longer = workingCalendar(
    [...holidays, ...['2026-09-03', '2026-09-04'].map((date) => ({ ...(holidays[0] as (typeof holidays)[0]), date }))],
    [2026],
  );

  it('CAL-6: is later by the days that are off now', () => {
    expect(recountedDueAt(promised, dueBasis(five, normal), longer)).toEqual(endOf('2026-09-11'));
  });

  it('CAL-6: is never earlier', () => {
    expect(recountedDueAt(promised, dueBasis(five, normal), workingCalendar([], [2026]))).toEqual(promised);
  });

  it('CAL-6: counts again from where the first count began', () => {
    const context = { ...normal, openedAt: new Date('2026-09-04T09:00:00+07:00'), signedAt: friday, arrivedAt: friday };
    for (const rule of ['issue', 'presentation'] as const) {
      const before = taskDueAt(rule, context, calendar);
      expect(recountedDueAt(before, dueBasis(rule, context), calendar)).toEqual(before);
      expect(recountedDueAt(before, dueBasis(rule, context), longer) > before).toBe(true);
    }
  });

  it('CAL-7: what is due at once, or on a named day, stays', () => {
    expect(dueBasis(five, { ...normal, urgency: 'flash' })).toBeUndefined();
    expect(recountedDueAt(promised, undefined, longer)).toEqual(promised);
  });
});

describe('deadline of an instruction', () => {
  it('NĐ30-A23-3: is a number of working days or a day that has not passed', () => {
    expect(instructionDueAt({ workingDays: 5 }, normal, calendar)).toEqual(endOf('2026-09-09'));
    expect(instructionDueAt({ dueOn: '2026-08-28' }, normal, calendar)).toEqual(endOf('2026-08-28'));
    expect(() => instructionDueAt({ dueOn: '2026-08-27' }, normal, calendar)).toThrow('has passed');
    expect(() => instructionDueAt({ workingDays: 1.5 }, normal, calendar)).toThrow('working days');
    expect(() => instructionDueAt({ workingDays: 1e9 }, normal, calendar)).toThrow('working days');
  });

  it('NĐ30-A24-2: may be left out for urgent documents only', () => {
    expect(() => instructionDueAt(undefined, normal, calendar)).toThrow('there is none');
    expect(instructionDueAt(undefined, { from: friday, urgency: 'veryUrgent' }, calendar)).toEqual(
      new Date('2026-08-28T17:20:00+07:00'),
    );
  });

  it('is overdue when done or still open after it', () => {
    const due = endOf('2026-09-09');
    expect(isOverdue(due, undefined, new Date('2026-09-10T00:00:00+07:00'))).toBe(true);
    expect(isOverdue(due, new Date('2026-09-09T10:00:00+07:00'), new Date('2026-12-01'))).toBe(false);
  });
});
