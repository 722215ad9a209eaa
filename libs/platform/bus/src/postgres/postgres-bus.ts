import pg from 'pg';
import { BatchingPublisher } from '../batching-publisher.ts';
import type { PostgresBusConfig } from '../bus-config.ts';
import type { BusLog } from '../bus-log.ts';
import { BusRefused } from '../bus-refused.ts';
import { describeCause } from '../dead-letter.ts';
import type { BusRecord } from '../bus-record.ts';
import type { BusHealth, BusProgress, EventBus, SubscribeOptions, Subscription, TopicRequest } from '../event-bus.ts';
import { Subscriptions } from '../subscriptions.ts';
import { groupNumber, partitionOf } from './partition.ts';
import { PostgresDeadLetters } from './postgres-dead-letters.ts';
import { PostgresSubscription } from './postgres-subscription.ts';
import { pruneRecords } from './retention.ts';
import { installSchema, LANES, PARTITIONS } from './schema.ts';
import { PostgresSession } from './session.ts';

const PRUNE_MS = 3_600_000;

/** SQLSTATEs that say the bus's schema, a table or a function of it is not there. */
const SCHEMA_MISSING = new Set(['3F000', '42P01', '42883']);

/** SQLSTATEs that say the account is not known, its password is wrong, or it may not connect here. */
const ACCOUNT_REFUSED = new Set(['28000', '28P01', '42501']);

export class PostgresBus implements EventBus {
  readonly driver = 'postgres';
  readonly deadLetters: PostgresDeadLetters;
  readonly #config: PostgresBusConfig;
  readonly #log: BusLog;
  readonly #pool: pg.Pool;
  readonly #ackPool: pg.Pool;
  readonly #session: PostgresSession;
  readonly #publisher = new BatchingPublisher((records) => this.#send(records));
  readonly #subscriptions = new Subscriptions();
  #pruning: NodeJS.Timeout | undefined;
  #opened: Promise<void> | undefined;

  constructor(config: PostgresBusConfig, log: BusLog) {
    this.#config = config;
    this.#log = log;
    this.#pool = this.#makePool('qlvb-bus', 3, '-c synchronous_commit=on');
    // A confirmation lost in a power cut is a record delivered twice, which the inbox absorbs: no need to wait for the disk.
    this.#ackPool = this.#makePool('qlvb-bus-ack', 1, '-c synchronous_commit=off');
    this.#session = new PostgresSession(config.url, log);
    this.deadLetters = new PostgresDeadLetters(this.#pool);
  }

  async admit(): Promise<void> {
    try {
      await this.#pool.query('SELECT 1');
    } catch (error) {
      if (!ACCOUNT_REFUSED.has(String((error as { code?: unknown }).code))) {
        this.#log.warn(`the bus's database cannot be asked yet: ${describeCause(error)}`);
        return;
      }
      throw new BusRefused(`the bus's database refuses the account of QLVB_BUS_URL: ${describeCause(error)}`, {
        cause: error,
      });
    }
  }

  async publish(records: readonly BusRecord[]): Promise<void> {
    await this.#open();
    await this.#publisher.publish(records);
  }

  async ensureTopics(topics: readonly TopicRequest[]): Promise<void> {
    await this.#open();
    const groups = new Map<string, string[]>();
    for (const { name, groups: listeners = [] } of topics) {
      for (const group of listeners) groups.set(group, [...(groups.get(group) ?? []), name]);
    }
    for (const [group, names] of groups) await this.#register(group, names);
  }

  async subscribe(options: SubscribeOptions): Promise<Subscription> {
    this.#subscriptions.assertFree(options.group);
    await this.#open();
    await this.#session.open();
    const register = (): Promise<void> => this.#register(options.group, options.topics);
    await register();
    return this.#subscriptions.start(
      new PostgresSubscription(
        { concurrency: this.#config.concurrency, ...options },
        {
          pool: this.#pool,
          ackPool: this.#ackPool,
          session: this.#session,
          log: this.#log,
          storeDeadLetter: (letter) => this.deadLetters.store(letter),
          register,
          onClosed: () => this.#subscriptions.closed(options.group),
        },
      ),
    );
  }

  progress(): BusProgress {
    return this.#subscriptions.progress();
  }

  async health(): Promise<BusHealth> {
    try {
      await this.#pool.query('SELECT 1');
      return { ...this.progress(), reachable: true };
    } catch (error) {
      return { ...this.progress(), reachable: false, detail: describeCause(error) };
    }
  }

  async close(limitMs?: number): Promise<void> {
    clearInterval(this.#pruning);
    await this.#publisher.settle();
    await this.#subscriptions.drain(limitMs);
    await this.#session.close();
    await Promise.all([this.#pool.end(), this.#ackPool.end()]);
  }

  #makePool(name: string, max: number, options: string): pg.Pool {
    const pool = new pg.Pool({
      connectionString: this.#config.url,
      application_name: name,
      max,
      options,
      keepAlive: true,
      connectionTimeoutMillis: 5000,
      query_timeout: 30_000,
    });
    pool.on('error', (error) => this.#log.warn(`a connection of the bus was lost: ${describeCause(error)}`));
    return pool;
  }

  async #open(): Promise<void> {
    this.#opened ??= installSchema(this.#pool).then(() => {
      this.#pruning ??= setInterval(() => void this.#prune(), PRUNE_MS).unref();
    });
    try {
      await this.#opened;
    } catch (error) {
      this.#opened = undefined;
      throw error;
    }
  }

  async #register(group: string, topics: readonly string[]): Promise<void> {
    await this.#healingSchema(() =>
      this.#pool.query('SELECT bus.register($1, $2, $3)', [groupNumber(group), group, topics]),
    );
  }

  async #send(records: readonly BusRecord[]): Promise<void> {
    await this.#healingSchema(() =>
      this.#pool.query('SELECT bus.publish($1, $2, $3, $4, $5, $6, $7)', [
        records.map((record) => record.id),
        records.map((record) => record.topic),
        records.map((record) => LANES[record.lane]),
        records.map((record) => partitionOf(record.key, PARTITIONS)),
        records.map((record) => record.key),
        records.map((record) => record.value),
        records.map((record) => JSON.stringify(record.headers)),
      ]),
    );
  }

  /** A database that was wiped is made again, with the groups that are subscribed here; the outboxes fill it anew. */
  async #healingSchema<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      if (!SCHEMA_MISSING.has(String((error as { code?: unknown }).code))) throw error;
      this.#log.warn(`the bus's schema is gone and made again: ${describeCause(error)}`);
      await installSchema(this.#pool);
      return await work();
    }
  }

  async #prune(): Promise<void> {
    try {
      await pruneRecords(this.#pool, this.#config.retentionDays);
    } catch (error) {
      this.#log.warn(`old records could not be removed: ${describeCause(error)}`);
    }
  }
}
