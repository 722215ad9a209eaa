-- What every row was after each change, so that a row changed beside the application shows (decision 89). Written by triggers under
-- the owner role: the application can neither write nor read it.
CREATE TABLE platform.journal_shape (
  id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  -- Of one table, the newest holds.
  table_name text NOT NULL,
  key_columns text[] NOT NULL,
  columns text[] NOT NULL,
  types text[] NOT NULL
);

CREATE TABLE platform.row_journal (
  seq bigint GENERATED ALWAYS AS IDENTITY,
  xid bigint NOT NULL DEFAULT pg_current_xact_id()::text::bigint,
  shape integer NOT NULL,
  key text COLLATE "C" NOT NULL,
  -- SHA-256 of the row as text; absent when the row was deleted.
  digest bytea,
  -- Four bytes for each column: they tell which one differs, and prove nothing.
  marks bytea,
  -- Absent for the application's own role.
  by_role text
);
CREATE INDEX row_journal_xid ON platform.row_journal USING brin (xid) WITH (pages_per_range = 32);

-- hash(n) = SHA-256(hash(n-1) || line of an entry), entries in the order of xid and seq; a seal ends below a transaction before which
-- nothing is open any more.
CREATE TABLE platform.journal_seal (
  id bigint PRIMARY KEY,
  at timestamptz NOT NULL,
  below_xid bigint NOT NULL,
  entries bigint NOT NULL,
  hash bytea NOT NULL
);

-- The same text whatever the session's settings are: see the settings of the functions that call it.
CREATE FUNCTION platform.row_text(alias text, columns text[]) RETURNS text
  LANGUAGE sql IMMUTABLE SET search_path = pg_catalog
  AS $$ SELECT format('ROW(%s)::text', string_agg(format('%s.%I', alias, name), ', ' ORDER BY n))
        FROM unnest(columns) WITH ORDINALITY AS list(name, n) $$;

CREATE FUNCTION platform.row_digest(alias text, columns text[]) RETURNS text
  LANGUAGE sql IMMUTABLE SET search_path = pg_catalog
  AS $$ SELECT format('sha256(convert_to(%s, ''UTF8''))', platform.row_text(alias, columns)) $$;

CREATE FUNCTION platform.row_marks(alias text, columns text[]) RETURNS text
  LANGUAGE sql IMMUTABLE SET search_path = pg_catalog
  AS $$ SELECT string_agg(format('int4send(coalesce(hashtext(%s.%I::text), 0))', alias, name), ' || ' ORDER BY n)
        FROM unnest(columns) WITH ORDINALITY AS list(name, n) $$;

CREATE FUNCTION platform.refuse_key() RETURNS trigger
  LANGUAGE plpgsql SET search_path = pg_catalog
  AS $$ BEGIN
  RAISE EXCEPTION 'the key of % may not change', TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege';
END $$;

-- Puts the triggers on one table; the role's own entries carry no name.
CREATE FUNCTION platform.journal_table(target regclass, shape platform.journal_shape, application text, operations text[]) RETURNS void
  LANGUAGE plpgsql SET search_path = pg_catalog
  AS $$
DECLARE
  writer text := 'journal_' || replace(shape.table_name, '.', '_');
  operation text;
