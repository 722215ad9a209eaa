import type { BusRecord } from './bus-record.ts';
import { idFrom } from '@qlvb/shared-domain';

/** A record that a group could not handle, kept whole for an operator. */
export interface DeadLetter {
  /** The same for every failure of one record in one group. */
  readonly id: string;
  readonly group: string;
  /** `<group>.dlq`: each group has its own, so that no service writes into another's. */
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

const DEAD_LETTERS = '.dlq';

export const deadLetterTopic = (group: string): string => `${group}${DEAD_LETTERS}`;

export const isDeadLetterTopic = (topic: string): boolean => topic.endsWith(DEAD_LETTERS);

/** One record has one letter in a group, however often it fails there. */
export const deadLetterId = (group: string, record: Pick<BusRecord, 'topic' | 'lane' | 'id'>): string =>
  idFrom(`dead-letter|${group}|${record.topic}|${record.lane}|${record.id}`);

export function makeDeadLetter(group: string, record: BusRecord, cause: unknown, attempts: number): DeadLetter {
  return {
    id: deadLetterId(group, record),
    group,
    topic: deadLetterTopic(group),
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
