import type { Pool } from 'pg';
import type { BusLog } from '../bus-log.ts';
import { classifyFailure } from '../consumer/failure.ts';
import type { SubscriptionProgress } from '../consumer/progress.ts';
import { ConsumerRuntime } from '../consumer/consumer-runtime.ts';
import { describeCause } from '../dead-letter.ts';
import type { DeadLetter } from '../dead-letter.ts';
import type { Lane } from '../bus-record.ts';
import type { SubscribeOptions, Subscription } from '../event-bus.ts';
import { Wake } from '@qlvb/shared-domain';
import { AckQueue } from './ack-queue.ts';
import { fetchDeliveries } from './deliveries.ts';
import type { FetchedDelivery } from './deliveries.ts';
import type { Lease } from './leases.ts';
import { Leases } from './leases.ts';
import { groupNumber } from './partition.ts';
import type { PostgresSession, SessionListener } from './session.ts';

export interface SubscriptionParts {
  readonly pool: Pool;
  readonly ackPool: Pool;
  readonly session: PostgresSession;
  readonly log: BusLog;
  readonly storeDeadLetter: (letter: DeadLetter) => Promise<void>;
  /** Registers the group and its topics durably; also makes a missing schema again. */
  readonly register: () => Promise<void>;
  readonly onClosed: () => void;
}

/** Deliveries held here per lane, and how many of them one key may have. */
const WINDOW: Readonly<Record<Lane, number>> = { urgent: 64, normal: 256 };
const WINDOW_OF_KEY = 32;
const POLL_MS = 2000;
const BALANCE_MS = 1000;
const AFTER_ERROR_MS = 500;

interface Held {
  readonly delivery: FetchedDelivery;
  readonly lease: Lease;
}

export class PostgresSubscription implements Subscription, SessionListener {
  readonly group: string;
  readonly #options: SubscribeOptions;
  readonly #parts: SubscriptionParts;
  readonly #runtime: ConsumerRuntime;
  readonly #leases: Leases;
  readonly #acks: AckQueue;
  readonly #wake = new Wake();
  /** Fetched and not yet finished. */
  readonly #held = new Map<string, Held>();
  /** Finished; kept out of fetches until a fetch began after the confirmation was committed. */
  readonly #finished = new Map<string, 'confirming' | 'confirmed'>();
  readonly #groupId: number;
  #stopping = false;
  #drained: Promise<void> | undefined;
  /** The last fetch left something behind. */
  #more = false;
  #loops: Promise<unknown> = Promise.resolve();