BEGIN
  EXECUTE format($f$
    CREATE OR REPLACE FUNCTION platform.%1$I() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
      SET search_path = pg_catalog SET timezone = 'UTC' SET datestyle = 'ISO, YMD' SET intervalstyle = 'postgres'
      SET bytea_output = 'hex' SET extra_float_digits = 1
    AS $body$ BEGIN
      IF TG_OP = 'DELETE' THEN
        INSERT INTO platform.row_journal (shape, key, by_role)
        SELECT %2$s, %3$s, nullif(session_user, %7$L) FROM gone r;
      ELSE
        INSERT INTO platform.row_journal (shape, key, digest, marks, by_role)
        SELECT %2$s, %4$s, %5$s, %6$s, nullif(session_user, %7$L) FROM changed r;
      END IF;
      RETURN NULL;
    END $body$ $f$,
    writer, shape.id, platform.row_text('r', shape.key_columns), platform.row_text('r', shape.key_columns),
    platform.row_digest('r', shape.columns), platform.row_marks('r', shape.columns), application);
  EXECUTE format('REVOKE ALL ON FUNCTION platform.%I() FROM PUBLIC', writer);
  FOREACH operation IN ARRAY operations LOOP
    EXECUTE format(
      'CREATE OR REPLACE TRIGGER %I AFTER %s ON %s REFERENCING %s FOR EACH STATEMENT EXECUTE FUNCTION platform.%I()',
      'journal_' || lower(operation), operation, target,
      CASE operation WHEN 'DELETE' THEN 'OLD TABLE AS gone' ELSE 'NEW TABLE AS changed' END, writer);
  END LOOP;
  EXECUTE format('CREATE OR REPLACE TRIGGER journal_key BEFORE UPDATE ON %s FOR EACH ROW WHEN (%s IS DISTINCT FROM %s)
                  EXECUTE FUNCTION platform.refuse_key()', target,
    (SELECT format('(%s)', string_agg(format('OLD.%I', name), ', ' ORDER BY n)) FROM unnest(shape.key_columns) WITH ORDINALITY AS k(name, n)),
    (SELECT format('(%s)', string_agg(format('NEW.%I', name), ', ' ORDER BY n)) FROM unnest(shape.key_columns) WITH ORDINALITY AS k(name, n)));
END $$;

-- The first image of rows that are there already. When the columns of a table changed, only rows that agree with their last image
-- get a new one: what was altered before an upgrade stays visible after it.
CREATE FUNCTION platform.journal_rows(target regclass, was platform.journal_shape, shape platform.journal_shape) RETURNS void
  LANGUAGE plpgsql SET search_path = pg_catalog SET timezone = 'UTC' SET datestyle = 'ISO, YMD' SET intervalstyle = 'postgres'
  SET bytea_output = 'hex' SET extra_float_digits = 1
  AS $$
DECLARE
  comparable boolean := was.id IS NOT NULL AND was.key_columns = shape.key_columns AND NOT EXISTS (
    SELECT FROM unnest(was.columns, was.types) AS o(name, type)
    WHERE NOT EXISTS (SELECT FROM unnest(shape.columns, shape.types) AS n(name, type) WHERE n.name = o.name AND n.type = o.type));
BEGIN
  EXECUTE format('INSERT INTO platform.row_journal (shape, key, digest, marks, by_role) SELECT %s, %s, %s, %s, session_user FROM %s r',
      shape.id, platform.row_text('r', shape.key_columns), platform.row_digest('r', shape.columns),
      platform.row_marks('r', shape.columns), target)
    || CASE WHEN comparable THEN format(
      ' JOIN (SELECT DISTINCT ON (key) key, digest FROM platform.row_journal WHERE shape IN (SELECT id FROM platform.journal_shape WHERE table_name = %L)
              ORDER BY key, seq DESC) last ON last.key = %s AND last.digest = %s',
      shape.table_name, platform.row_text('r', was.key_columns), platform.row_digest('r', was.columns)) ELSE '' END;
END $$;

-- Every table of the service, and of the platform's those that only the functions above it write. Called by each migration.
CREATE FUNCTION platform.keep_journal(application text) RETURNS void
  LANGUAGE plpgsql SET search_path = pg_catalog
  AS $$
DECLARE
  t record;
  was platform.journal_shape;
  shape platform.journal_shape;
