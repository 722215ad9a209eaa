import type { Pool } from 'pg';
import type { BusRecord, Lane } from '../bus-record.ts';
import { LANES } from './schema.ts';

export interface FetchedDelivery {
  readonly seq: string;
  readonly lane: number;
  readonly partition: number;
  readonly keyHash: number;
  readonly record: BusRecord;
}

export interface FetchRequest {
  readonly group: number;
  readonly topics: readonly string[];
  readonly partitions: readonly number[];
  /** Numbers of deliveries that are here already. */
  readonly except: readonly string[];
  /** Keys that have enough waiting here; one slow key must not fill the window. */
  readonly exceptKeys: readonly number[];
  readonly room: Readonly<Record<Lane, number>>;
}

interface Row {
  readonly seq: string;
  readonly lane: number;
  readonly partition: number;
  readonly key_hash: number;
  readonly id: string;
  readonly topic: string;
  readonly key: string;
  readonly value: string;
  readonly headers: Readonly<Record<string, string>>;
}

const oldestOf = (lane: Lane, limit: string): string => `
  (SELECT d.* FROM unnest($2::smallint[]) AS p (partition) CROSS JOIN LATERAL (
     SELECT seq, lane, partition, key_hash FROM bus.delivery
     WHERE group_id = $1 AND partition = p.partition AND lane = ${LANES[lane]} AND topic = ANY ($3::text[])
       AND seq <> ALL ($4::bigint[]) AND key_hash <> ALL ($5::integer[])
     ORDER BY seq LIMIT ${limit}) d
   ORDER BY d.seq LIMIT ${limit})`;

const OLDEST_DELIVERIES = `
  SELECT d.seq, d.lane, d.partition, d.key_hash, r.id, r.topic, r.key, r.value, r.headers
  FROM (${oldestOf('urgent', '$6')} UNION ALL ${oldestOf('normal', '$7')}) d
  JOIN bus.record r USING (seq) ORDER BY d.lane, d.seq`;

/** The oldest unconfirmed deliveries of these partitions, the urgent lane first. */
export async function fetchDeliveries(pool: Pool, request: FetchRequest): Promise<readonly FetchedDelivery[]> {
  const { group, topics, partitions, except, exceptKeys, room } = request;
  const { rows } = await pool.query<Row>(OLDEST_DELIVERIES, [
    group,
    partitions,
    topics,
    except,
    exceptKeys,
    room.urgent,
    room.normal,
  ]);
  return rows.map(({ seq, lane, partition, key_hash: keyHash, id, topic, key, value, headers }) => ({
    seq,
    lane,
    partition,
    keyHash,
    record: { id, topic, key, value, headers, lane: lane === LANES.urgent ? 'urgent' : 'normal' },
  }));
}