  constructor(options: SubscribeOptions, parts: SubscriptionParts) {
    this.group = options.group;
    this.#options = options;
    this.#groupId = groupNumber(options.group);
    this.#parts = parts;
    this.#runtime = new ConsumerRuntime(options, parts.storeDeadLetter, parts.log);
    this.#leases = new Leases(parts.session, this.#groupId);
    this.#acks = new AckQueue(parts.ackPool, this.#groupId, parts.log, (acks) => {
      for (const { seq } of acks) this.#finished.set(seq, 'confirmed');
    });
  }

  start(): void {
    this.#parts.session.addListener(this);
    this.#loops = Promise.all([this.#balanceLoop(), this.#fetchLoop()]);
  }

  pause(): void {
    this.#runtime.pause();
  }

  resume(): void {
    this.#runtime.resume();
    this.#wake.ring();
  }

  progress(): SubscriptionProgress {
    return this.#runtime.describe();
  }

  close(): Promise<void> {
    return this.drain(0);
  }

  drain(limitMs = 30_000): Promise<void> {
    return (this.#drained ??= this.#drain(limitMs));
  }

  async #drain(limitMs: number): Promise<void> {
    this.#stopping = true;
    this.#wake.ring();
    const end = Date.now() + limitMs;
    if (!(await this.#runtime.finish(limitMs))) this.#parts.log.warn(`${this.group}: drained with work still running`);
    await this.#acks.settle(Math.max(1000, end - Date.now()));
    await this.#loops;
    this.#parts.session.removeListener(this);
    if (this.#parts.session.isUp) await this.#leases.leave();
    this.#parts.onClosed();
  }

  onUp(): void {
    this.#wake.ring();
  }

  onDown(): void {
    for (const lease of this.#leases.forget()) this.#runtime.discard(lease);
  }

  onNotification(payload: string): void {
    if (payload === '' || payload.split(',').some((topic) => this.#options.topics.includes(topic))) this.#wake.ring();
  }

  /** Takes and gives back partitions; runs on the session, so each round also proves that the session answers. */
  async #balanceLoop(): Promise<void> {
    while (!this.#stopping) {
      try {
        const before = this.#leases.fetchable.length;
        for (const lease of await this.#leases.balance()) this.#runtime.discard(lease);
        for (const lease of this.#leases.held) {
          if (lease.leaving && !this.#hasWorkOf(lease)) await this.#leases.giveBack(lease);
        }
        if (this.#leases.fetchable.length > before) this.#wake.ring();
        await this.#keepRegistered();
        this.#runtime.progress.fetched();
        await this.#pause(BALANCE_MS);
      } catch (error) {
        await this.#afterError(error);
      }
    }
  }

  /** The database may have been wiped and made again by another process: then this group has to come back to it. */
  async #keepRegistered(): Promise<void> {
    const { rows } = await this.#parts.session.query<{ missing: boolean }>(
      `SELECT EXISTS (SELECT FROM unnest($2::text[]) AS wanted (topic) WHERE NOT EXISTS (
         SELECT FROM bus.subscription s WHERE s.group_id = $1 AND s.topic = wanted.topic)) AS missing`,
      [this.#groupId, this.#options.topics],
    );
    if (!rows[0]?.missing) return;
    await this.#parts.register();
    this.#wake.ring();
  }

  #hasWorkOf(lease: Lease): boolean {
    for (const held of this.#held.values()) if (held.lease === lease) return true;
    return [...this.#finished.values()].includes('confirming');
  }

  async #fetchLoop(): Promise<void> {
    while (!this.#stopping) {
      try {
        const fetched = await this.#fetch();
        this.#runtime.progress.fetched();
        if (fetched === 0) await this.#wake.wait(POLL_MS);
      } catch (error) {
        await this.#afterError(error);
      }
    }
  }

  async #fetch(): Promise<number> {
    const leases = new Map(this.#leases.fetchable.map((lease) => [lease.partition, lease]));
    const room = this.#room();
    if (leases.size === 0 || room.urgent + room.normal === 0) return 0;
    const exceptKeys = this.#keysAbove(WINDOW_OF_KEY / 2);
    const confirmedBefore = [...this.#finished].filter(([, state]) => state === 'confirmed').map(([seq]) => seq);
    const deliveries = await fetchDeliveries(this.#parts.pool, {
      group: this.#groupId,
      topics: this.#options.topics,
      partitions: [...leases.keys()],
      except: [...this.#held.keys(), ...this.#finished.keys()],
      exceptKeys,
      room,
    });
    for (const seq of confirmedBefore) this.#finished.delete(seq);
    this.#more = exceptKeys.length > 0 || room.normal === 0 || deliveries.length >= room.normal;
    return this.#stopping ? 0 : this.#acceptAll(deliveries, leases);
  }

  #acceptAll(deliveries: readonly FetchedDelivery[], leases: ReadonlyMap<number, Lease>): number {
    const current = new Set(this.#leases.fetchable);
    const crowded = new Set(this.#keysAbove(WINDOW_OF_KEY));
    let accepted = 0;
    for (const delivery of deliveries) {
      const lease = leases.get(delivery.partition);
      // The partition may have gone while the question was on its way.
      if (!lease || !current.has(lease)) continue;
      const beside = this.#runtime.queuedBeside(delivery.record);
      if (beside >= WINDOW_OF_KEY || crowded.has(delivery.keyHash)) {
        crowded.add(delivery.keyHash);
        this.#more = true;
        continue;
      }
      this.#accept(delivery, lease);
      accepted += 1;
    }
    return accepted;
  }

  #accept(delivery: FetchedDelivery, lease: Lease): void {
    const { seq, partition, lane, record } = delivery;
    this.#held.set(seq, { delivery, lease });
    const afterwards = (): void => {
      this.#held.delete(seq);
      if (this.#more && this.#held.size <= WINDOW.normal / 2) this.#wake.ring();
    };
    this.#runtime.accept({
      record,
      owner: lease,
      settled: () => {
        this.#finished.set(seq, 'confirming');
        this.#acks.add({ partition, lane, seq });
        afterwards();
      },
      dropped: afterwards,
    });
  }

  #room(): Record<Lane, number> {
    const room = { ...WINDOW };
    for (const { delivery } of this.#held.values()) room[delivery.record.lane] -= 1;
    // Half a window at a time, so that a busy queue is asked in batches and not record by record.
    return { urgent: Math.max(0, room.urgent), normal: room.normal < WINDOW.normal / 2 ? 0 : room.normal };
  }

  #keysAbove(least: number): number[] {
    const counts = new Map<number, number>();
    for (const { delivery } of this.#held.values()) {
      counts.set(delivery.keyHash, (counts.get(delivery.keyHash) ?? 0) + 1);
    }
    return [...counts].filter(([, count]) => count >= least).map(([hash]) => hash);
  }

  async #afterError(error: unknown): Promise<void> {
    this.#parts.log.warn(`${this.group}: ${describeCause(error)}`);
    this.#runtime.progress.trouble = describeCause(error);
    if (classifyFailure(error) === 'infrastructure') this.#runtime.progress.fetched();
    await this.#pause(AFTER_ERROR_MS);
    if (this.#stopping || !this.#parts.session.isUp) return;
    try {
      await this.#parts.register();
      this.#runtime.progress.trouble = undefined;
      this.#wake.ring();
    } catch (failure) {
      this.#runtime.progress.trouble = describeCause(failure);
    }
  }

  async #pause(ms: number): Promise<void> {
    for (let waited = 0; waited < ms && !this.#stopping; waited += 100) {
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
}
