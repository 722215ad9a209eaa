import { causes, isOutage } from '@qlvb/platform-faults';
import { DomainError } from '@qlvb/shared-domain';
import type { ProblemKind } from '@qlvb/shared-domain';

/** A record that can never be handled: not an event, or one that does not fit its declaration. */
export class PoisonRecord extends Error {
  constructor(reason: string, options?: ErrorOptions) {
    super(reason, options);
    this.name = 'PoisonRecord';
  }
}

/**
 * - `poison`, `permanent`: another attempt cannot help;
 * - `infrastructure`: the record is not to blame, something it needs is down;
 * - `transient`: anything else, worth a bounded number of attempts.
 */
export type FailureKind = 'poison' | 'permanent' | 'infrastructure' | 'transient';

/** The others are left out: what an event refers to may arrive later, on another topic or in the other lane. */
const PERMANENT: ReadonlySet<ProblemKind> = new Set<ProblemKind>([
  'invalid',
  'unauthenticated',
  'forbidden',
  'too-large',
  'unsupported-media-type',
]);

const UNAVAILABLE: ReadonlySet<ProblemKind> = new Set<ProblemKind>(['unavailable', 'timeout', 'too-many-requests']);

export function classifyFailure(error: unknown): FailureKind {
  for (const cause of causes(error)) {
    const kind = classifyOne(cause);
    if (kind) return kind;
  }
  return 'transient';
}

function classifyOne(error: Error): FailureKind | undefined {
  if (error instanceof PoisonRecord) return 'poison';
  if (error instanceof DomainError) {
    if (PERMANENT.has(error.kind)) return 'permanent';
    return UNAVAILABLE.has(error.kind) ? 'infrastructure' : undefined;
  }
  return isOutage(error) ? 'infrastructure' : undefined;
}
