import pg from 'pg';
import type { BusRecord } from '../bus-record.ts';
import type { OutboxLease, OutboxSource } from '../outbox-relay.ts';

/** A small outbox on PostgreSQL for the tests of the relay. */
export class OutboxTable implements OutboxSource {
  readonly #url: string;
  readonly #pool: pg.Pool;
  readonly #wakes = new Set<() => void>();

  constructor(url: string) {
    this.#url = url;
    this.#pool = new pg.Pool({ connectionString: url, max: 4 });
    // A connection that is still closing when its test database is dropped reports that here.
    this.#pool.on('error', () => undefined);
  }

  async create(): Promise<void> {
    await this.#pool.query(
      'CREATE TABLE IF NOT EXISTS outbox (position bigserial PRIMARY KEY, record jsonb, published boolean DEFAULT false)',
    );
  }

  async append(records: readonly BusRecord[]): Promise<void> {
    await this.#pool.query('INSERT INTO outbox (record) SELECT value FROM jsonb_array_elements($1::jsonb)', [
      JSON.stringify(records),
    ]);
    for (const wake of this.#wakes) wake();
  }

  async publishAgain(): Promise<void> {
    await this.#pool.query('UPDATE outbox SET published = false');
    for (const wake of this.#wakes) wake();
  }

  async unpublished(): Promise<number> {
    const { rows } = await this.#pool.query<{ n: number }>('SELECT count(*)::int AS n FROM outbox WHERE NOT published');
    return rows[0]?.n ?? 0;
  }

  onWake(wake: () => void): () => void {
    this.#wakes.add(wake);
    return () => this.#wakes.delete(wake);
  }

  async acquire(): Promise<OutboxLease | undefined> {
    const client = new pg.Client({ connectionString: this.#url });
    client.on('error', () => undefined);
    await client.connect();
    const { rows } = await client.query<{ mine: boolean }>('SELECT pg_try_advisory_lock(77) AS mine');
    if (!rows[0]?.mine) {
      await client.end();
      return undefined;
    }
    return {
      nextBatch: async (limit) =>
        (
          await client.query<{ position: string; record: BusRecord }>(
            'SELECT position, record FROM outbox WHERE NOT published ORDER BY position LIMIT $1',
            [limit],
          )
        ).rows,
      markPublished: async (positions) => {
        await client.query('UPDATE outbox SET published = true WHERE position = ANY ($1::bigint[])', [positions]);
      },
      release: () => client.end(),
    };
  }

  async close(): Promise<void> {
    await this.#pool.end();
  }
}
