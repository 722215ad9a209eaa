import { testPostgresUrl } from '@qlvb/platform-testing';
import { PREPARED, PreparingClient } from './prepared.ts';

it('a marked query is prepared once per connection and answers for every value; others are not prepared', async () => {
  const client = new PreparingClient(`${testPostgresUrl()}/postgres`);
  await client.connect();
  try {
    const marked = `/* ${PREPARED} */ SELECT $1::int + 1 AS sum`;
    for (const value of [1, 41, 99]) {
      const { rows } = await client.query<{ sum: number }>(marked, [value]);
      expect(rows).toEqual([{ sum: value + 1 }]);
      await client.query('SELECT $1::int + 2 AS sum', [value]);
    }
    await expect(client.query(marked, ['no number'])).rejects.toThrow('integer');
    expect((await client.query<{ sum: number }>(marked, [2])).rows).toEqual([{ sum: 3 }]);
    const prepared = await client.query<{ statement: string }>('SELECT statement FROM pg_prepared_statements');
    expect(prepared.rows).toEqual([{ statement: marked }]);
  } finally {
    await client.end();
  }
});
