import { DomainError } from '@qlvb/shared-domain';
import type { ProblemKind } from '@qlvb/shared-domain';
import { classifyFailure, PoisonRecord } from './failure.ts';
import { defaultRetryPolicy, nextDelay } from './retry-policy.ts';

const text = { vi: 'lỗi', en: 'fault' };
const problem = (kind: ProblemKind): DomainError =>
  new DomainError({ code: 'a.b', kind, title: text, detail: text }, {});
const coded = (code: string): Error => Object.assign(new Error(code), { code });

describe('classifyFailure', () => {
  it.each<[string, unknown, string]>([
    ['an unreadable record', new PoisonRecord('x'), 'poison'],
    ['a broken rule', problem('invalid'), 'permanent'],
    ['something forbidden', problem('forbidden'), 'permanent'],
    ['what it refers to, not yet heard of', problem('unprocessable'), 'transient'],
    ['something not there yet', problem('not-found'), 'transient'],
    ['a conflict', problem('conflict'), 'transient'],
    ['a service that is away', problem('unavailable'), 'infrastructure'],
    ['a refused connection', coded('ECONNREFUSED'), 'infrastructure'],
    ['a database shutting down', coded('57P01'), 'infrastructure'],
    ['a full disk', coded('53100'), 'infrastructure'],
    ['a cancelled statement', coded('57014'), 'transient'],
    ['a deadlock', coded('40P01'), 'transient'],
    ['an outage as the cause', new Error('no', { cause: coded('ECONNRESET') }), 'infrastructure'],
    [
      'an outage inside a driver error',
      Object.assign(new Error('q'), { driverError: coded('08006') }),
      'infrastructure',
    ],
    ['a lost connection without a code', new Error('Connection terminated unexpectedly'), 'infrastructure'],
    ['a thrown string', 'oops', 'transient'],
  ])('calls %s by its kind', (_, error, kind) => {
    expect(classifyFailure(error)).toBe(kind);
  });
});

describe('nextDelay', () => {
  const failure = { kind: 'transient' as const, attempt: 1, blamedAttempts: 1, sinceFirstFailureMs: 0 };

  it('doubles up to the longest delay, between half and whole', () => {
    const delays = [1, 2, 3, 9].map((attempt) => nextDelay(defaultRetryPolicy, { ...failure, attempt }, () => 1));
    expect(delays).toEqual([200, 400, 800, 15_000]);
    expect(nextDelay(defaultRetryPolicy, failure, () => 0)).toBe(100);
  });

  it('ends at the bound, at once for poison, and by time for an outage', () => {
    expect(nextDelay(defaultRetryPolicy, { ...failure, blamedAttempts: 20 })).toBeUndefined();
    expect(nextDelay(defaultRetryPolicy, { ...failure, kind: 'poison' })).toBeUndefined();
    expect(nextDelay(defaultRetryPolicy, { ...failure, kind: 'permanent' })).toBeUndefined();
    const outage = { ...failure, kind: 'infrastructure' as const, attempt: 500, blamedAttempts: 0 };
    expect(nextDelay(defaultRetryPolicy, outage, () => 1)).toBe(15_000);
    expect(nextDelay(defaultRetryPolicy, { ...outage, sinceFirstFailureMs: 25 * 3_600_000 })).toBeUndefined();
  });
});
