import type { Admin, ITopicConfig } from 'kafkajs';
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

export const laneTopics = (topic: string): string[] => [laneTopic(topic, 'normal'), laneTopic(topic, 'urgent')];

export const fromLaneTopic = (name: string): { topic: string; lane: Lane } =>
  name.endsWith(URGENT) ? { topic: name.slice(0, -URGENT.length), lane: 'urgent' } : { topic: name, lane: 'normal' };

/**
 * Makes topics of events and the dead-letter topics of groups explicitly; the broker's own auto-creation would give them its
 * defaults.
 *
 * @returns the names of those that were made
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
  if (missing.length > 0) await admin.createTopics({ topics: missing, waitForLeaders: true });
  return missing.map(({ topic }) => topic);
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
