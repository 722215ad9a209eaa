import type pg from 'pg';
import type { DataSource } from 'typeorm';
import { listen, openSession } from './listen.ts';

/** One event as the outbox keeps it, ready for the bus. */
export interface OutboxRow {
  /** Ascending in the order of appending. */
  readonly position: string;
  readonly record: {
    readonly id: string;
    readonly topic: string;
    readonly key: string;
    readonly lane: 'normal' | 'urgent';
    readonly value: string;
    readonly headers: Readonly<Record<string, string>>;
  };
}

interface StoredEvent {
  readonly seq: string;
  readonly id: string;
  readonly topic: string;
  readonly key: string;
  readonly urgent: boolean;
  readonly event: string;
}

const RELAY_LOCK = 7_201_002;

/** The right to publish this outbox, for as long as the session behind it lives. */
export class OutboxLease {
  readonly #session: pg.Client;

  constructor(session: pg.Client) {
    this.#session = session;
  }

  /**
   * The oldest unpublished events, urgent ones before all others. A key is an aggregate whose row the command locked, so
   * the sequence numbers of one key's events follow its commits; a lane keeps that order. Asked on the locking session: fails once the lock is lost.
   */
  async nextBatch(limit: number): Promise<readonly OutboxRow[]> {
    const { rows } = await this.#session.query<StoredEvent>(
      `SELECT o.seq::text AS seq, o.id, o.topic, o.key, o.urgent, o.event FROM platform.outbox o
       WHERE o.published_at IS NULL ORDER BY o.urgent DESC, o.seq LIMIT $1`,
      [limit],
    );
    return rows.map(({ seq, id, topic, key, urgent, event }) => ({
      position: seq,
      record: { id, topic, key, lane: urgent ? 'urgent' : 'normal', value: event, headers: {} },
    }));
  }

  async markPublished(positions: readonly string[]): Promise<void> {
    await this.#session.query(
      'UPDATE platform.outbox SET published_at = clock_timestamp() WHERE seq = ANY($1::bigint[])',
      [positions],
    );
  }

  /** Ends the session, and the lock with it; a session already lost has nothing left to end. */
  async release(): Promise<void> {
    await this.#session.end().catch((lost: unknown) => void lost);
  }
}

/**
 * A service's outbox as the relay sees it. One relay at a time per database, by a lock that ends with its connection;
 * a relay that lost it can only repeat events, and repetition is what every inbox absorbs.
 */
export class PostgresOutbox {
  readonly #source: DataSource;
  readonly #url: string;

  constructor(source: DataSource, url: string) {
    this.#source = source;
    this.#url = url;
  }

  /** @returns undefined while another relay holds the place */
  async acquire(): Promise<OutboxLease | undefined> {
    const session = await openSession(this.#url, 'outbox-relay');
    try {
      const { rows } = await session.query<{ held: boolean }>('SELECT pg_try_advisory_lock($1) AS held', [RELAY_LOCK]);
      if (rows[0]?.held) return new OutboxLease(session);
    } catch (error) {
      await session.end().catch((lost: unknown) => void lost);
      throw error;
    }
    await session.end();
    return undefined;
  }

  /**
   * Calls back whenever a command has added events; listens again after the connection was lost, and calls then too.
   *
   * @returns ends the listening
   */
  onWake(wake: () => void): () => void {
    return listen(this.#url, { name: 'outbox-wake', channel: 'outbox', heard: wake, began: wake });
  }
}
