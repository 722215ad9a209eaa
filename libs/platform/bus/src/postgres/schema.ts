import type { Pool } from 'pg';

/** Advisory locks of the bus database: (0, n) for housekeeping, (group, 0) membership, (group, partition + 1) leases. */
export const LOCKS = { install: [0, 1], registration: [0, 2], pruning: [0, 3] } as const;

/** Fixed for the life of a database: a key must stay in its partition. */
export const PARTITIONS = 16;

export const LANES = { urgent: 0, normal: 1 } as const;

/** Steps are applied once, in order, and never edited after a release. */
const STEPS: readonly string[] = [
  `
  CREATE TABLE bus.consumer_group (
    id integer PRIMARY KEY CHECK (id > 0),
    name text NOT NULL UNIQUE
  );
  CREATE TABLE bus.subscription (
    topic text NOT NULL,
    group_id integer NOT NULL REFERENCES bus.consumer_group,
    PRIMARY KEY (topic, group_id)
  );
  -- What was published, kept for groups that register later.
  CREATE TABLE bus.record (
    seq bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    id text NOT NULL,
    topic text NOT NULL,
    lane smallint NOT NULL,
    partition smallint NOT NULL,
    key text NOT NULL,
    value text NOT NULL,
    headers jsonb NOT NULL,
    published_at timestamptz NOT NULL DEFAULT now()
  );
  CREATE INDEX record_published_at ON bus.record USING brin (published_at);
  -- What a group has still to confirm: one row per record and group, removed by the confirmation.
  CREATE TABLE bus.delivery (
    group_id integer NOT NULL,
    partition smallint NOT NULL,
    lane smallint NOT NULL,
    seq bigint NOT NULL,
    key_hash integer NOT NULL,
    topic text NOT NULL,
    PRIMARY KEY (group_id, partition, lane, seq)
  ) WITH (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 2000,
          autovacuum_vacuum_insert_scale_factor = 0, autovacuum_vacuum_insert_threshold = 20000);
  CREATE TABLE bus.dead_letter (
    id uuid PRIMARY KEY,
    group_name text NOT NULL,
    topic text NOT NULL,
    cause text NOT NULL,
    attempts integer NOT NULL,
    failed_at timestamptz NOT NULL,
    record jsonb NOT NULL
  );
  CREATE INDEX dead_letter_group ON bus.dead_letter (group_name, failed_at);

  -- A database made anew continues above every number an old one gave, so that consumers never mistake them.
  DO $$ BEGIN
    EXECUTE format('ALTER TABLE bus.record ALTER COLUMN seq RESTART WITH %s',
                   floor(extract(epoch FROM clock_timestamp()) * 100000)::bigint);
  END $$;

  -- A function, because its second statement must see the registrations that the lock waited for.
  CREATE FUNCTION bus.publish(ids text[], topics text[], lanes smallint[], partitions smallint[],
                              keys text[], contents text[], header_sets text[]) RETURNS void
  LANGUAGE plpgsql AS $$
  DECLARE
    touched text;
  BEGIN
    PERFORM pg_advisory_xact_lock_shared(0, 2);
    WITH input AS (
      SELECT * FROM unnest(ids, topics, lanes, partitions, keys, contents, header_sets)
        WITH ORDINALITY AS t (id, topic, lane, partition, key, value, headers, place)
    ), logged AS (
      INSERT INTO bus.record (id, topic, lane, partition, key, value, headers)
      SELECT id, topic, lane, partition, key, value, headers::jsonb FROM input ORDER BY place
      RETURNING seq, topic, lane, partition, key
    ), delivered AS (
      INSERT INTO bus.delivery (group_id, partition, lane, seq, key_hash, topic)
      SELECT s.group_id, l.partition, l.lane, l.seq, hashtext(l.key), l.topic
      FROM logged l JOIN bus.subscription s USING (topic)
      RETURNING topic
    )
    SELECT string_agg(DISTINCT topic, ',') INTO touched FROM delivered;
    IF touched IS NOT NULL THEN
      PERFORM pg_notify('qlvb_bus', left(touched, 7900));
    END IF;
  END $$;

  -- Idempotent; a topic new to the group brings everything still kept of it. A function for the same reason.
  CREATE FUNCTION bus.register(number integer, group_name text, wanted text[]) RETURNS void
  LANGUAGE plpgsql AS $$
  BEGIN
    PERFORM pg_advisory_xact_lock(0, 2);
    INSERT INTO bus.consumer_group (id, name) VALUES (number, group_name) ON CONFLICT (name) DO NOTHING;
    WITH fresh AS (
      INSERT INTO bus.subscription (topic, group_id)
      SELECT DISTINCT topic, number FROM unnest(wanted) AS topic
      ON CONFLICT DO NOTHING RETURNING topic
    )
    INSERT INTO bus.delivery (group_id, partition, lane, seq, key_hash, topic)
    SELECT number, r.partition, r.lane, r.seq, hashtext(r.key), r.topic FROM bus.record r JOIN fresh USING (topic);
  END $$;
  `,
];

/** Brings the schema up to date; safe to run from every process at once. */
export async function installSchema(pool: Pool): Promise<void> {
  const client = await pool.connect();
  try {
    await client.query('SELECT pg_advisory_lock($1, $2)', [...LOCKS.install]);
    await client.query('BEGIN');
    await client.query('CREATE SCHEMA IF NOT EXISTS bus');
    await client.query(
      'CREATE TABLE IF NOT EXISTS bus.migration (step integer PRIMARY KEY, applied_at timestamptz NOT NULL)',
    );
    const { rows } = await client.query<{ done: number }>('SELECT count(*)::int AS done FROM bus.migration');
    for (let step = rows[0]?.done ?? 0; step < STEPS.length; step += 1) {
      await client.query(STEPS[step] ?? '');
      await client.query('INSERT INTO bus.migration VALUES ($1, now())', [step]);
    }
    await client.query('COMMIT');
    await client.query('SELECT pg_advisory_unlock($1, $2)', [...LOCKS.install]);
    client.release();
  } catch (error) {
    // Closing the connection rolls back and gives the lock back, whatever state it is in.
    client.release(true);
    throw error;
  }
}
