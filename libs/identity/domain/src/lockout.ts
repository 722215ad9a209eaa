/** Settings of SEC-A07. */
export interface LockoutPolicy {
  readonly attempts: number;
  readonly windowMinutes: number;
  readonly lockMinutes: number;
}

export const defaultLockout: LockoutPolicy = { attempts: 5, windowMinutes: 15, lockMinutes: 15 };

export interface LoginRecord {
  readonly failedLogins: number;
  readonly firstFailureAt: Date | null;
  readonly lockedUntil: Date | null;
}

const MINUTE = 60_000;

/** Minutes a lock still lasts, rounded up; 0 when there is none. The right password is refused as well. @source SEC-A07 */
export function lockedMinutes(record: LoginRecord, now: Date): number {
  if (!record.lockedUntil) return 0;
  return Math.max(0, Math.ceil((record.lockedUntil.getTime() - now.getTime()) / MINUTE));
}

/** The record after one more wrong password. @source SEC-A07 */
export function afterFailure(record: LoginRecord, now: Date, policy: LockoutPolicy = defaultLockout): LoginRecord {
  const inWindow =
    record.firstFailureAt !== null && now.getTime() - record.firstFailureAt.getTime() < policy.windowMinutes * MINUTE;
  const failedLogins = inWindow ? record.failedLogins + 1 : 1;
  return {
    failedLogins,
    firstFailureAt: inWindow ? record.firstFailureAt : now,
    lockedUntil: failedLogins >= policy.attempts ? new Date(now.getTime() + policy.lockMinutes * MINUTE) : null,
  };
}
