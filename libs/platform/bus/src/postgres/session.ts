import pg from 'pg';
import type { QueryResult, QueryResultRow } from 'pg';
import type { BusLog } from '../bus-log.ts';
import { describeCause } from '../dead-letter.ts';

export interface SessionListener {
  /** A new connection is there: locks of the former one are gone, notifications may have been missed. */
  onUp(): void;
  onDown(): void;
  onNotification(payload: string): void;
}

const LONGEST_PAUSE_MS = 5000;
const ANSWER_LIMIT_MS = 15_000;

/** The one connection that holds the advisory locks and listens; made again whenever it is lost. */
export class PostgresSession {
  readonly #url: string;
  readonly #log: BusLog;
  readonly #listeners = new Set<SessionListener>();
  #client: pg.Client | undefined;
  #closed = false;
  #retry: NodeJS.Timeout | undefined;
  #failures = 0;
  #connecting: Promise<void> | undefined;

  constructor(url: string, log: BusLog) {
    this.#url = url;
    this.#log = log;
  }

  get isUp(): boolean {
    return this.#client !== undefined;
  }

  addListener(listener: SessionListener): void {
    this.#listeners.add(listener);
  }

  removeListener(listener: SessionListener): void {
    this.#listeners.delete(listener);
  }

  /** First connection; later ones come by themselves. */
  async open(): Promise<void> {
    this.#connecting ??= this.#connect().finally(() => (this.#connecting = undefined));
    await this.#connecting;
  }

  async query<Row extends QueryResultRow>(text: string, values: unknown[]): Promise<QueryResult<Row>> {
    const client = this.#client;
    if (!client) throw Object.assign(new Error('the bus session is not connected'), { code: '08003' });
    try {
      return await client.query<Row>(text, values);
    } catch (error) {
      // A half-open connection shows only by silence: give it up, its locks with it.
      if (describeCause(error).includes('timeout')) this.#lose(client, error);
      throw error;
    }
  }

  async close(): Promise<void> {
    this.#closed = true;
    clearTimeout(this.#retry);
    const client = this.#client;
    this.#client = undefined;
    await client?.end();
  }

  async #connect(): Promise<void> {
    const client = new pg.Client({
      connectionString: this.#url,
      application_name: 'qlvb-bus-session',
      keepAlive: true,
      connectionTimeoutMillis: 5000,
      query_timeout: ANSWER_LIMIT_MS,
    });
    client.on('error', (error) => this.#lose(client, error));
    client.on('end', () => this.#lose(client, new Error('the server closed the connection')));
    client.on('notification', ({ payload }) => {
      for (const listener of this.#listeners) listener.onNotification(payload ?? '');
    });
    await client.connect();
    // The server notices a vanished machine within half a minute and frees its locks.
    await client.query('SET tcp_keepalives_idle = 10; SET tcp_keepalives_interval = 5; SET tcp_keepalives_count = 3');
    await client.query('LISTEN qlvb_bus');
    if (this.#closed) {
      await client.end();
      return;
    }
    this.#client = client;
    this.#failures = 0;
    for (const listener of this.#listeners) listener.onUp();
  }

  #lose(client: pg.Client, cause: unknown): void {
    if (this.#closed || this.#client !== client) return;
    this.#client = undefined;
    this.#log.warn(`the bus session was lost: ${describeCause(cause)}`);
    client.end().catch((error: unknown) => this.#log.warn(`closing the lost session: ${describeCause(error)}`));
    for (const listener of this.#listeners) listener.onDown();
    this.#reconnectLater();
  }

  #reconnectLater(): void {
    if (this.#closed) return;
    const pause = Math.min(LONGEST_PAUSE_MS, 100 * 2 ** this.#failures);
    this.#failures += 1;
    this.#retry = setTimeout(() => {
      this.open().catch((error: unknown) => {
        this.#log.warn(`the bus session cannot be made again yet: ${describeCause(error)}`);
        this.#reconnectLater();
      });
    }, pause);
  }
}
