import kafkajs from 'kafkajs';
import type { Kafka, Message, Producer } from 'kafkajs';
import type { BusLog } from '../bus-log.ts';
import { describeCause } from '../dead-letter.ts';
import type { BusRecord } from '../bus-record.ts';
import { toMessage } from './kafka-record.ts';
import { laneTopic } from './kafka-topics.ts';

/** kafkajs makes one record batch per partition, and a broker takes none above `max.message.bytes`. */
const MOST_BYTES_AT_ONCE = 512 * 1024;

/** Sends batches with an idempotent producer; the caller sends one at a time. */
export class KafkaPublisher {
  readonly #kafka: Kafka;
  readonly #log: BusLog;
  #producer: Promise<Producer> | undefined;

  constructor(kafka: Kafka, log: BusLog) {
    this.#kafka = kafka;
    this.#log = log;
  }

  async send(records: readonly BusRecord[]): Promise<void> {
    for (const part of inParts(records)) {
      const byTopic = new Map<string, Message[]>();
      for (const record of part) {
        const name = laneTopic(record.topic, record.lane);
        const messages = byTopic.get(name) ?? [];
        messages.push(toMessage(record));
        byTopic.set(name, messages);
      }
      await this.sendMessages(byTopic);
    }
  }

  async sendMessages(byTopic: ReadonlyMap<string, Message[]>): Promise<void> {
    try {
      const producer = await (this.#producer ??= this.#connect());
      await producer.sendBatch({
        acks: -1,
        timeout: 15_000,
        topicMessages: [...byTopic].map(([topic, messages]) => ({ topic, messages })),
      });
    } catch (error) {
      // The sequence numbers of a failed producer cannot be trusted; the next batch gets a new one.
      await this.close();
      throw error;
    }
  }

  async close(): Promise<void> {
    const connecting = this.#producer;
    this.#producer = undefined;
    try {
      await (await connecting)?.disconnect();
    } catch (error) {
      this.#log.warn(`closing the producer: ${describeCause(error)}`);
    }
  }

  async #connect(): Promise<Producer> {
    const producer = this.#kafka.producer({
      idempotent: true,
      // More would let a retried batch arrive behind its successor.
      maxInFlightRequests: 1,
      allowAutoTopicCreation: false,
      createPartitioner: kafkajs.Partitioners.DefaultPartitioner,
      retry: { initialRetryTime: 100, maxRetryTime: 2000, retries: 5 },
    });
    await producer.connect();
    return producer;
  }
}

/** In the order given; a record that is too large for a part travels alone. */
function* inParts(records: readonly BusRecord[]): Generator<BusRecord[]> {
  let part: BusRecord[] = [];
  let bytes = 0;
  for (const record of records) {
    const size = Buffer.byteLength(record.value) + Buffer.byteLength(record.key) + 1024;
    if (part.length > 0 && bytes + size > MOST_BYTES_AT_ONCE) {
      yield part;
      [part, bytes] = [[], 0];
    }
    part.push(record);
    bytes += size;
  }
  if (part.length > 0) yield part;
}
