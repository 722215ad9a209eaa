import type { Pool } from 'pg';
import type { DeadLetter, DeadLetters } from '../dead-letter.ts';
import { UnknownDeadLetter } from '../dead-letter.ts';
import type { BusRecord } from '../bus-record.ts';
import { groupNumber, partitionOf } from './partition.ts';
import { LANES, PARTITIONS } from './schema.ts';

interface Row {
  readonly id: string;
  readonly group_name: string;
  readonly topic: string;
  readonly cause: string;
  readonly attempts: number;
  readonly failed_at: Date;
  readonly record: BusRecord;
}

export class PostgresDeadLetters implements DeadLetters {
  readonly #pool: Pool;

  constructor(pool: Pool) {
    this.#pool = pool;
  }

  async store(letter: DeadLetter): Promise<void> {
    const { id, group, topic, cause, attempts, failedAt, record } = letter;
    await this.#pool.query('SELECT bus.give_up($1, $2, $3, $4, $5, $6, $7, $8)', [
      id,
      groupNumber(group),
      group,
      topic,
      cause.replaceAll('\0', ''),
      attempts,
      failedAt,
      JSON.stringify(record),
    ]);
  }

  async list(group: string): Promise<readonly DeadLetter[]> {
    const { rows } = await this.#pool.query<Row>(
      'SELECT * FROM bus.dead_letter WHERE group_name = $1 ORDER BY failed_at, id',
      [group],
    );
    return rows.map(({ id, group_name, topic, cause, attempts, failed_at, record }) => ({
      id,
      group: group_name,
      topic,
      cause,
      attempts,
      failedAt: failed_at.toISOString(),
      record,
    }));
  }

  /** Letter away, record back: one statement, so that neither a crash nor a second operator doubles or loses it. */
  async replay(id: string): Promise<void> {
    const { rows } = await this.#pool.query<{ record: BusRecord }>('SELECT record FROM bus.dead_letter WHERE id = $1', [
      id,
    ]);
    const record = rows[0]?.record;
    if (!record) throw new UnknownDeadLetter(id);
    const { rowCount } = await this.#pool.query(
      `WITH letter AS (DELETE FROM bus.dead_letter WHERE id = $1 RETURNING *),
       logged AS (
         INSERT INTO bus.record (id, topic, lane, partition, key, value, headers)
         SELECT record->>'id', record->>'topic', $2, $3, record->>'key', record->>'value', record->'headers' FROM letter
         RETURNING seq, topic, lane, partition, key
       ),
       delivered AS (
         INSERT INTO bus.delivery (group_id, partition, lane, seq, key_hash, topic)
         SELECT g.id, l.partition, l.lane, l.seq, hashtext(l.key), l.topic
         FROM logged l CROSS JOIN letter JOIN bus.consumer_group g ON g.name = letter.group_name
         RETURNING topic
       )
       SELECT pg_notify('qlvb_bus', topic) FROM delivered`,
      [id, LANES[record.lane], partitionOf(record.key, PARTITIONS)],
    );
    if (!rowCount) throw new UnknownDeadLetter(id);
  }
}
