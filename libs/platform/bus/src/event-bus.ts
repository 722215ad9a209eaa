import type { BusRecord } from './bus-record.ts';
import type { DeadLetters } from './dead-letter.ts';
import type { RetryPolicy } from './consumer/retry-policy.ts';
import type { SubscriptionProgress } from './consumer/progress.ts';

export interface TopicRequest {
  readonly name: string;
  /** Groups known to listen: registered before the first record, so that they miss none. */
  readonly groups?: readonly string[];
}

/** Resolves when the effect is durable. An error means: deliver again, after a while. */
export type RecordHandler = (record: BusRecord, attempt: number) => Promise<void>;

export interface SubscribeOptions {
  /** Replicas of one group share the work; every group gets every record. */
  readonly group: string;
  readonly topics: readonly string[];
  readonly handler: RecordHandler;
  /** How many keys are handled at the same time; 8 unless told. */
  readonly concurrency?: number;
  readonly retry?: Partial<RetryPolicy>;
  /** A subscription with work and without progress for this long is not live; 2 minutes unless told. */
  readonly progressLimitMs?: number;
}

export interface Subscription {
  readonly group: string;
  /** Stops starting new work until `resume`; what runs goes on. */
  pause(): void;
  resume(): void;
  progress(): SubscriptionProgress;
  /** Stops fetching, lets running handlers finish within the limit, confirms them and leaves the group. */
  drain(limitMs?: number): Promise<void>;
  /** `drain` without waiting for handlers: what was not confirmed is delivered again elsewhere. */
  close(): Promise<void>;
}

export interface BusProgress {
  /** Every subscription makes progress; false means that only a restart of the process helps. */
  readonly live: boolean;
  readonly subscriptions: readonly SubscriptionProgress[];
}

export interface BusHealth extends BusProgress {
  /** The broker answers. */
  readonly reachable: boolean;
  readonly detail?: string;
}

/** The event backbone: at least once, ordered per key, shared by the replicas of a group. */
export interface EventBus {
  readonly driver: 'postgres' | 'kafka';
  /**
   * Asks the broker once whether it knows this account. A broker that is away is waited for elsewhere.
   *
   * @throws BusRefused
   */
  admit(): Promise<void>;
  /** Resolves when every record is durable; after an error publish all of them again. */
  publish(records: readonly BusRecord[]): Promise<void>;
  /** @throws BusRefused when the broker keeps a topic from this account */
  subscribe(options: SubscribeOptions): Promise<Subscription>;
  /** Makes what is not there, under the account of an installation: those of services may not. */
  ensureTopics(topics: readonly TopicRequest[]): Promise<void>;
  readonly deadLetters: DeadLetters;
  /** What this process knows by itself, at once: a broker that is away is no lack of progress. */
  progress(): BusProgress;
  /** And whether the broker answers, which takes as long as the broker takes. */
  health(): Promise<BusHealth>;
  /** Drains every subscription, then disconnects. */
  close(limitMs?: number): Promise<void>;
}
