import { z } from 'zod';
import { COUNTED_UP_TO, inOrder, keysetPage, pageQuery } from './keyset-page.ts';
import type { Page } from './keyset-page.ts';

interface Row {
  readonly at: string;
  readonly n: number;
}
const keys = z.tuple([z.string(), z.int()]);
let counts = 0;
const listOf = (size: number, scope: Record<string, unknown> = { state: 'open', tag: undefined }) => ({
  scope,
  keys,
  keysOf: (row: Row) => [row.at, row.n],
  query: (after: z.output<typeof keys> | undefined) => ({
    take: (limit: number): Promise<Row[]> => {
      const from = (after?.[1] ?? 0) + 1;
      const length = Math.max(0, Math.min(limit, size - from + 1));
      return Promise.resolve(Array.from({ length }, (_, index) => ({ at: `t${from + index}`, n: from + index })));
    },
    count: (limit: number): Promise<number> => {
      counts += 1;
      return Promise.resolve(Math.min(size, limit));
    },
  }),
});

describe('pages of a list', () => {
  beforeEach(() => (counts = 0));

  it('F-52 go through all of it, once each, and tell its size, which is counted once', async () => {
    const seen: number[] = [];
    let page: Page<Row> | undefined;
    do {
      const cursor = page?.nextCursor ?? undefined;
      page = await keysetPage({ limit: 7, cursor }, listOf(50));
      seen.push(...page.items.map(({ n }) => n));
      expect(page.total).toEqual({ value: 50, more: false });
    } while (page.nextCursor !== null);
    expect(seen).toEqual(Array.from({ length: 50 }, (_, index) => index + 1));
    expect(counts).toBe(1);
  });

  it.each([
    [0, { value: 0, more: false }, 0],
    [20, { value: 20, more: false }, 0],
    [COUNTED_UP_TO, { value: COUNTED_UP_TO, more: false }, 1],
    [COUNTED_UP_TO + 1, { value: COUNTED_UP_TO, more: true }, 1],
    [5_000_000, { value: COUNTED_UP_TO, more: true }, 1],
  ])('F-52 of %d items say how many there are, exactly up to 1,000', async (size, total, counted) => {
    const page = await keysetPage({ limit: 20 }, listOf(size));
    expect([page.total, counts]).toEqual([total, counted]);
  });

  const made = async (scope?: Record<string, unknown>): Promise<string> =>
    (await keysetPage({ limit: 1 }, listOf(3, scope))).nextCursor ?? '';
  const encoded = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');

  it.each([
    ['of another list', () => made({ state: 'closed' })],
    ['cut short', async () => (await made()).slice(0, -4)],
    ['with other keys', async () => tampered(await made(), (parts) => [...parts.slice(0, 3), 1, 'a'])],
    ['with too few keys', async () => tampered(await made(), (parts) => parts.slice(0, 4))],
    ['with a total of its own', async () => tampered(await made(), ([hash, , ...rest]) => [hash, 1e9, ...rest])],
    ['made up', () => 'abc'],
    ['that is another value', () => encoded({ 0: 1 })],
    ['that is null', () => encoded(null)],
  ])('refuse a cursor %s', async (_title, make) => {
    const cursor = await make();
    await expect(keysetPage({ limit: 1, cursor }, listOf(3))).rejects.toThrow('http.cursor-invalid');
  });

  const tampered = (cursor: string, change: (parts: unknown[]) => unknown[]): string =>
    encoded(change(JSON.parse(Buffer.from(cursor, 'base64url').toString()) as unknown[]));

  it('hold 1 to 100 items, 20 unless told', () => {
    const query = z.object(pageQuery);
    expect(query.parse({})).toEqual({ limit: 20 });
    expect([0, 101, 2.5].map((limit) => query.safeParse({ limit }).success)).toEqual([false, false, false]);
  });

  it('begin behind the last row in the order of the list', () => {
    const told: unknown[] = [];
    const query = {
      andWhere: (...given: unknown[]) => told.push(given),
      orderBy: (...given: unknown[]) => told.push(given),
      addOrderBy: (...given: unknown[]) => told.push(given),
    };
    inOrder(query, 'DESC', ['d.createdAt', 'd.id'], ['t', 'x']);
    expect(told).toEqual([
      ['(d.createdAt, d.id) < (:after0, :after1)', { after0: 't', after1: 'x' }],
      ['d.createdAt', 'DESC'],
      ['d.id', 'DESC'],
    ]);
  });
});
