import type pg from 'pg';

const PAGE = 1000;

/** As the writers of the journal set them: the same row is the same text. */
const SETTINGS = `SET LOCAL timezone = 'UTC'; SET LOCAL datestyle = 'ISO, YMD'; SET LOCAL intervalstyle = 'postgres';
  SET LOCAL bytea_output = 'hex'; SET LOCAL extra_float_digits = 1`;

/** One view of a database, whatever is written meanwhile; rows come page by page. */
export class Snapshot {
  readonly #client: pg.Client;
  #cursors = 0;

  private constructor(client: pg.Client) {
    this.#client = client;
  }

  static async with<T>(client: pg.Client, work: (snapshot: Snapshot) => Promise<T>): Promise<T> {
    await client.query(`BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY; ${SETTINGS}`);
    try {
      return await work(new Snapshot(client));
    } finally {
      await client.query('ROLLBACK');
    }
  }

  async all<Row extends object>(sql: string, values: readonly unknown[] = []): Promise<Row[]> {
    return (await this.#client.query<Row>(sql, [...values])).rows;
  }

  /** Rows of a query without parameters. */
  async *stream<Row extends object>(sql: string): AsyncGenerator<Row> {
    const name = `rows_${(this.#cursors += 1)}`;
    await this.#client.query(`DECLARE ${name} NO SCROLL CURSOR FOR ${sql}`);
    for (;;) {
      const { rows } = await this.#client.query<Row>(`FETCH ${PAGE} FROM ${name}`);
      yield* rows;
      if (rows.length < PAGE) break;
    }
    await this.#client.query(`CLOSE ${name}`);
  }
}
