import { afterFailure, lockedMinutes } from './lockout.ts';
import type { LoginRecord } from './lockout.ts';

const at = (minute: number): Date => new Date(Date.UTC(2026, 10, 23, 1, minute));
const none: LoginRecord = { failedLogins: 0, firstFailureAt: null, lockedUntil: null };
const fail = (times: number, minute = 0): LoginRecord =>
  Array.from({ length: times }).reduce<LoginRecord>((record) => afterFailure(record, at(minute)), none);

describe('SEC-A07 wrong logins lock the account for a while', () => {
  it('SEC-A07 four failures do not lock, the fifth does, for fifteen minutes', () => {
    expect(lockedMinutes(fail(4), at(0))).toBe(0);
    expect(lockedMinutes(fail(5), at(0))).toBe(15);
    expect(lockedMinutes(fail(5), at(14))).toBe(1);
    expect(lockedMinutes(fail(5), at(15))).toBe(0);
  });

  it('SEC-A07 failures outside the window start a new count', () => {
    const record = afterFailure(fail(4), at(16));
    expect(record).toEqual({ failedLogins: 1, firstFailureAt: at(16), lockedUntil: null });
  });
});
