import type { KafkaMessage, Message } from 'kafkajs';
import type { BusRecord } from '../bus-record.ts';
import { fromLaneTopic } from './kafka-topics.ts';

const CONTENT_TYPE = 'content-type';
const ID_HEADER = 'qlvb-id';

/** On a replayed dead letter: the one group it is meant for. */
const REPLAY_HEADER = 'qlvb-replay-for';

/** Headers of the transport, which the record itself does not have. */
const OURS = new Set([CONTENT_TYPE, ID_HEADER, REPLAY_HEADER]);

export const toMessage = (record: BusRecord, replayFor?: string): Message => ({
  key: record.key,
  value: record.value,
  headers: {
    [CONTENT_TYPE]: 'application/cloudevents+json',
    ...record.headers,
    [ID_HEADER]: record.id,
    ...(replayFor === undefined ? {} : { [REPLAY_HEADER]: replayFor }),
  },
});

export interface ReadRecord {
  readonly record: BusRecord;
  readonly replayFor: string | undefined;
}

/** Anything on a topic becomes a record, also what a foreign producer wrote: whether it is an event is decided later. */
export function fromMessage(topicName: string, partition: number, message: KafkaMessage): ReadRecord {
  const all = readHeaders(message);
  const { [ID_HEADER]: id, [REPLAY_HEADER]: replayFor } = all;
  const headers = Object.fromEntries(Object.entries(all).filter(([name]) => !OURS.has(name)));
  const value = message.value?.toString('utf8') ?? '';
  return {
    replayFor,
    record: {
      ...fromLaneTopic(topicName),
      id: id ?? idInside(value) ?? `${topicName}/${partition}/${message.offset}`,
      key: message.key?.toString('utf8') ?? `partition ${partition}`,
      value,
      headers,
    },
  };
}

function readHeaders(message: KafkaMessage): Record<string, string> {
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(message.headers ?? {})) {
    const first = Array.isArray(value) ? value[0] : value;
    if (first !== undefined) headers[name] = first.toString();
  }
  return headers;
}

function idInside(value: string): string | undefined {
  try {
    const { id } = JSON.parse(value) as { id?: unknown };
    return typeof id === 'string' && id !== '' ? id : undefined;
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof TypeError) return undefined;
    throw error;
  }
}
