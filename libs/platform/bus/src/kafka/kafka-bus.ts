import type { Kafka } from 'kafkajs';
import { BatchingPublisher } from '../batching-publisher.ts';
import type { KafkaBusConfig } from '../bus-config.ts';
import type { BusLog } from '../bus-log.ts';
import { describeCause } from '../dead-letter.ts';
import type { BusRecord } from '../bus-record.ts';
import type { BusHealth, BusProgress, EventBus, SubscribeOptions, Subscription, TopicRequest } from '../event-bus.ts';
import { Subscriptions } from '../subscriptions.ts';
import { Admission } from './admission.ts';
import { makeKafka, withAdmin } from './kafka-client.ts';
import { KafkaDeadLetters } from './kafka-dead-letters.ts';
import { KafkaPublisher } from './kafka-publisher.ts';
import { KafkaSubscription } from './kafka-subscription.ts';
import { makeTopics } from './kafka-topics.ts';

const HEALTH_FRESH_MS = 5000;

export class KafkaBus implements EventBus {
  readonly driver = 'kafka';
  readonly deadLetters: KafkaDeadLetters;
  readonly #config: KafkaBusConfig;
  readonly #log: BusLog;
  readonly #admission: Admission;
  readonly #kafka: Kafka;
  readonly #sender: KafkaPublisher;
  readonly #letterSender: KafkaPublisher;
  readonly #publisher: BatchingPublisher;
  readonly #subscriptions = new Subscriptions();
  #answered: { at: number; detail: string | undefined } | undefined;

  constructor(config: KafkaBusConfig, log: BusLog) {
    this.#config = config;
    this.#log = log;
    this.#admission = new Admission(config, log);
    this.#kafka = makeKafka(config, log);
    this.#sender = new KafkaPublisher(this.#kafka, log);
    // Dead letters have a producer of their own: they are stored while batches of events are on their way.
    this.#letterSender = new KafkaPublisher(this.#kafka, log);
    this.#publisher = new BatchingPublisher((records) => this.#sender.send(records));
    this.deadLetters = new KafkaDeadLetters(this.#kafka, () => this.#letterSender, log);
    if (!config.tls) log.warn('QLVB_KAFKA_WITHOUT_TLS: events travel in the clear between here and Kafka');
  }

  async admit(): Promise<void> {
    await this.#admission.checkAccount();
  }

  async publish(records: readonly BusRecord[]): Promise<void> {
    await this.#publisher.publish(records);
  }

  async ensureTopics(topics: readonly TopicRequest[]): Promise<void> {
    if (topics.length === 0) return;
    const names = topics.map(({ name }) => name);
    const groups = topics.flatMap((topic) => topic.groups ?? []);
    await withAdmin(this.#kafka, (admin) => makeTopics(admin, this.#config, names, groups));
  }

  async subscribe(options: SubscribeOptions): Promise<Subscription> {
    this.#subscriptions.assertFree(options.group);
    await this.#admission.checkTopics(options.topics);
    return this.#subscriptions.start(
      new KafkaSubscription(
        { concurrency: this.#config.concurrency, ...options },
        {
          kafka: this.#kafka,
          config: this.#config,
          log: this.#log,
          storeDeadLetter: (letter) => this.deadLetters.store(letter),
          onClosed: () => this.#subscriptions.closed(options.group),
        },
      ),
    );
  }

  progress(): BusProgress {
    return this.#subscriptions.progress();
  }

  async health(): Promise<BusHealth> {
    const detail = await this.#askCluster();
    return { ...this.progress(), reachable: detail === undefined, ...(detail === undefined ? {} : { detail }) };
  }

  async close(limitMs?: number): Promise<void> {
    await this.#publisher.settle();
    await this.#subscriptions.drain(limitMs);
    await Promise.all([this.#sender.close(), this.#letterSender.close()]);
  }

  /** What is wrong with the cluster, if anything; asked at most every few seconds. */
  async #askCluster(): Promise<string | undefined> {
    if (this.#answered && Date.now() - this.#answered.at < HEALTH_FRESH_MS) return this.#answered.detail;
    let detail: string | undefined;
    try {
      await withAdmin(this.#kafka, (admin) => admin.describeCluster());
    } catch (error) {
      detail = describeCause(error);
    }
    this.#answered = { at: Date.now(), detail };
    return detail;
  }
}
