import kafkajs from 'kafkajs';
import type { Admin, Kafka, LogEntry } from 'kafkajs';
import type { KafkaBusConfig } from '../bus-config.ts';
import type { BusLog } from '../bus-log.ts';
import { BusRefused } from '../bus-refused.ts';
import { describeCause } from '../dead-letter.ts';

const SAME_SENTENCE_MS = 10_000;

/** Bounded retries are meant: after them the batch is published again by the outbox with a new producer. */
const MEANT = 'Limiting retries for the idempotent producer';

const NOT_SERVED_YET: ReadonlySet<string> = new Set([
  'LEADER_NOT_AVAILABLE',
  'NOT_LEADER_FOR_PARTITION',
  'REPLICA_NOT_AVAILABLE',
  'UNKNOWN_LEADER_EPOCH',
  'FENCED_LEADER_EPOCH',
]);

export function makeKafka(config: KafkaBusConfig, log: BusLog, { retries = 6 } = {}): Kafka {
  return new kafkajs.Kafka({
    clientId: 'qlvb',
    brokers: [...config.brokers],
    connectionTimeout: 3000,
    requestTimeout: 15_000,
    retry: { initialRetryTime: 100, maxRetryTime: 3000, retries },
    logLevel: kafkajs.logLevel.WARN,
    logCreator: () => quieted(log),
    ssl: config.tls && (config.tls.ca === undefined ? true : { ca: [config.tls.ca] }),
    sasl: { mechanism: 'scram-sha-512', ...config.credentials },
  });
}

/** @throws BusRefused when the brokers do not know the account */
export async function withAdmin<T>(kafka: Kafka, work: (admin: Admin) => Promise<T>): Promise<T> {
  const admin = kafka.admin();
  try {
    await admin.connect();
    return await work(admin);
  } catch (error) {
    if (refusalOf(error) !== 'account') throw error;
    throw new BusRefused(
      `Kafka refuses this account: see QLVB_KAFKA_USERNAME and QLVB_KAFKA_PASSWORD (${describeCause(error)})`,
      { cause: error },
    );
  } finally {
    await admin.disconnect();
  }
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

/** What the broker refuses: to know this account, or to let it do something; undefined when it refused nothing. */
export function refusalOf(error: unknown): 'account' | 'rights' | undefined {
  for (let current = error; current instanceof Error; current = current.cause) {
    const type = (current as { type?: unknown }).type;
    if (current.name === 'KafkaJSSASLAuthenticationError') return 'account';
    if (typeof type === 'string' && type.endsWith('AUTHORIZATION_FAILED')) return 'rights';
  }
  return undefined;
}

/** The topics are not installed, or the broker was emptied: they come with the next installation. */
export function isTopicMissing(error: unknown): boolean {
  for (let current = error; current instanceof Error; current = current.cause) {
    if ((current as { type?: unknown }).type === 'UNKNOWN_TOPIC_OR_PARTITION') return true;
  }
  return false;
}

/** A partition of a new topic has no leader yet, or the leader has not brought it to its disk. */
export function isNotServedYet(error: unknown): boolean {
  for (let current = error; current instanceof Error; current = current.cause) {
    const type = (current as { type?: unknown }).type;
    if (typeof type === 'string' && NOT_SERVED_YET.has(type)) return true;
  }
  return isTopicMissing(error) || isBrokerAway(error);
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
