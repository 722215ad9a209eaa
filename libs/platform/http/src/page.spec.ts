import { z } from 'zod';
import { decodeCursor, encodeCursor, pageQuery, toPage } from './page.ts';

const keys = z.tuple([z.string(), z.int()]);
const scope = { state: 'open', tag: undefined };

describe('cursor pages', () => {
  it('continue after the last item of a full page and end with null', () => {
    const rows = [1, 2, 3].map((n) => ({ at: `t${n}`, n }));
    const first = toPage(rows, 2, scope, (row) => [row.at, row.n]);
    expect(first.items).toEqual(rows.slice(0, 2));
    expect(decodeCursor(first.nextCursor ?? '', { state: 'open' }, keys)).toEqual(['t2', 2]);
    expect(toPage(rows, 3, scope, () => [])).toEqual({ items: rows, nextCursor: null });
    expect(toPage([], 3, scope, () => [])).toEqual({ items: [], nextCursor: null });
  });

  it.each([
    ['of another list', encodeCursor(['a', 1], { state: 'closed' })],
    ['with other keys', encodeCursor([1, 'a'], scope)],
    ['with too few keys', encodeCursor(['a'], scope)],
    ['cut short', encodeCursor(['a', 1], scope).slice(0, -4)],
    ['made up', 'abc'],
    ['that is another value', Buffer.from('{"0":1}').toString('base64url')],
    ['that is null', Buffer.from('null').toString('base64url')],
  ])('refuse a cursor %s', (_title, cursor) => {
    expect(() => decodeCursor(cursor, scope, keys)).toThrow('http.cursor-invalid');
  });

  it('hold 1 to 100 items, 20 unless told', () => {
    const query = z.object(pageQuery);
    expect(query.parse({})).toEqual({ limit: 20 });
    expect([0, 101, 2.5].map((limit) => query.safeParse({ limit }).success)).toEqual([false, false, false]);
  });
});
