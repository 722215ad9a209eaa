import kafkajs from 'kafkajs';
import type { Kafka, LogEntry } from 'kafkajs';
import type { KafkaBusConfig } from '../bus-config.ts';
import type { BusLog } from '../bus-log.ts';

const SAME_SENTENCE_MS = 10_000;

/** Bounded retries are meant: after them the batch is published again by the outbox with a new producer. */
const MEANT = 'Limiting retries for the idempotent producer';

export function makeKafka(config: KafkaBusConfig, log: BusLog): Kafka {
  return new kafkajs.Kafka({
    clientId: 'qlvb',
    brokers: [...config.brokers],
    connectionTimeout: 3000,
    requestTimeout: 15_000,
    retry: { initialRetryTime: 100, maxRetryTime: 3000, retries: 6 },
    logLevel: kafkajs.logLevel.WARN,
    logCreator: () => quieted(log),
    ...(config.tls ? { ssl: true } : {}),
    ...(config.credentials ? { sasl: { mechanism: 'scram-sha-512', ...config.credentials } } : {}),
  });
}

/** The client repeats itself while a broker is away; each sentence is passed on once in a while. */
function quieted(log: BusLog): (entry: LogEntry) => void {
  const saidAt = new Map<string, number>();
  return ({ namespace, log: { message, error } }) => {
    if (message.startsWith(MEANT)) return;
    const sentence = `kafkajs ${namespace}: ${message}${typeof error === 'string' ? `: ${error}` : ''}`;
    const now = Date.now();
    if (now - (saidAt.get(sentence) ?? 0) < SAME_SENTENCE_MS) return;
    if (saidAt.size > 500) saidAt.clear();
    saidAt.set(sentence, now);
    log.warn(sentence);
  };
}

/** The broker is away or not ready; the record, the group and the topic are not to blame. */
export function isBrokerAway(error: unknown): boolean {
  for (let current = error; current instanceof Error; current = current.cause) {
    const type = (current as { type?: unknown }).type;
    if (/Connection|NoBroker|BrokerNotFound|RequestTimeout/.test(current.name)) return true;
    if (typeof type === 'string' && /COORDINATOR|BROKER_NOT_AVAILABLE|REQUEST_TIMED_OUT/.test(type)) return true;
  }
  return false;
}
