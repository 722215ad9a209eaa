import pg from 'pg';
import { makeTestDatabase } from '@qlvb/platform-testing';

describe('embedded PostgreSQL', () => {
  it('keeps what it confirms: fsync, synchronous_commit and full_page_writes are on', async () => {
    const database = await makeTestDatabase();
    const client = new pg.Client({ connectionString: database.url });
    await client.connect();
    const { rows } = await client.query<{ name: string; setting: string }>(
      `SELECT name, setting FROM pg_settings WHERE name IN ('fsync', 'synchronous_commit', 'full_page_writes')`,
    );
    await client.end();
    await database.drop();
    expect(rows.map((row) => row.setting)).toEqual(['on', 'on', 'on']);
  });
});
