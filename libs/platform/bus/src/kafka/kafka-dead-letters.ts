import { randomUUID } from 'node:crypto';
import type { Consumer, EachBatchPayload, Kafka, Message } from 'kafkajs';
import type { BusLog } from '../bus-log.ts';
import type { DeadLetter, DeadLetters } from '../dead-letter.ts';
import { deadLetterId, deadLetterTopic, isDeadLetterTopic, UnknownDeadLetter } from '../dead-letter.ts';
import { withAdmin } from './kafka-client.ts';
import type { KafkaPublisher } from './kafka-publisher.ts';
import { toMessage } from './kafka-record.ts';
import { laneTopic } from './kafka-topics.ts';

const LETTER_HEADER = 'qlvb-dead-letter';
const READ_LIMIT_MS = 60_000;

/**
 * Dead letters in `<group>.dlq`: a failure appends the letter, a replay appends a mark without value. Open is what has
 * no mark after it; one partition per topic keeps that order. A service appends to its own; an operator's account reads all
 * and replays, and believes no letter that speaks for another group.
 */
export class KafkaDeadLetters implements DeadLetters {
  readonly #kafka: Kafka;
  readonly #publisher: () => KafkaPublisher;
  readonly #log: BusLog;

  constructor(kafka: Kafka, publisher: () => KafkaPublisher, log: BusLog) {
    this.#kafka = kafka;
    this.#publisher = publisher;
    this.#log = log;
  }

  async store(letter: DeadLetter): Promise<void> {
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
    await this.#readToEnd(({ batch: { topic, messages } }) => {
      for (const { headers, value, offset } of messages) {
        const id = headers?.[LETTER_HEADER]?.toString() ?? '';
        if (!value) {
          if (open.get(id)?.topic === topic) open.delete(id);
          continue;
        }
        const letter = readLetter(topic, id, value.toString('utf8'));
        if (letter) open.set(id, letter);
        else this.#log.warn(`${topic}/${offset} is no dead letter of the group that may write there`);
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
      await withAdmin(this.#kafka, (admin) => admin.deleteGroups([groupId]));
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
    return await withAdmin(this.#kafka, async (admin) => {
      const ends = new Map<string, number>();
      for (const topic of await admin.listTopics()) {
        if (!isDeadLetterTopic(topic)) continue;
        const [only] = await admin.fetchTopicOffsets(topic);
        if (only && Number(only.high) > Number(only.low)) ends.set(topic, Number(only.high));
      }
      return ends;
    });
  }
}

/**
 * A letter as it was stored. Its topic says whose it is, because only that group's account writes there; a replay must reach a topic
 * of events. Letters of the time when each topic had its own `.dlq`, which nobody may write to any more, are read as well.
 */
function readLetter(topic: string, id: string, text: string): DeadLetter | undefined {
  let letter: DeadLetter;
  try {
    letter = JSON.parse(text) as DeadLetter;
    if (id !== deadLetterId(letter.group, letter.record)) return undefined;
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof TypeError) return undefined;
    throw error;
  }
  const { record, group } = letter;
  const earlier = record.topic.includes('.') && topic === deadLetterTopic(record.topic);
  if (topic !== deadLetterTopic(group) && !earlier) return undefined;
  return isDeadLetterTopic(record.topic) ? undefined : { ...letter, topic };
}