BEGIN
  FOR t IN
    SELECT c.oid::regclass AS target, n.nspname || '.' || c.relname AS name, n.nspname || '.' || c.relname = 'platform.outbox' AS outbox,
           (SELECT array_agg(a.attname::text ORDER BY array_position(i.indkey::int2[], a.attnum)) FROM pg_index i
              JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = ANY(i.indkey)
            WHERE i.indrelid = c.oid AND i.indisprimary) AS key_columns,
           (SELECT array_agg(a.attname::text ORDER BY a.attnum) FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attnum > 0
              AND NOT a.attisdropped AND a.attgenerated = '' AND (n.nspname || '.' || c.relname, a.attname) <> ('platform.outbox', 'published_at')) AS columns,
           (SELECT array_agg(format_type(a.atttypid, a.atttypmod) ORDER BY a.attnum) FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attnum > 0
              AND NOT a.attisdropped AND a.attgenerated = '' AND (n.nspname || '.' || c.relname, a.attname) <> ('platform.outbox', 'published_at')) AS types
    FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE c.relkind IN ('r', 'p') AND NOT c.relispartition
      AND (n.nspname = 'public' AND c.relname <> 'schema_migration' OR n.nspname = 'platform' AND c.relname IN ('outbox', 'inbox', 'idempotency'))
    ORDER BY 2
  LOOP
    IF t.key_columns IS NULL THEN RAISE EXCEPTION '% has no primary key: its rows cannot be journalled', t.name; END IF;
    SELECT * INTO was FROM platform.journal_shape s WHERE s.table_name = t.name ORDER BY id DESC LIMIT 1;
    CONTINUE WHEN was.key_columns = t.key_columns AND was.columns = t.columns AND was.types = t.types
      AND EXISTS (SELECT FROM pg_trigger WHERE tgrelid = t.target AND tgname = 'journal_insert');
    INSERT INTO platform.journal_shape (table_name, key_columns, columns, types) VALUES (t.name, t.key_columns, t.columns, t.types)
      RETURNING * INTO shape;
    -- An outbox row changes only in published_at, which is no part of its image.
    PERFORM platform.journal_table(t.target, shape, application,
      CASE WHEN t.outbox THEN ARRAY['INSERT', 'DELETE'] ELSE ARRAY['INSERT', 'UPDATE', 'DELETE'] END);
    PERFORM platform.journal_rows(t.target, was, shape);
  END LOOP;
END $$;

-- Seals what has been written since the last seal; to be told to those who keep it elsewhere.
CREATE FUNCTION platform.seal_journal() RETURNS TABLE (id bigint, below_xid bigint, entries bigint, hash bytea)
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog
  AS $$
#variable_conflict use_column
DECLARE
  last platform.journal_seal;
  line text;
  horizon bigint;
  next_hash bytea;
  count bigint := 0;
BEGIN
  LOCK TABLE platform.journal_seal IN EXCLUSIVE MODE;
  SELECT * INTO last FROM platform.journal_seal s ORDER BY s.id DESC LIMIT 1;
  IF last.id IS NULL THEN last := (0, now(), 0, 0, decode(repeat('00', 32), 'hex'))::platform.journal_seal; END IF;
  horizon := pg_snapshot_xmin(pg_current_snapshot())::text::bigint;
  next_hash := last.hash;
  FOR line IN
    SELECT concat_ws('|', j.seq, j.xid, j.shape, j.key, coalesce(encode(j.digest, 'hex'), ''), coalesce(encode(j.marks, 'hex'), ''),
                     coalesce(j.by_role, ''))
    FROM platform.row_journal j WHERE j.xid >= last.below_xid AND j.xid < horizon ORDER BY j.xid, j.seq
  LOOP
    next_hash := sha256(next_hash || convert_to(line, 'UTF8'));
    count := count + 1;
  END LOOP;
  IF count > 0 THEN
    INSERT INTO platform.journal_seal VALUES (last.id + 1, now(), horizon, last.entries + count, next_hash);
  END IF;
  RETURN QUERY SELECT s.id, s.below_xid, s.entries, s.hash FROM platform.journal_seal s ORDER BY s.id DESC LIMIT 1;
END $$;

REVOKE ALL ON ALL FUNCTIONS IN SCHEMA platform FROM PUBLIC;
