import { randomUUID } from 'node:crypto';
import type { Consumer, EachBatchPayload, Kafka, Message } from 'kafkajs';
import type { DeadLetter, DeadLetters } from '../dead-letter.ts';
import { UnknownDeadLetter } from '../dead-letter.ts';
import type { KafkaPublisher } from './kafka-publisher.ts';
import { toMessage } from './kafka-record.ts';
import { laneTopic } from './kafka-topics.ts';
import type { KafkaTopics } from './kafka-topics.ts';

const LETTER_HEADER = 'qlvb-dead-letter';
const READ_LIMIT_MS = 60_000;

/**
 * Dead letters in `<topic>.dlq`: a failure appends the letter, a replay appends a mark without value. Open is what has
 * no mark after it; one partition per topic keeps that order.
 */
export class KafkaDeadLetters implements DeadLetters {
  readonly #kafka: Kafka;
  readonly #topics: KafkaTopics;
  readonly #publisher: () => KafkaPublisher;

  constructor(kafka: Kafka, topics: KafkaTopics, publisher: () => KafkaPublisher) {
    this.#kafka = kafka;
    this.#topics = topics;
    this.#publisher = publisher;
  }

  async store(letter: DeadLetter): Promise<void> {
    await this.#topics.ensure([letter.record.topic]);
    await this.#append(letter, JSON.stringify(letter));
  }

  async list(group: string): Promise<readonly DeadLetter[]> {
    const open = await this.#readOpen();
    return [...open.values()]
      .filter((letter) => letter.group === group)
      .sort((a, b) => (a.failedAt < b.failedAt ? -1 : 1));
  }

  async replay(id: string): Promise<void> {
    const letter = (await this.#readOpen()).get(id);
    if (!letter) throw new UnknownDeadLetter(id);
    const { record, group } = letter;
    await this.#publisher().sendMessages(new Map([[laneTopic(record.topic, record.lane), [toMessage(record, group)]]]));
    await this.#append(letter, null);
  }

  async #append(letter: DeadLetter, value: string | null): Promise<void> {
    const message: Message = { key: letter.record.key, value, headers: { [LETTER_HEADER]: letter.id } };
    await this.#publisher().sendMessages(new Map([[letter.topic, [message]]]));
  }

  async #readOpen(): Promise<Map<string, DeadLetter>> {
    const open = new Map<string, DeadLetter>();
    await this.#readToEnd(({ batch }) => {
      for (const { headers, value } of batch.messages) {
        const id = headers?.[LETTER_HEADER]?.toString();
        if (id === undefined) continue;
        if (value) open.set(id, JSON.parse(value.toString('utf8')) as DeadLetter);
        else open.delete(id);
      }
    });
    return open;
  }

  async #readToEnd(onBatch: (payload: EachBatchPayload) => void): Promise<void> {
    const ends = await this.#findEnds();
    if (ends.size === 0) return;
    const groupId = `qlvb-dead-letter-reader-${randomUUID()}`;
    const consumer = this.#kafka.consumer({ groupId, maxWaitTimeInMs: 200 });
    try {
      await consumer.connect();
      await consumer.subscribe({ topics: [...ends.keys()], fromBeginning: true });
      await this.#consumeUntil(consumer, ends, onBatch);
    } finally {
      await consumer.disconnect();
      await this.#topics.withAdmin((admin) => admin.deleteGroups([groupId]));
    }
  }

  async #consumeUntil(
    consumer: Consumer,
    ends: Map<string, number>,
    onBatch: (payload: EachBatchPayload) => void,
  ): Promise<void> {
    let limit: NodeJS.Timeout | undefined;
    try {
      await new Promise<void>((resolve, reject) => {
        limit = setTimeout(() => reject(new Error('the dead letters could not be read in time')), READ_LIMIT_MS);
        consumer.on(consumer.events.CRASH, ({ payload }) => reject(payload.error));
        const eachBatch = (payload: EachBatchPayload): Promise<void> => {
          onBatch(payload);
          const { topic } = payload.batch;
          if (Number(payload.batch.lastOffset()) + 1 >= (ends.get(topic) ?? 0)) ends.delete(topic);
          if (ends.size === 0) resolve();
          return Promise.resolve();
        };
        consumer.run({ autoCommit: false, eachBatch }).catch(reject);
      });
    } finally {
      clearTimeout(limit);
    }
  }

  /** The end of each dead-letter topic that holds anything. */
  async #findEnds(): Promise<Map<string, number>> {
    return await this.#topics.withAdmin(async (admin) => {
      const ends = new Map<string, number>();
      for (const topic of await admin.listTopics()) {
        if (!topic.endsWith('.dlq')) continue;
        const [only] = await admin.fetchTopicOffsets(topic);
        if (only && Number(only.high) > Number(only.low)) ends.set(topic, Number(only.high));
      }
      return ends;
    });
  }
}
