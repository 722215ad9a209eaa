import pg from 'pg';
import type { Pool } from 'pg';
import type { BusMember } from '../bus-member.ts';

/** Advisory locks of the bus database: (0, n) for housekeeping (3 is pruning), (group, 0) membership, (group, partition + 1) leases. */
export const LOCKS = { install: [0, 1], registration: [0, 2] } as const;

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
  `
  -- Who may do what, by the account of the connection: one producer for a topic, one service for a group. The owner of the schema,
  -- which installs it, may everything.
  CREATE TABLE bus.member (
    role text PRIMARY KEY,
    group_name text NOT NULL UNIQUE
  );
  CREATE TABLE bus.producer (
    topic text PRIMARY KEY,
    role text NOT NULL REFERENCES bus.member
  );
  CREATE TABLE bus.reader (
    topic text NOT NULL,
    role text NOT NULL REFERENCES bus.member,
    PRIMARY KEY (topic, role)
  );

  CREATE FUNCTION bus.is_owner() RETURNS boolean
  LANGUAGE sql STABLE SET search_path = pg_catalog AS $$
    SELECT pg_has_role(session_user, nspowner, 'USAGE') FROM pg_namespace WHERE nspname = 'bus' $$;

  CREATE FUNCTION bus.refuse(what text, target text) RETURNS void
  LANGUAGE plpgsql SET search_path = pg_catalog AS $$ BEGIN
    RAISE EXCEPTION '% may not % %', session_user, what, target USING ERRCODE = 'insufficient_privilege';
  END $$;

  CREATE FUNCTION bus.check_group(number integer) RETURNS void
  LANGUAGE plpgsql STABLE SET search_path = pg_catalog AS $$ BEGIN
    IF NOT EXISTS (SELECT FROM bus.consumer_group g JOIN bus.member m ON m.group_name = g.name WHERE g.id = number AND m.role = session_user)
      AND NOT bus.is_owner() THEN PERFORM bus.refuse('act as group', number::text); END IF;
  END $$;

  CREATE OR REPLACE FUNCTION bus.publish(ids text[], topics text[], lanes smallint[], partitions smallint[],
                                         keys text[], contents text[], header_sets text[]) RETURNS void
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
  DECLARE
    touched text;
    foreign_topics text;
  BEGIN
    SELECT string_agg(DISTINCT t, ', ') INTO foreign_topics FROM unnest(topics) t
    WHERE NOT EXISTS (SELECT FROM bus.producer p WHERE p.topic = t AND p.role = session_user);
    IF foreign_topics IS NOT NULL AND NOT bus.is_owner() THEN PERFORM bus.refuse('publish to', foreign_topics); END IF;
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

  CREATE OR REPLACE FUNCTION bus.register(number integer, group_name text, wanted text[]) RETURNS void
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
  #variable_conflict use_column
  DECLARE
    foreign_topics text;
  BEGIN
    SELECT string_agg(DISTINCT t, ', ') INTO foreign_topics FROM unnest(wanted) t
    WHERE NOT EXISTS (SELECT FROM bus.reader r JOIN bus.member m USING (role)
                      WHERE r.topic = t AND r.role = session_user AND m.group_name = $2);
    IF foreign_topics IS NOT NULL AND NOT bus.is_owner() THEN
      PERFORM bus.refuse(format('read as %s', $2), foreign_topics);
    END IF;
    PERFORM pg_advisory_xact_lock(0, 2);
    INSERT INTO bus.consumer_group (id, name) VALUES (number, $2) ON CONFLICT (name) DO NOTHING;
    WITH fresh AS (
      INSERT INTO bus.subscription (topic, group_id)
      SELECT DISTINCT topic, number FROM unnest(wanted) AS topic
      ON CONFLICT DO NOTHING RETURNING topic
    )
    INSERT INTO bus.delivery (group_id, partition, lane, seq, key_hash, topic)
    SELECT number, r.partition, r.lane, r.seq, hashtext(r.key), r.topic FROM bus.record r JOIN fresh USING (topic);
  END $$;

  -- The oldest unconfirmed deliveries, the urgent lane first. Planned anew each time: the arrays differ widely.
  CREATE FUNCTION bus.fetch(number integer, partitions smallint[], topics text[], except_seqs bigint[], except_keys integer[],
                            urgent_room integer, normal_room integer)
    RETURNS TABLE (seq bigint, lane smallint, partition smallint, key_hash integer, id text, topic text, key text, value text, headers jsonb)
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog SET plan_cache_mode = force_custom_plan AS $$
  #variable_conflict use_column
  BEGIN
    PERFORM bus.check_group(number);
    RETURN QUERY
    SELECT d.seq, d.lane, d.partition, d.key_hash, r.id, r.topic, r.key, r.value, r.headers
    FROM (
      (SELECT o.* FROM unnest(partitions) AS p (partition) CROSS JOIN LATERAL (
         SELECT u.seq, u.lane, u.partition, u.key_hash FROM bus.delivery u
         WHERE u.group_id = number AND u.partition = p.partition AND u.lane = 0 AND u.topic = ANY (topics)
           AND u.seq <> ALL (except_seqs) AND u.key_hash <> ALL (except_keys)
         ORDER BY u.seq LIMIT urgent_room) o
       ORDER BY o.seq LIMIT urgent_room)
      UNION ALL
      (SELECT o.* FROM unnest(partitions) AS p (partition) CROSS JOIN LATERAL (
         SELECT u.seq, u.lane, u.partition, u.key_hash FROM bus.delivery u
         WHERE u.group_id = number AND u.partition = p.partition AND u.lane = 1 AND u.topic = ANY (topics)
           AND u.seq <> ALL (except_seqs) AND u.key_hash <> ALL (except_keys)
         ORDER BY u.seq LIMIT normal_room) o
       ORDER BY o.seq LIMIT normal_room)
    ) d JOIN bus.record r USING (seq) ORDER BY d.lane, d.seq;
  END $$;

  CREATE FUNCTION bus.confirm(number integer, partitions smallint[], lanes smallint[], seqs bigint[]) RETURNS void
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog SET plan_cache_mode = force_custom_plan AS $$
  BEGIN
    PERFORM bus.check_group(number);
    DELETE FROM bus.delivery d USING unnest(partitions, lanes, seqs) AS a (partition, lane, seq)
    WHERE d.group_id = number AND d.partition = a.partition AND d.lane = a.lane AND d.seq = a.seq;
  END $$;

  CREATE FUNCTION bus.give_up(letter uuid, number integer, group_name text, topic text, cause text, attempts integer,
                              failed_at timestamptz, record jsonb) RETURNS void
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
  #variable_conflict use_column
  BEGIN
    PERFORM bus.check_group(number);
    INSERT INTO bus.dead_letter AS l (id, group_name, topic, cause, attempts, failed_at, record)
    SELECT $1, g.name, $4, $5, $6, $7, $8 FROM bus.consumer_group g WHERE g.id = number AND g.name = $3
    ON CONFLICT (id) DO UPDATE SET cause = excluded.cause, attempts = excluded.attempts, failed_at = excluded.failed_at
    WHERE l.group_name = excluded.group_name;
  END $$;

  -- What every group has confirmed, a day old at least whoever asks.
  CREATE FUNCTION bus.prune(days integer, most integer) RETURNS integer
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
  DECLARE
    removed integer;
  BEGIN
    IF NOT pg_try_advisory_xact_lock(0, 3) THEN RETURN 0; END IF;
    WITH old AS (
      SELECT seq FROM bus.record r
      WHERE r.published_at < now() - make_interval(days => CASE WHEN bus.is_owner() THEN days ELSE greatest(days, 1) END)
        AND NOT EXISTS (SELECT FROM bus.delivery d WHERE d.seq = r.seq)
      ORDER BY seq LIMIT most
    )
    DELETE FROM bus.record USING old WHERE record.seq = old.seq;
    GET DIAGNOSTICS removed = ROW_COUNT;
    RETURN removed;
  END $$;

  REVOKE ALL ON ALL FUNCTIONS IN SCHEMA bus FROM PUBLIC;
  `,
];

