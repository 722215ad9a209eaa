-- What every service's database holds besides its own tables: outbox, inbox, idempotency answers, audit chain.
-- The application's role owns none of it and writes the audit only through platform.append.
CREATE SCHEMA platform;

-- The agency whose rows this transaction may see; unset means none.
CREATE FUNCTION platform.current_agency() RETURNS uuid
  LANGUAGE sql STABLE PARALLEL SAFE
  AS $$ SELECT nullif(current_setting('app.agency_id', true), '')::uuid $$;

-- Puts a tenant table under row-level security: rows of other agencies neither read nor written.
CREATE FUNCTION platform.protect(target regclass) RETURNS void
  LANGUAGE plpgsql
  AS $$
BEGIN
  EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY', target);
  EXECUTE format(
    'CREATE POLICY agency ON %s USING (agency_id = platform.current_agency()) WITH CHECK (agency_id = platform.current_agency())',
    target);
END $$;

CREATE TABLE platform.outbox (
  seq bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  id uuid NOT NULL UNIQUE,
  topic text NOT NULL,
  key text NOT NULL,
  urgent boolean NOT NULL,
  event text NOT NULL,
  created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  published_at timestamptz
);
CREATE INDEX outbox_unpublished ON platform.outbox (seq) WHERE published_at IS NULL;

-- Remembered for ever: a broker restored from an old backup may deliver an old event again years later.
CREATE TABLE platform.inbox (
  consumer_group text NOT NULL,
  event_id uuid NOT NULL,
  received_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  PRIMARY KEY (consumer_group, event_id)
);

CREATE TABLE platform.idempotency (
  caller text NOT NULL,
  key text NOT NULL,
  fingerprint text NOT NULL,
  status smallint NOT NULL,
  body text NOT NULL,
  etag text,
  created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  PRIMARY KEY (caller, key)
);
CREATE INDEX idempotency_created_at ON platform.idempotency (created_at);

CREATE TABLE platform.audit (
  agency_id uuid NOT NULL,
  seq bigint NOT NULL,
  entry text NOT NULL,
  previous_hash bytea NOT NULL,
  hash bytea NOT NULL,
  PRIMARY KEY (agency_id, seq)
);
CREATE TABLE platform.audit_head (
  agency_id uuid PRIMARY KEY,
  seq bigint NOT NULL,
  hash bytea NOT NULL
);
SELECT platform.protect('platform.audit');
SELECT platform.protect('platform.audit_head');

-- hash(n) = SHA-256(hash(n-1) || n as text || LF || entry); hash(0) is 32 zero bytes.
CREATE FUNCTION platform.append_audit(agency uuid, entry text) RETURNS void
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog
  AS $$
DECLARE
  head platform.audit_head;
  next_hash bytea;
BEGIN
  -- The lock on the head row is the single writer: held until commit, so the chain has no fork and no gap.
  INSERT INTO platform.audit_head VALUES (agency, 0, decode(repeat('00', 32), 'hex')) ON CONFLICT DO NOTHING;
  SELECT * INTO head FROM platform.audit_head WHERE agency_id = agency FOR UPDATE;
  next_hash := sha256(head.hash || convert_to((head.seq + 1)::text || E'\n' || entry, 'UTF8'));
  INSERT INTO platform.audit VALUES (agency, head.seq + 1, entry, head.hash, next_hash);
  UPDATE platform.audit_head SET seq = head.seq + 1, hash = next_hash WHERE agency_id = agency;
END $$;

-- The end of every command in one call: events to publish, audit entries, the answer to keep for a repeated request.
CREATE FUNCTION platform.append(events jsonb, audits jsonb, answer jsonb) RETURNS void
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog
  AS $$
DECLARE
  item jsonb;
BEGIN
  IF answer IS NOT NULL THEN
    INSERT INTO platform.idempotency (caller, key, fingerprint, status, body, etag)
    VALUES (answer->>'caller', answer->>'key', answer->>'fingerprint', (answer->>'status')::smallint,
            answer->>'body', answer->>'etag');
  END IF;
  IF jsonb_array_length(events) > 0 THEN
    INSERT INTO platform.outbox (id, topic, key, urgent, event)
    SELECT (e->>'id')::uuid, e->>'topic', e->>'key', (e->>'urgent')::boolean, e->>'event'
    FROM jsonb_array_elements(events) WITH ORDINALITY AS list(e, n) ORDER BY n;
    PERFORM pg_notify('outbox', '');
  END IF;
  -- In one order of agencies, so that two commands touching the same two agencies cannot deadlock on the heads.
  FOR item IN SELECT a FROM jsonb_array_elements(audits) WITH ORDINALITY AS list(a, n) ORDER BY a->>'agency', n LOOP
    PERFORM platform.append_audit((item->>'agency')::uuid, item->>'entry');
  END LOOP;
END $$;

-- Either the answer already given for this key, or the right to give it: at most one request holds that right.
CREATE FUNCTION platform.claim_idempotency(p_caller text, p_key text)
  RETURNS TABLE (claimed boolean, fingerprint text, status smallint, body text, etag text)
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog
  AS $$
BEGIN
  claimed := pg_try_advisory_xact_lock(hashtextextended(p_caller || chr(10) || p_key, 7));
  SELECT i.fingerprint, i.status, i.body, i.etag INTO fingerprint, status, body, etag
  FROM platform.idempotency i WHERE i.caller = p_caller AND i.key = p_key;
  RETURN NEXT;
END $$;

REVOKE ALL ON ALL FUNCTIONS IN SCHEMA platform FROM PUBLIC;
