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

/** `not-found` and `conflict` are left out: what an event refers to may arrive later on another topic. */
const PERMANENT: ReadonlySet<ProblemKind> = new Set<ProblemKind>([
  'invalid',
  'unauthenticated',
  'forbidden',
  'too-large',
  'unsupported-media-type',
  'unprocessable',
]);

const UNAVAILABLE: ReadonlySet<ProblemKind> = new Set<ProblemKind>(['unavailable', 'timeout', 'too-many-requests']);

const NETWORK =
  /^(ECONNREFUSED|ECONNRESET|ECONNABORTED|EPIPE|ETIMEDOUT|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|ENOSPC|EMFILE)$/;

/** SQLSTATE classes: connection exception, insufficient resources, operator intervention (not: cancelled statement), I/O. */
const POSTGRES = /^(08\w{3}|53\w{3}|57P\d\d|58\w{3})$/;

/** What the pg client says, without a code, when its connection goes away. */
const CONNECTION_LOST = /Connection terminated|Client has encountered a connection error|timeout exceeded when trying/;

export function classifyFailure(error: unknown): FailureKind {
  for (let current: unknown = error, depth = 0; current instanceof Error && depth < 5; depth += 1) {
    const kind = classifyOne(current);
    if (kind) return kind;
    current = current.cause ?? (current as { driverError?: unknown }).driverError;
  }
  return 'transient';
}

function classifyOne(error: Error): FailureKind | undefined {
  if (error instanceof PoisonRecord) return 'poison';
  if (error instanceof DomainError) {
    if (PERMANENT.has(error.kind)) return 'permanent';
    return UNAVAILABLE.has(error.kind) ? 'infrastructure' : undefined;
  }
  const code = (error as NodeJS.ErrnoException).code;
  if (typeof code === 'string' && (NETWORK.test(code) || POSTGRES.test(code))) return 'infrastructure';
  return CONNECTION_LOST.test(error.message) ? 'infrastructure' : undefined;
}
