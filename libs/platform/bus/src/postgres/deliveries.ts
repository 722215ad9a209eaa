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

/** The oldest unconfirmed deliveries of these partitions, the urgent lane first. */
export async function fetchDeliveries(pool: Pool, request: FetchRequest): Promise<readonly FetchedDelivery[]> {
  const { group, topics, partitions, except, exceptKeys, room } = request;
  const { rows } = await pool.query<Row>('SELECT * FROM bus.fetch($1, $2, $3, $4, $5, $6, $7)', [
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
