import { createHash } from 'node:crypto';
import { z } from 'zod';
import { CursorInvalid } from './http.problems.ts';

/** Query members of every list: spread them into the operation's query schema. */
export const pageQuery = {
  limit: z.int().min(1).max(100).default(20).describe('Số mục mỗi trang'),
  cursor: z.string().min(1).max(2_000).optional().describe('Vị trí trang tiếp theo, lấy từ câu trả lời trước'),
};

export interface Page<T> {
  readonly items: T[];
  readonly nextCursor: string | null;
}

/** The answer of a list of `item`. */
export const pageOf = <T extends z.ZodType>(item: T) =>
  z.object({ items: z.array(item), nextCursor: z.string().nullable() });

export type SortKeys = readonly (string | number | boolean | null)[];

/** What the cursor was made for: filters and order. Another list refuses it. */
export type CursorScope = Readonly<Record<string, unknown>>;

/** Opaque to the client: the sort keys of the last item seen and a hash of the list it belongs to. */
export const encodeCursor = (keys: SortKeys, scope: CursorScope): string =>
  Buffer.from(JSON.stringify([scopeHash(scope), ...keys])).toString('base64url');

/** @throws CursorInvalid when it was not made by `encodeCursor` for the same list, or its keys have other types */
export function decodeCursor<K extends z.ZodType<SortKeys>>(cursor: string, scope: CursorScope, keys: K): z.output<K> {
  try {
    const [hash, ...rest] = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8')) as unknown[];
    const parsed = keys.safeParse(rest);
    if (hash === scopeHash(scope) && parsed.success) return parsed.data;
  } catch (cause) {
    throw CursorInvalid({}, { cause });
  }
  throw CursorInvalid();
}

/**
 * Cuts `rows`, of which one more than `limit` was asked from the database, into a page.
 *
 * @param keysOf the sort keys of a row, in the order of the list, the last one unique
 */
export function toPage<T>(
  rows: readonly T[],
  limit: number,
  scope: CursorScope,
  keysOf: (row: T) => SortKeys,
): Page<T> {
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  const more = rows.length > limit && last !== undefined;
  return { items, nextCursor: more ? encodeCursor(keysOf(last), scope) : null };
}

function scopeHash(scope: CursorScope): string {
  const given = Object.entries(scope).filter(([, value]) => value !== undefined);
  given.sort(([a], [b]) => (a < b ? -1 : 1));
  return createHash('sha256').update(JSON.stringify(given)).digest('base64url').slice(0, 12);
}
