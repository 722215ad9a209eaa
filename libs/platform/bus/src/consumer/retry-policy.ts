import type { FailureKind } from './failure.ts';

export interface RetryPolicy {
  /** Attempts in all before a record becomes a dead letter. */
  readonly attempts: number;
  readonly firstDelayMs: number;
  readonly longestDelayMs: number;
  /** A record is not to blame for a broken database: such failures are retried this long, whatever the attempts. */
  readonly infrastructureLimitMs: number;
}

export const defaultRetryPolicy: RetryPolicy = {
  attempts: 20,
  firstDelayMs: 200,
  longestDelayMs: 15_000,
  infrastructureLimitMs: 24 * 3_600_000,
};

export interface Failure {
  readonly kind: FailureKind;
  /** Attempts made so far, this one included. */
  readonly attempt: number;
  /** Attempts that failed for another reason than infrastructure, this one included. */
  readonly blamedAttempts: number;
  readonly sinceFirstFailureMs: number;
}

/** Milliseconds until the next attempt, or undefined when the record is to be dead-lettered. */
export function nextDelay(
  policy: RetryPolicy,
  failure: Failure,
  random: () => number = Math.random,
): number | undefined {
  if (failure.kind === 'poison' || failure.kind === 'permanent') return undefined;
  const exhausted =
    failure.kind === 'infrastructure'
      ? failure.sinceFirstFailureMs >= policy.infrastructureLimitMs
      : failure.blamedAttempts >= policy.attempts;
  if (exhausted) return undefined;
  const exponential = Math.min(policy.longestDelayMs, policy.firstDelayMs * 2 ** (failure.attempt - 1));
  return Math.round(exponential * (0.5 + random() / 2));
}
