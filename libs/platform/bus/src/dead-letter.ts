import type { BusRecord } from './bus-record.ts';
import { idFrom } from '@qlvb/shared-domain';

/** A record that a group could not handle, kept whole for an operator. */
export interface DeadLetter {
  /** The same for every failure of one record in one group. */
  readonly id: string;
  readonly group: string;
  /** `<topic of the record>.dlq`. */
  readonly topic: string;
  readonly cause: string;
  readonly attempts: number;
  readonly failedAt: string;
  readonly record: BusRecord;
}

/** What an operator does with dead letters. */
export interface DeadLetters {
  /** Letters that were not replayed since they failed, oldest first. */
  list(group: string): Promise<readonly DeadLetter[]>;
  /**
   * Delivers the record to its group again, after everything already waiting under its key.
   *
   * @throws UnknownDeadLetter when no open letter has this id
   */
  replay(id: string): Promise<void>;
}

export class UnknownDeadLetter extends Error {
  constructor(id: string) {
    super(`no open dead letter ${id}`);
    this.name = 'UnknownDeadLetter';
  }
}

export const deadLetterTopic = (topic: string): string => `${topic}.dlq`;

export function makeDeadLetter(group: string, record: BusRecord, cause: unknown, attempts: number): DeadLetter {
  return {
    id: idFrom(`dead-letter|${group}|${record.topic}|${record.lane}|${record.id}`),
    group,
    topic: deadLetterTopic(record.topic),
    cause: describeCause(cause),
    attempts,
    failedAt: new Date().toISOString(),
    record,
  };
}

const LONGEST_CAUSE = 4000;

/** The error and its causes in one text, for the operator; stacks stay in the log. */
export function describeCause(error: unknown): string {
  const parts: string[] = [];
  for (let current: unknown = error; current !== undefined && parts.length < 5;) {
    parts.push(current instanceof Error ? `${current.name}: ${current.message}` : String(current));
    current = current instanceof Error ? current.cause : undefined;
  }
  return parts.join('; caused by ').slice(0, LONGEST_CAUSE);
}
