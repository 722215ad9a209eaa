import type { Admin, ITopicConfig, Kafka } from 'kafkajs';
import { deadLetterTopic } from '../dead-letter.ts';
import type { KafkaBusConfig } from '../bus-config.ts';
import type { Lane } from '../bus-record.ts';

const DAY_MS = 86_400_000;

/** Dead letters wait for a person: a year, whatever the retention of the topic. */
const DEAD_LETTER_DAYS = 366;

/** An event is at most 1 MiB; a dead letter holds it once more as text, quotes escaped, with its cause. */
const EVENT_TOPIC_BYTES = 2 * 2 ** 20;
const LETTER_TOPIC_BYTES = 6 * 2 ** 20;

const URGENT = '.urgent';

/** Lanes are topics of their own, so that a long normal queue never stands before an urgent record. */
export const laneTopic = (topic: string, lane: Lane): string => (lane === 'urgent' ? `${topic}${URGENT}` : topic);

export const fromLaneTopic = (name: string): { topic: string; lane: Lane } =>
  name.endsWith(URGENT) ? { topic: name.slice(0, -URGENT.length), lane: 'urgent' } : { topic: name, lane: 'normal' };

/** Makes topics explicitly; the broker's own auto-creation would give them its defaults. */
export class KafkaTopics {
  readonly #kafka: Kafka;
  readonly #config: KafkaBusConfig;
  readonly #known = new Set<string>();

  constructor(kafka: Kafka, config: KafkaBusConfig) {
    this.#kafka = kafka;
    this.#config = config;
  }

  async ensure(topics: Iterable<string>): Promise<void> {
    const fresh = [...new Set(topics)].filter((topic) => !this.#known.has(topic));
    if (fresh.length === 0) return;
    await this.withAdmin(async (admin) => {
      const existing = new Set(await admin.listTopics());
      const missing = fresh.flatMap((topic) => this.#declare(topic)).filter(({ topic }) => !existing.has(topic));
      if (missing.length > 0) await admin.createTopics({ topics: missing, waitForLeaders: true });
    });
    for (const topic of fresh) this.#known.add(topic);
  }

  /** The broker said that it does not know a topic: look again before the next use. */
  forget(): void {
    this.#known.clear();
  }

  async withAdmin<T>(work: (admin: Admin) => Promise<T>): Promise<T> {
    const admin = this.#kafka.admin();
    await admin.connect();
    try {
      return await work(admin);
    } finally {
      await admin.disconnect();
    }
  }

  #declare(topic: string): ITopicConfig[] {
    const { partitions, urgentPartitions, retentionDays } = this.#config;
    return [
      this.#topic(topic, partitions, retentionDays, EVENT_TOPIC_BYTES),
      this.#topic(laneTopic(topic, 'urgent'), urgentPartitions, retentionDays, EVENT_TOPIC_BYTES),
      this.#topic(deadLetterTopic(topic), 1, DEAD_LETTER_DAYS, LETTER_TOPIC_BYTES),
    ];
  }

  #topic(topic: string, numPartitions: number, retentionDays: number, maxBytes: number): ITopicConfig {
    const { replication } = this.#config;
    return {
      topic,
      numPartitions,
      replicationFactor: replication,
      configEntries: [
        { name: 'max.message.bytes', value: String(maxBytes) },
        { name: 'retention.ms', value: String(retentionDays * DAY_MS) },
        { name: 'min.insync.replicas', value: replication >= 3 ? '2' : '1' },
        { name: 'unclean.leader.election.enable', value: 'false' },
      ],
    };
  }
}
