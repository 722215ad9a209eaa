import { AsyncLocalStorage } from 'node:async_hooks';
import { failPoint } from '@qlvb/platform-faults';
import pg from 'pg';
import type { BusRecord } from '../bus-record.ts';

/** A consumer's database in the tests: an inbox, and the effects that must happen once and in order. */
export class EffectTable {
  readonly #pool: pg.Pool;
  readonly #transaction = new AsyncLocalStorage<pg.PoolClient>();

  constructor(url: string) {
    this.#pool = new pg.Pool({ connectionString: url, max: 12 });
    // A connection that is still closing when its test database is dropped reports that here.
    this.#pool.on('error', () => undefined);
  }

  async create(): Promise<void> {
    await this.#pool.query(`
      CREATE TABLE IF NOT EXISTS inbox (consumer text, event_id text, PRIMARY KEY (consumer, event_id));
      CREATE TABLE IF NOT EXISTS effect (place bigserial, consumer text, key text, id text, process integer)`);
  }

  async once(group: string, event: { id: string }, effect: () => Promise<void>): Promise<'applied' | 'duplicate'> {
    const client = await this.#pool.connect();
    try {
      await client.query('BEGIN');
      const { rowCount } = await client.query('INSERT INTO inbox VALUES ($1, $2) ON CONFLICT DO NOTHING', [
        group,
        event.id,
      ]);
      if (rowCount === 1) await this.#transaction.run(client, effect);
      await failPoint('inbox:before-commit');
      await client.query('COMMIT');
      return rowCount === 1 ? 'applied' : 'duplicate';
    } catch (error) {
      await client.query('ROLLBACK');
      throw error;
    } finally {
      client.release();
    }
  }

  async write(group: string, { key, id }: Pick<BusRecord, 'key' | 'id'>): Promise<void> {
    const client = this.#transaction.getStore();
    if (!client) throw new Error('an effect outside the inbox');
    await client.query('INSERT INTO effect (consumer, key, id, process) VALUES ($1, $2, $3, $4)', [
      group,
      key,
      id,
      process.pid,
    ]);
  }

  /** Ids of one group's effects by key, in the order in which they happened. */
  async read(group: string): Promise<Map<string, string[]>> {
    const { rows } = await this.#pool.query<{ key: string; id: string }>(
      'SELECT key, id FROM effect WHERE consumer = $1 ORDER BY place',
      [group],
    );
    const byKey = new Map<string, string[]>();
    for (const { key, id } of rows) byKey.set(key, [...(byKey.get(key) ?? []), id]);
    return byKey;
  }

  async count(group: string): Promise<number> {
    const { rows } = await this.#pool.query<{ n: number }>(
      'SELECT count(*)::int AS n FROM effect WHERE consumer = $1',
      [group],
    );
    return rows[0]?.n ?? 0;
  }

  async close(): Promise<void> {
    await this.#pool.end();
  }
}
