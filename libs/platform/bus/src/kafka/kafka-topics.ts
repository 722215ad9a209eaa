import { setTimeout as wait } from 'node:timers/promises';
import type { Admin, ITopicConfig } from 'kafkajs';
import { describeCause, deadLetterTopic } from '../dead-letter.ts';
import type { KafkaBusConfig } from '../bus-config.ts';
import type { Lane } from '../bus-record.ts';
import { isNotServedYet } from './kafka-client.ts';

const DAY_MS = 86_400_000;

/** Dead letters wait for a person: a year, whatever the retention of the topic. */
const DEAD_LETTER_DAYS = 366;

/** An event is at most 1 MiB; a dead letter holds it once more as text, quotes escaped, with its cause. */
const EVENT_TOPIC_BYTES = 2 * 2 ** 20;
const LETTER_TOPIC_BYTES = 6 * 2 ** 20;

const URGENT = '.urgent';

/** How long the controller may take to write new topics down. */
const CREATE_LIMIT_MS = 14_000;

/** Each partition is brought to the disk by itself: a slow one takes minutes for all, but not for one. */
const STANDSTILL_MS = 120_000;

/** Lanes are topics of their own, so that a long normal queue never stands before an urgent record. */
export const laneTopic = (topic: string, lane: Lane): string => (lane === 'urgent' ? `${topic}${URGENT}` : topic);

export const laneTopics = (topic: string): string[] => [laneTopic(topic, 'normal'), laneTopic(topic, 'urgent')];

export const fromLaneTopic = (name: string): { topic: string; lane: Lane } =>
  name.endsWith(URGENT) ? { topic: name.slice(0, -URGENT.length), lane: 'urgent' } : { topic: name, lane: 'normal' };

/**
 * Makes topics of events and the dead-letter topics of groups explicitly; the broker's own auto-creation would give them its
 * defaults. Resolves when their leaders serve them: a topic is known well before its partitions are on the disk.
 *
 * @returns the names of those that were made
 * @throws Error when one is not served though the others have stood still for two minutes
 */
export async function makeTopics(
  admin: Admin,
  config: KafkaBusConfig,
  names: Iterable<string>,
  groups: Iterable<string>,
): Promise<string[]> {
  const declared = [
    ...[...new Set(names)].flatMap((name) => eventTopics(config, name)),
    ...[...new Set(groups)].map((group) => letterTopic(config, group)),
  ];
  const existing = new Set(await admin.listTopics());
  const missing = declared.filter(({ topic }) => !existing.has(topic));
  if (missing.length === 0) return [];
  try {
    await admin.createTopics({ topics: missing, waitForLeaders: false, timeout: CREATE_LIMIT_MS });
  } catch (error) {
    // A late answer is no refusal: what was asked for comes, or is missed below.
    if (!isNotServedYet(error)) throw error;
  }
  for (const { topic } of missing) await untilServed(admin, topic);
  return missing.map(({ topic }) => topic);
}

async function untilServed(admin: Admin, topic: string): Promise<void> {
  const end = Date.now() + STANDSTILL_MS;
  for (;;) {
    try {
      await admin.fetchTopicOffsets(topic);
      return;
    } catch (error) {
      if (!isNotServedYet(error)) throw error;
      if (Date.now() > end)
        throw new Error(`Kafka does not serve the topic ${topic} after ${STANDSTILL_MS} ms: ${describeCause(error)}`, {
          cause: error,
        });
    }
    await wait(200);
  }
}

function eventTopics(config: KafkaBusConfig, name: string): ITopicConfig[] {
  const { partitions, urgentPartitions, retentionDays } = config;
  return [
    topicConfig(config, name, partitions, retentionDays, EVENT_TOPIC_BYTES),
    topicConfig(config, laneTopic(name, 'urgent'), urgentPartitions, retentionDays, EVENT_TOPIC_BYTES),
  ];
}

const letterTopic = (config: KafkaBusConfig, group: string): ITopicConfig =>
  topicConfig(config, deadLetterTopic(group), 1, DEAD_LETTER_DAYS, LETTER_TOPIC_BYTES);

function topicConfig(
  { replication }: KafkaBusConfig,
  topic: string,
  numPartitions: number,
  retentionDays: number,
  maxBytes: number,
): ITopicConfig {
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
