import type { DataSource } from 'typeorm';
import pg from 'pg';

export interface OutboxRow {
  readonly seq: string;
  readonly id: string;
  readonly topic: string;
  readonly key: string;
  readonly urgent: boolean;
  readonly event: string;
}

const RELAY_LOCK = 7_201_002;

/**
 * What the relay reads: unpublished events in commit order per key (a key is an aggregate whose row the command locked,
 * so its events' sequence numbers follow its commits). One relay at a time per database, by a session lock that ends
 * with its connection; a fenced-off relay can only repeat events, and repetition is what the inbox absorbs.
 */
export class PostgresOutbox {
  readonly #source: DataSource;
  readonly #url: string;
  #session: pg.Client | undefined;
  #lost = false;

  constructor(source: DataSource, url: string) {
    this.#source = source;
    this.#url = url;
  }

  /**
   * Tries to become the only relay.
   *
   * @param wake called whenever a command has added events
   * @returns false while another process holds the place
   */
  async acquire(wake: () => void): Promise<boolean> {
    await this.release();
    const session = new pg.Client({ connectionString: this.#url, keepAlive: true, application_name: 'outbox-relay' });
    this.#lost = false;
    session.on('error', () => (this.#lost = true));
    session.on('end', () => (this.#lost = true));
    await session.connect();
    this.#session = session;
    const { rows } = await session.query<{ held: boolean }>('SELECT pg_try_advisory_lock($1) AS held', [RELAY_LOCK]);
    if (!rows[0]?.held) {
      await this.release();
      return false;
    }
    session.on('notification', wake);
    await session.query('LISTEN outbox');
    return true;
  }

  /** True while this process is still the only relay. */
  get held(): boolean {
    return this.#session !== undefined && !this.#lost;
  }

  async release(): Promise<void> {
    const session = this.#session;
    this.#session = undefined;
    if (session) await session.end().catch(() => undefined);
  }

  nextBatch(limit: number): Promise<OutboxRow[]> {
    return this.#source.query(
      `SELECT o.seq::text AS seq, o.id, o.topic, o.key, o.urgent, o.event FROM platform.outbox o
       WHERE o.published_at IS NULL ORDER BY o.seq LIMIT $1`,
      [limit],
    ) as Promise<OutboxRow[]>;
  }

  async markPublished(seqs: readonly string[]): Promise<void> {
    await this.#source.query(
      'UPDATE platform.outbox SET published_at = clock_timestamp() WHERE seq = ANY($1::bigint[])',
      [seqs],
    );
  }

  /** Offers everything since `from` to the broker again, for a broker that lost its data; the inboxes absorb the rest. */
  async republish(from: Date): Promise<number> {
    const result = (await this.#source.query(
      'UPDATE platform.outbox SET published_at = NULL WHERE published_at IS NOT NULL AND created_at >= $1',
      [from],
    )) as [unknown, number];
    await this.#source.query(`SELECT pg_notify('outbox', '')`);
    return result[1];
  }

  async backlog(): Promise<{ readonly count: number; readonly oldestSeconds: number }> {
    const [row] = (await this.#source.query(
      `SELECT count(*)::int AS count, coalesce(extract(epoch FROM now() - min(created_at)), 0)::float AS "oldestSeconds"
       FROM platform.outbox WHERE published_at IS NULL`,
    )) as { count: number; oldestSeconds: number }[];
    return row ?? { count: 0, oldestSeconds: 0 };
  }
}
