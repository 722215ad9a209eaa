-- Columns that change only in some states, whoever writes. Each function makes its trigger anew, so that rights.sql may say it at
-- every migration.
CREATE FUNCTION platform.refuse(changed text, target text) RETURNS void
  LANGUAGE plpgsql
  AS $$ BEGIN
  RAISE EXCEPTION '% of % may not change any more', changed, target USING ERRCODE = 'insufficient_privilege';
END $$;

CREATE FUNCTION platform.check_forward() RETURNS trigger
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog
  AS $$ BEGIN
  IF (to_jsonb(NEW)->>TG_ARGV[0])::bigint < (to_jsonb(OLD)->>TG_ARGV[0])::bigint THEN
    PERFORM platform.refuse(TG_ARGV[0], TG_TABLE_NAME);
  END IF;
  RETURN NEW;
END $$;

CREATE FUNCTION platform.check_set_once() RETURNS trigger
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog
  AS $$
DECLARE
  old_row jsonb := to_jsonb(OLD);
  new_row jsonb := to_jsonb(NEW);
  name text;
BEGIN
  FOREACH name IN ARRAY TG_ARGV LOOP
    IF old_row->>name IS NOT NULL AND old_row->name IS DISTINCT FROM new_row->name THEN
      PERFORM platform.refuse(name, TG_TABLE_NAME);
    END IF;
  END LOOP;
  RETURN NEW;
END $$;

-- The first argument is the column that, once set, holds the others.
CREATE FUNCTION platform.check_fixed() RETURNS trigger
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog
  AS $$
DECLARE
  old_row jsonb := to_jsonb(OLD);
  new_row jsonb := to_jsonb(NEW);
  name text;
BEGIN
  IF old_row->>TG_ARGV[0] IS NULL THEN RETURN NEW; END IF;
  FOREACH name IN ARRAY TG_ARGV[1:] LOOP
    IF old_row->name IS DISTINCT FROM new_row->name THEN PERFORM platform.refuse(name, TG_TABLE_NAME); END IF;
  END LOOP;
  RETURN NEW;
END $$;

CREATE FUNCTION platform.hold(target regclass, checker text, label text, arguments text[]) RETURNS void
  LANGUAGE plpgsql
  AS $$
DECLARE
  name text;
BEGIN
  FOREACH name IN ARRAY arguments LOOP
    IF NOT EXISTS (SELECT 1 FROM pg_attribute WHERE attrelid = target AND attname = name AND NOT attisdropped) THEN
      RAISE EXCEPTION '% has no column %', target, name;
    END IF;
  END LOOP;
  EXECUTE format('CREATE OR REPLACE TRIGGER %I BEFORE UPDATE ON %s FOR EACH ROW EXECUTE FUNCTION platform.%I(%s)', label, target, checker,
    (SELECT string_agg(quote_literal(a), ', ') FROM unnest(arguments) AS a));
END $$;

-- A count that never goes back.
CREATE FUNCTION platform.only_forward(target regclass, counter text) RETURNS void
  LANGUAGE sql AS $$ SELECT platform.hold(target, 'check_forward', 'forward_' || counter, ARRAY[counter]) $$;

-- Columns that stay as they are once they hold a value.
CREATE FUNCTION platform.set_once(target regclass, VARIADIC columns text[]) RETURNS void
  LANGUAGE sql AS $$ SELECT platform.hold(target, 'check_set_once', 'set_once', columns) $$;

-- Columns that stay as they are once another one holds a value.
CREATE FUNCTION platform.fixed_after(target regclass, event text, VARIADIC columns text[]) RETURNS void
  LANGUAGE sql AS $$ SELECT platform.hold(target, 'check_fixed', 'fixed_after_' || event, event || columns) $$;

REVOKE ALL ON ALL FUNCTIONS IN SCHEMA platform FROM PUBLIC;
