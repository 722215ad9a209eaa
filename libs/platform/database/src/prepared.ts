import { createHash } from 'node:crypto';
import pg from 'pg';

/**
 * Comment of a query (`builder.comment(PREPARED)`) that is planned once per connection and then run as a prepared statement: for
 * queries that are asked all the time and cost more to plan than to run.
 */
export const PREPARED = 'prepared';

const MARK = `/* ${PREPARED} */`;
/** Texts that one connection keeps prepared; further ones are planned each time. */
const MAX_PREPARED = 200;

type Query = (text: unknown, values?: unknown, callback?: unknown) => unknown;

/** A connection that gives a name to what is marked with `PREPARED`. */
export class PreparingClient extends pg.Client {
  readonly #names = new Map<string, string>();

  override query = ((text, values, callback) => {
    const name = typeof text === 'string' && Array.isArray(values) ? this.#nameOf(text) : undefined;
    const query = super.query.bind(this) as Query;
    return name === undefined ? query(text, values, callback) : query({ name, text, values }, callback);
  }) as Query as pg.Client['query'];

  #nameOf(text: string): string | undefined {
    if (!text.startsWith(MARK)) return undefined;
    const known = this.#names.get(text);
    if (known !== undefined || this.#names.size >= MAX_PREPARED) return known;
    const name = `prepared_${createHash('sha256').update(text).digest('hex').slice(0, 24)}`;
    this.#names.set(text, name);
    return name;
  }
}
