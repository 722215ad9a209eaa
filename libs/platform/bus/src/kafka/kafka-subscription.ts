import kafkajs from 'kafkajs';
import type { Consumer, EachBatchPayload, Kafka } from 'kafkajs';
import type { KafkaBusConfig } from '../bus-config.ts';
import type { BusLog } from '../bus-log.ts';
import { ConsumerRuntime } from '../consumer/consumer-runtime.ts';
import type { SubscriptionProgress } from '../consumer/progress.ts';
import { describeCause } from '../dead-letter.ts';
import type { DeadLetter } from '../dead-letter.ts';
import type { SubscribeOptions, Subscription } from '../event-bus.ts';
import { Wake } from '@qlvb/shared-domain';
import { Assignment } from './assignment.ts';
import type { AssignedPartition } from './assignment.ts';
import { isBrokerAway, isTopicMissing } from './kafka-client.ts';
import { fromMessage } from './kafka-record.ts';
import { laneTopic } from './kafka-topics.ts';

export interface SubscriptionParts {
  readonly kafka: Kafka;
  readonly config: KafkaBusConfig;
  readonly log: BusLog;
  readonly storeDeadLetter: (letter: DeadLetter) => Promise<void>;
  readonly onClosed: () => void;
}

/** Offsets of one partition between the lowest unfinished and the newest fetched. */
const WINDOW = 1000;
const COMMIT_MS = 100;
const FETCH_WAIT_MS = 300;
const LONGEST_PAUSE_MS = 5000;

/**
 * A member of a Kafka group. The client only fetches: batches are handed to the runtime at once, so that heartbeats and
 * the other partitions never wait for a handler; offsets are committed here, up to the lowest unfinished record. The
 * client's own restart after a crash is switched off and done here.
 */
export class KafkaSubscription implements Subscription {
  readonly group: string;
  readonly #options: SubscribeOptions;
  readonly #parts: SubscriptionParts;
  readonly #runtime: ConsumerRuntime;
  readonly #assignment = new Assignment();
  readonly #dirty = new Wake();
  readonly #stopped = Promise.withResolvers<undefined>();
  #consumer: Consumer | undefined;
  #stopping = false;
  #drained: Promise<void> | undefined;
  #failures = 0;
  #loops: Promise<unknown> = Promise.resolve();

  constructor(options: SubscribeOptions, parts: SubscriptionParts) {
    this.group = options.group;
    this.#options = options;
    this.#parts = parts;
    this.#runtime = new ConsumerRuntime(options, parts.storeDeadLetter, parts.log);
  }

  start(): void {
    this.#loops = Promise.all([this.#supervise(), this.#commitLoop()]);
  }

  pause(): void {
    this.#runtime.pause();
  }