/**
 * Brings the schema up to date; safe to run from every process at once. An account that may not make it, a service's own, finds it
 * made by the installation.
 */
export async function installSchema(pool: Pool): Promise<void> {
  const client = await pool.connect();
  try {
    const { rows: rights } = await client.query<{ may: boolean }>(
      `SELECT has_database_privilege(current_database(), 'CREATE') AS may`,
    );
    if (!rights[0]?.may) {
      client.release();
      return;
    }
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

/** Brings the schema up to date and says anew who may do what on it; under the role that owns the database. */
export async function installPostgresBus(ownerUrl: string, members: readonly BusMember[]): Promise<void> {
  const pool = new pg.Pool({ connectionString: ownerUrl, max: 1 });
  try {
    await installSchema(pool);
    const roles = members.map(({ role }) => pg.escapeIdentifier(role)).join(', ');
    const pairs = (topics: (member: BusMember) => readonly string[]): string =>
      JSON.stringify(members.flatMap((member) => topics(member).map((topic) => ({ topic, role: member.role }))));
    const client = await pool.connect();
    try {
      await client.query('BEGIN');
      await client.query('DELETE FROM bus.producer; DELETE FROM bus.reader; DELETE FROM bus.member');
      await client.query(
        `INSERT INTO bus.member (role, group_name) SELECT role, "group" FROM jsonb_to_recordset($1) AS m (role text, "group" text)`,
        [JSON.stringify(members)],
      );
      await client.query(
        'INSERT INTO bus.producer (topic, role) SELECT topic, role FROM jsonb_to_recordset($1) AS p (topic text, role text)',
        [pairs(({ publishes }) => publishes)],
      );
      await client.query(
        'INSERT INTO bus.reader (topic, role) SELECT topic, role FROM jsonb_to_recordset($1) AS r (topic text, role text)',
        [pairs(({ reads }) => reads)],
      );
      await client.query(`
        GRANT USAGE ON SCHEMA bus TO ${roles};
        GRANT SELECT ON bus.subscription TO ${roles};
        GRANT EXECUTE ON FUNCTION bus.publish(text[], text[], smallint[], smallint[], text[], text[], text[]),
          bus.register(integer, text, text[]), bus.fetch(integer, smallint[], text[], bigint[], integer[], integer, integer),
          bus.confirm(integer, smallint[], smallint[], bigint[]), bus.prune(integer, integer),
          bus.give_up(uuid, integer, text, text, text, integer, timestamptz, jsonb) TO ${roles}`);
      await client.query('COMMIT');
      client.release();
    } catch (error) {
      client.release(true);
      throw error;
    }
  } finally {
    await pool.end();
  }
}
