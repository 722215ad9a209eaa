import { createHash } from 'node:crypto';
import { z } from 'zod';
import { CursorInvalid } from '../problems/http.problems.ts';

/** Query members of every list: spread them into the operation's query schema. */
export const pageQuery = {
  limit: z.int().min(1).max(100).default(20).describe('Items per page'),
  cursor: z.string().min(1).max(2_000).optional().describe('Where the page begins: `nextCursor` of the answer before'),
};

/** Totals are exact up to here; above it is said that there are more ("trên 1.000"). */
export const COUNTED_UP_TO = 1_000;

const ListTotal = z
  .object({
    value: z.int().describe('Number of items, exact up to 1,000'),
    more: z.boolean().describe('Whether there are more than that'),
  })
  .meta({ id: 'ListTotal' });
type ListTotal = z.output<typeof ListTotal>;

export interface Page<T> {
  readonly items: T[];
  readonly nextCursor: string | null;
  /** Of the whole list, as it was when its first page was asked for. */
  readonly total: ListTotal;
}

/** The answer of a list of `item`. */
export const pageOf = <T extends z.ZodType>(item: T) =>
  z.object({ items: z.array(item), nextCursor: z.string().nullable(), total: ListTotal });

export type SortKeys = readonly (string | number | boolean | null)[];

/** Sort keys of a list in the order of its ids. */
export const BY_ID = { keys: z.tuple([z.uuid()]), keysOf: (row: { readonly id: string }): SortKeys => [row.id] };

/** Sort keys of a list in the order of a time of its rows, then of their ids. */
export const byTime = <Name extends string>(name: Name) => ({
  keys: z.tuple([z.string(), z.uuid()]),
  keysOf: (row: Readonly<Record<Name, Date>> & { readonly id: string }): SortKeys => [row[name].toISOString(), row.id],
});

export interface KeysetRequest {
  readonly limit: number;
  readonly cursor?: string | undefined;
}

/** Rows of a list and how many there are, as far as a limit. */
export interface KeysetRows<Row> {
  readonly take: (limit: number) => Promise<readonly Row[]>;
  readonly count: (limit: number) => Promise<number>;
}

export interface KeysetList<Row, Keys extends SortKeys> {
  /** What the cursor is made for, filters and order: another list refuses it. */
  readonly scope: Readonly<Record<string, unknown>>;
  readonly keys: z.ZodType<Keys>;
  /** The sort keys of a row, in the order of the list, the last one unique. */
  readonly keysOf: (row: Row) => SortKeys;
  /** The query of the list, in its order, behind the row with the keys `after`; without them from the beginning. */
  readonly query: (after: Keys | undefined) => ListQuery<Row> | KeysetRows<Row>;
}

/**
 * One page of a list. The cursor holds the sort keys of the last item, so that a page costs the same wherever it lies, and
 * the total of the first page: it is counted once for a walk through the list, and not at all when the first page is all.
 *
 * @throws CursorInvalid for a cursor of another list, or one that nobody made here
 */
export async function keysetPage<Row, Keys extends SortKeys>(
  { limit, cursor }: KeysetRequest,
  list: KeysetList<Row, Keys>,
): Promise<Page<Row>> {
  const from = cursor === undefined ? undefined : decodeCursor(cursor, list);
  const rows = await rowsOf(list.query(from?.after)).take(limit + 1);
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  if (rows.length <= limit || last === undefined) {
    return { items, nextCursor: null, total: from?.total ?? { value: items.length, more: false } };
  }
  const total = from?.total ?? totalOf(await rowsOf(list.query(undefined)).count(COUNTED_UP_TO + 1));
  return { items, nextCursor: encodeCursor(list.keysOf(last), total, list.scope), total };
}

const totalOf = (counted: number): ListTotal => ({
  value: Math.min(counted, COUNTED_UP_TO),
  more: counted > COUNTED_UP_TO,
});

/** What is used of TypeORM's query builder. */
interface ListQuery<Row> {
  limit(count: number): ListQuery<Row>;
  getMany(): Promise<Row[]>;
  select(expression: string, name: string): ListQuery<Row>;
  orderBy(): ListQuery<Row>;
  getRawMany(): Promise<unknown[]>;
}

const rowsOf = <Row>(query: ListQuery<Row> | KeysetRows<Row>): KeysetRows<Row> =>
  'getMany' in query
    ? {
        take: (limit) => query.limit(limit).getMany(),
        count: async (limit) => (await query.select('1', 'one').orderBy().limit(limit).getRawMany()).length,
      }
    : query;

interface OrderedQuery {
  andWhere(condition: string, parameters: Record<string, unknown>): unknown;
  orderBy(column: string, direction: 'ASC' | 'DESC'): unknown;
  addOrderBy(column: string, direction: 'ASC' | 'DESC'): unknown;
}

/** Orders a query and lets it begin behind the row with the keys `after`. */
export function inOrder<Query extends OrderedQuery>(
  query: Query,
  direction: 'ASC' | 'DESC',
  columns: readonly string[],
  after: SortKeys | undefined,
): Query {
  if (after) {
    const names = columns.map((_, index) => `:after${index}`).join(', ');
    const beyond = direction === 'ASC' ? '>' : '<';
    query.andWhere(
      `(${columns.join(', ')}) ${beyond} (${names})`,
      Object.fromEntries(after.map((key, index) => [`after${index}`, key])),
    );
  }
  columns.forEach((column, index) =>
    index === 0 ? query.orderBy(column, direction) : query.addOrderBy(column, direction),
  );
  return query;
}

const encodeCursor = (keys: SortKeys, total: ListTotal, scope: KeysetList<unknown, SortKeys>['scope']): string =>
  Buffer.from(JSON.stringify([scopeHash(scope), total.value, total.more, ...keys])).toString('base64url');

const TOTAL = z.tuple([z.int().min(0).max(COUNTED_UP_TO), z.boolean()]);

function decodeCursor<Row, Keys extends SortKeys>(
  cursor: string,
  { scope, keys }: KeysetList<Row, Keys>,
): { readonly after: Keys; readonly total: ListTotal } {
  try {
    const [hash, value, more, ...rest] = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8')) as unknown[];
    const [total, after] = [TOTAL.safeParse([value, more]), keys.safeParse(rest)];
    if (hash === scopeHash(scope) && total.success && after.success) {
      return { after: after.data, total: { value: total.data[0], more: total.data[1] } };
    }
  } catch (cause) {
    throw CursorInvalid({}, { cause });
  }
  throw CursorInvalid();
}

function scopeHash(scope: KeysetList<unknown, SortKeys>['scope']): string {
  const given = Object.entries(scope).filter(([, value]) => value !== undefined);
  given.sort(([a], [b]) => (a < b ? -1 : 1));
  return createHash('sha256').update(JSON.stringify(given)).digest('base64url').slice(0, 12);
}
