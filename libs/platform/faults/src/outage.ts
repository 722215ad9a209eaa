const NETWORK =
  /^(ECONNREFUSED|ECONNRESET|ECONNABORTED|EPIPE|ETIMEDOUT|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|ENOSPC|EMFILE)$/;

/** SQLSTATE classes: connection exception, insufficient resources, operator intervention (not: cancelled statement), I/O. */
const POSTGRES = /^(08\w{3}|53\w{3}|57P\d\d|58\w{3})$/;

/** What the pg client says, without a code, when its connection goes away. */
const CONNECTION_LOST = /Connection terminated|Client has encountered a connection error|timeout exceeded when trying/;

/** True when this very error, its causes aside, says that something the service needs is down or out of reach. */
export function isOutage(error: Error): boolean {
  const code = (error as NodeJS.ErrnoException).code;
  return (
    (typeof code === 'string' && (NETWORK.test(code) || POSTGRES.test(code))) || CONNECTION_LOST.test(error.message)
  );
}

/** SQLSTATE of values that PostgreSQL cannot read: a date that is none, a number too large, a text it has no letters for. */
const BAD_VALUE = /^22(003|007|008|021|P02|P05)$/;

/** True when this very error says that a value was no value for the database: what came in was not what it should be. */
export const isBadValue = (error: Error): boolean => BAD_VALUE.test(String((error as NodeJS.ErrnoException).code));

/** The error, what caused it and what TypeORM wraps, outermost first. */
export function* causes(error: unknown): Generator<Error> {
  for (let current: unknown = error, depth = 0; current instanceof Error && depth < 5; depth += 1) {
    yield current;
    current = current.cause ?? (current as { driverError?: unknown }).driverError;
  }
}