  resume(): void {
    this.#runtime.resume();
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
    if (!(await this.#runtime.finish(limitMs))) this.#parts.log.warn(`${this.group}: drained with work still running`);
    await this.#commit();
    this.#stopped.resolve(undefined);
    this.#dirty.ring();
    await this.#loops;
    this.#parts.onClosed();
  }

  async #supervise(): Promise<void> {
    while (!this.#stopping) {
      try {
        await this.#runConsumer();
      } catch (error) {
        this.#runtime.progress.trouble = describeCause(error);
        if (isBrokerAway(error) || isTopicMissing(error)) this.#runtime.progress.fetched();
        if (!this.#stopping) this.#parts.log.warn(`${this.group}: the consumer ended: ${describeCause(error)}`);
      }
      this.#endMembership();
      await this.#pause(Math.min(LONGEST_PAUSE_MS, 200 * 2 ** this.#failures));
      this.#failures += 1;
    }
  }

  /** Resolves when asked to stop, rejects when the consumer crashed. */
  async #runConsumer(): Promise<void> {
    const { kafka, config } = this.#parts;
    const consumer = kafka.consumer({
      groupId: this.group,
      sessionTimeout: config.sessionTimeoutMs,
      heartbeatInterval: Math.floor(config.sessionTimeoutMs / 5),
      rebalanceTimeout: 30_000,
      maxWaitTimeInMs: FETCH_WAIT_MS,
      metadataMaxAge: 60_000,
      partitionAssigners: [kafkajs.PartitionAssigners.roundRobin],
      retry: { initialRetryTime: 100, maxRetryTime: 2000, retries: 5, restartOnFailure: () => Promise.resolve(false) },
    });
    const crashed = this.#watch(consumer);
    try {
      await consumer.connect();
      await consumer.subscribe({
        topics: this.#options.topics.flatMap((topic) => [laneTopic(topic, 'urgent'), laneTopic(topic, 'normal')]),
        fromBeginning: true,
      });
      this.#consumer = consumer;
      await consumer.run({
        autoCommit: false,
        partitionsConsumedConcurrently: 4,
        eachBatch: (batch) => this.#onBatch(batch),
      });
      await Promise.race([crashed, this.#stopped.promise]);
    } finally {
      this.#consumer = undefined;
      await consumer.disconnect();
    }
  }

  #watch(consumer: Consumer): Promise<never> {
    const { FETCH, HEARTBEAT, REBALANCING, GROUP_JOIN, CRASH } = consumer.events;
    const alive = (): void => this.#runtime.progress.fetched();
    consumer.on(FETCH, alive);
    consumer.on(HEARTBEAT, alive);
    consumer.on(REBALANCING, () => this.#runtime.hold());
    consumer.on(GROUP_JOIN, () => {
      this.#endMembership();
      this.#failures = 0;
      this.#runtime.progress.trouble = undefined;
      this.#runtime.release();
      alive();
    });
    const crashed = new Promise<never>((_, reject) => consumer.on(CRASH, ({ payload }) => reject(payload.error)));
    // Observed through the race in #runConsumer; this keeps an early crash from counting as unhandled meanwhile.
    crashed.catch(() => this.#runtime.hold());
    return crashed;
  }

  async #pause(ms: number): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    await Promise.race([this.#stopped.promise, new Promise((resolve) => (timer = setTimeout(resolve, ms)))]);
    clearTimeout(timer);
  }

  /** Nothing fetched so far may be started or committed any more: the broker delivers it again to whoever is next. */
  #endMembership(): void {
    for (const partition of this.#assignment.end()) {
      this.#runtime.discard(partition);
      if (partition.paused) this.#consumer?.resume([{ topic: partition.topicName, partitions: [partition.partition] }]);
    }
  }

  #onBatch({ batch }: EachBatchPayload): Promise<void> {
    const first = Number(batch.messages[0]?.offset ?? 0);
    if (this.#stopping || batch.messages.length === 0) return Promise.resolve();
    const missed = this.#assignment.missedBefore(batch.topic, batch.partition, first);
    if (missed !== undefined) {
      this.#consumer?.seek({ topic: batch.topic, partition: batch.partition, offset: String(missed) });
      return Promise.resolve();
    }
    const { current, replaced } = this.#assignment.open(batch.topic, batch.partition, first);
    if (replaced) this.#runtime.discard(replaced);
    for (const message of batch.messages) this.#accept(current, message);
    if (current.tracker.span >= WINDOW) this.#pausePartition(current);
    return Promise.resolve();
  }

  #accept(from: AssignedPartition, message: EachBatchPayload['batch']['messages'][number]): void {
    const offset = Number(message.offset);
    const { record, replayFor } = fromMessage(from.topicName, from.partition, message);
    from.tracker.begin(offset);
    const settled = (): void => {
      from.tracker.finish(offset);
      this.#dirty.ring();
      if (from.paused && from.tracker.span <= WINDOW / 2) this.#resumePartition(from);
    };
    if (replayFor !== undefined && replayFor !== this.group) settled();
    else this.#runtime.accept({ record, owner: from, settled, dropped: () => undefined });
  }

  #pausePartition(partition: AssignedPartition): void {
    if (partition.paused) return;
    partition.paused = true;
    this.#consumer?.pause([{ topic: partition.topicName, partitions: [partition.partition] }]);
  }

  #resumePartition(partition: AssignedPartition): void {
    partition.paused = false;
    if (!this.#assignment.has(partition)) return;
    this.#consumer?.resume([{ topic: partition.topicName, partitions: [partition.partition] }]);
  }

  async #commitLoop(): Promise<void> {
    while (!this.#stopping) {
      await this.#dirty.wait(5000);
      await this.#commit();
      if (!this.#stopping) await new Promise((resolve) => setTimeout(resolve, COMMIT_MS));
    }
  }

  async #commit(): Promise<void> {
    const consumer = this.#consumer;
    const due = this.#assignment.partitions
      .map((partition) => ({ partition, watermark: partition.tracker.watermark }))
      .filter(({ partition, watermark }) => watermark > partition.tracker.committed);
    if (!consumer || due.length === 0) return;
    try {
      await consumer.commitOffsets(
        due.map(({ partition, watermark }) => ({
          topic: partition.topicName,
          partition: partition.partition,
          offset: String(watermark),
        })),
      );
      for (const { partition, watermark } of due) partition.tracker.committed = watermark;
    } catch (error) {
      // Refused while the group rebalances: the records come again and the inbox knows them.
      this.#parts.log.warn(`${this.group}: offsets were not committed: ${describeCause(error)}`);
    }
  }
}
