-- Work that is due at a time or takes long. `data` names things by their ids; nothing confidential belongs there.
-- Due times are the platform's clock; a lease is about the life of a process, so it is the server's.
CREATE TABLE platform.job (
  id uuid PRIMARY KEY,
  seq bigint GENERATED ALWAYS AS IDENTITY,
  kind text NOT NULL,
  -- NULL: work of the platform itself.
  agency_id uuid,
  -- Whose turn it is: jobs of one lane wait for each other, not for those of another.
  lane uuid NOT NULL GENERATED ALWAYS AS (coalesce(agency_id, '00000000-0000-0000-0000-000000000000'::uuid)) STORED,
  key text,
  data jsonb NOT NULL,
  urgent boolean NOT NULL,
  trace text,
  state text NOT NULL CHECK (state IN ('waiting', 'running', 'done', 'failed', 'cancelled')),
  due_at timestamptz NOT NULL,
  attempts integer NOT NULL DEFAULT 0,
  -- How often the process died, or lost the job, while it ran.
  deaths integer NOT NULL DEFAULT 0,
  lease uuid,
  lease_owner text,
  lease_until timestamptz,
  cancel_asked_at timestamptz,
  progress_done bigint,
  progress_total bigint,
  progress_step text,
  result jsonb,
  failure text,
  failure_detail text,
  recurs_seconds integer,
  created_at timestamptz NOT NULL,
  started_at timestamptz,
  finished_at timestamptz,
  CHECK ((state = 'running') = (lease IS NOT NULL)),
  CHECK ((state = 'running') = (lease_until IS NOT NULL))
);
CREATE INDEX job_waiting ON platform.job (kind, lane, urgent DESC, due_at, seq) WHERE state = 'waiting';
CREATE INDEX job_waiting_key ON platform.job (kind, lane, key, seq) WHERE state = 'waiting' AND key IS NOT NULL;
CREATE INDEX job_running ON platform.job (kind, lane) WHERE state = 'running';
CREATE INDEX job_failed ON platform.job (kind) WHERE state = 'failed';
CREATE INDEX job_ended ON platform.job (finished_at) WHERE state IN ('done', 'failed', 'cancelled');
-- One at a time per key, and one that has not begun.
CREATE UNIQUE INDEX job_one_running ON platform.job (kind, lane, key) WHERE state = 'running';
CREATE UNIQUE INDEX job_one_fresh ON platform.job (kind, lane, key) WHERE state = 'waiting' AND started_at IS NULL;
CREATE UNIQUE INDEX job_recurring ON platform.job (kind) WHERE recurs_seconds IS NOT NULL;
SELECT platform.protect('platform.job');

-- A job that waits under the same key takes over the new data and time. Returns whose turn it is.
CREATE FUNCTION platform.enqueue_job(p_id uuid, p_kind text, p_agency uuid, p_key text, p_data jsonb, p_urgent boolean, p_trace text,
    p_due timestamptz, p_now timestamptz) RETURNS uuid
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog
  AS $$
DECLARE
  found uuid;
BEGIN
  IF p_agency IS NOT NULL AND p_agency IS DISTINCT FROM platform.current_agency() THEN
    RAISE EXCEPTION 'a job of another agency' USING ERRCODE = 'insufficient_privilege';
  END IF;
  IF p_key IS NOT NULL THEN
    UPDATE platform.job SET data = p_data, urgent = urgent OR p_urgent, trace = p_trace, due_at = least(due_at, p_due),
      attempts = 0, deaths = 0, failure = NULL, failure_detail = NULL
    WHERE id = (SELECT id FROM platform.job WHERE kind = p_kind AND lane = coalesce(p_agency, '00000000-0000-0000-0000-000000000000')
                  AND key = p_key AND state = 'waiting' ORDER BY seq DESC LIMIT 1 FOR UPDATE)
      AND state = 'waiting'
    RETURNING id INTO found;
  END IF;
  IF found IS NULL THEN
    INSERT INTO platform.job (id, kind, agency_id, key, data, urgent, trace, state, due_at, created_at)
    VALUES (p_id, p_kind, p_agency, p_key, p_data, p_urgent, p_trace, 'waiting', p_due, p_now)
    ON CONFLICT (kind, lane, key) WHERE state = 'waiting' AND started_at IS NULL
    DO UPDATE SET data = excluded.data, urgent = job.urgent OR excluded.urgent, due_at = least(job.due_at, excluded.due_at)
    RETURNING id INTO found;
  END IF;
  IF p_due <= p_now THEN PERFORM pg_notify('job', ''); END IF;
  RETURN found;
END $$;

-- Takes due work for one process, urgent first, then by turns of the agencies. p_kinds: [{kind, lease, service, agency}], the last two
-- being how many may run at once in all processes together. What a process that died had begun is due again.
CREATE FUNCTION platform.take_jobs(p_owner text, p_kinds jsonb, p_most integer, p_now timestamptz) RETURNS SETOF platform.job
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog
  AS $$
DECLARE
  chosen uuid[];
BEGIN
  -- A taking that is forgotten in a power cut is taken again.
  PERFORM set_config('synchronous_commit', 'off', true);
  -- One process at a time, so that limits hold.
  PERFORM pg_advisory_xact_lock(7201020);
  UPDATE platform.job SET state = CASE WHEN cancel_asked_at IS NULL THEN 'waiting' ELSE 'cancelled' END, deaths = deaths + 1,
    finished_at = CASE WHEN cancel_asked_at IS NULL THEN finished_at ELSE p_now END,
    due_at = p_now, lease = NULL, lease_owner = NULL, lease_until = NULL
  WHERE state = 'running' AND lease_until < clock_timestamp();

  WITH RECURSIVE kinds AS (
    SELECT k->>'kind' AS kind, (k->>'service')::integer AS service, (k->>'agency')::integer AS agency FROM jsonb_array_elements(p_kinds) k
  ), busy AS MATERIALIZED (
    SELECT j.kind, j.lane, count(*)::integer AS running FROM platform.job j WHERE j.state = 'running' GROUP BY 1, 2
  ), lanes AS (
    SELECT k.kind, k.service, k.agency, 
      (SELECT j.lane FROM platform.job j WHERE j.state = 'waiting' AND j.kind = k.kind ORDER BY j.lane LIMIT 1) AS lane FROM kinds k
    UNION ALL
    SELECT l.kind, l.service, l.agency,
      (SELECT j.lane FROM platform.job j WHERE j.state = 'waiting' AND j.kind = l.kind AND j.lane > l.lane ORDER BY j.lane LIMIT 1)
    FROM lanes l WHERE l.lane IS NOT NULL
  ), turns AS (
    SELECT l.kind, l.service, c.id, c.urgent, c.due_at, c.seq, coalesce(b.running, 0) + c.turn AS turn
    FROM lanes l LEFT JOIN busy b USING (kind, lane),
    LATERAL (
      SELECT w.*, row_number() OVER (ORDER BY w.urgent DESC, w.due_at, w.seq) AS turn FROM (
        SELECT j.id, j.urgent, j.due_at, j.seq FROM platform.job j
        WHERE j.state = 'waiting' AND j.kind = l.kind AND j.lane = l.lane AND j.due_at <= p_now
          AND (j.key IS NULL OR NOT EXISTS (SELECT FROM platform.job r WHERE r.kind = j.kind AND r.lane = j.lane AND r.key = j.key
            AND (r.state = 'running' OR (r.state = 'waiting' AND r.seq < j.seq))))
        ORDER BY j.urgent DESC, j.due_at, j.seq LIMIT greatest(least(p_most, l.agency - coalesce(b.running, 0)), 0)) w
    ) c
    WHERE l.lane IS NOT NULL
  ), ranked AS (
    SELECT t.*, row_number() OVER (PARTITION BY t.kind ORDER BY t.urgent DESC, t.turn, t.due_at, t.seq) AS place,
      coalesce((SELECT sum(b.running) FROM busy b WHERE b.kind = t.kind), 0) AS running
    FROM turns t
  )
  SELECT array_agg(id) INTO chosen FROM (
    SELECT id FROM ranked WHERE place <= service - running ORDER BY urgent DESC, turn, due_at, seq LIMIT p_most) r;

  RETURN QUERY UPDATE platform.job j SET state = 'running', attempts = j.attempts + 1, started_at = p_now, lease = gen_random_uuid(),
    lease_owner = p_owner, lease_until = clock_timestamp() + make_interval(secs => (k->>'lease')::integer),
    progress_done = NULL, progress_total = NULL, progress_step = NULL
  FROM jsonb_array_elements(p_kinds) k
  WHERE k->>'kind' = j.kind
    -- What somebody holds a lock on is left for the next time.
    AND j.id IN (SELECT w.id FROM platform.job w WHERE w.id = ANY(chosen) AND w.state = 'waiting' FOR UPDATE SKIP LOCKED)
  RETURNING j.*;
END $$;

-- 'kept', or 'cancel' when somebody asked for the end; nothing once the lease is another's.
CREATE FUNCTION platform.renew_job(p_id uuid, p_lease uuid, p_seconds integer, p_done bigint, p_total bigint, p_step text) RETURNS text
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog
  AS $$
DECLARE
  answer text;
BEGIN
  PERFORM set_config('synchronous_commit', 'off', true);
  UPDATE platform.job SET lease_until = clock_timestamp() + make_interval(secs => p_seconds),
    progress_done = p_done, progress_total = p_total, progress_step = p_step
  WHERE id = p_id AND lease = p_lease
  RETURNING CASE WHEN cancel_asked_at IS NULL THEN 'kept' ELSE 'cancel' END INTO answer;
  RETURN answer;
END $$;

-- Ends a run: for good, or 'waiting' for another. Recurring work waits for its next time. False once the lease is another's.
CREATE FUNCTION platform.end_job(p_id uuid, p_lease uuid, p_state text, p_result jsonb, p_failure text, p_detail text, p_due timestamptz,
    p_now timestamptz) RETURNS boolean
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog
  AS $$ BEGIN
  UPDATE platform.job SET
    state = CASE WHEN p_state = 'waiting' AND cancel_asked_at IS NOT NULL THEN 'cancelled'
                 WHEN recurs_seconds IS NOT NULL THEN 'waiting' ELSE p_state END,
    due_at = CASE WHEN p_state = 'waiting' THEN p_due
                  WHEN recurs_seconds IS NOT NULL THEN p_now + make_interval(secs => recurs_seconds) ELSE due_at END,
    attempts = CASE WHEN recurs_seconds IS NOT NULL AND p_state <> 'waiting' THEN 0 ELSE attempts END,
    deaths = CASE WHEN recurs_seconds IS NOT NULL AND p_state <> 'waiting' THEN 0 ELSE deaths END,
    finished_at = CASE WHEN p_state = 'waiting' AND cancel_asked_at IS NULL THEN finished_at ELSE p_now END,
    result = p_result, failure = p_failure, failure_detail = p_detail,
    lease = NULL, lease_owner = NULL, lease_until = NULL
  WHERE id = p_id AND lease = p_lease;
  RETURN FOUND;
END $$;

-- Another process may go on at once; a run given back at a shutdown is no attempt.
CREATE FUNCTION platform.give_back_job(p_id uuid, p_lease uuid, p_now timestamptz) RETURNS boolean
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog
  AS $$ BEGIN
  UPDATE platform.job SET state = CASE WHEN cancel_asked_at IS NULL THEN 'waiting' ELSE 'cancelled' END,
    finished_at = CASE WHEN cancel_asked_at IS NULL THEN finished_at ELSE p_now END,
    attempts = attempts - 1, due_at = p_now, lease = NULL, lease_owner = NULL, lease_until = NULL
  WHERE id = p_id AND lease = p_lease;
  IF FOUND THEN PERFORM pg_notify('job', ''); END IF;
  RETURN FOUND;
END $$;

-- What waits is cancelled; what runs is asked to end. The state after that, nothing when there is no such job of the agency.
CREATE FUNCTION platform.cancel_job(p_id uuid, p_agency uuid, p_now timestamptz) RETURNS text
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog
  AS $$
DECLARE
  answer text;
BEGIN
  IF p_agency IS DISTINCT FROM platform.current_agency() THEN
    RAISE EXCEPTION 'a job of another agency' USING ERRCODE = 'insufficient_privilege';
  END IF;
  UPDATE platform.job SET cancel_asked_at = CASE WHEN state IN ('waiting', 'running') THEN coalesce(cancel_asked_at, p_now) ELSE cancel_asked_at END,
    finished_at = CASE WHEN state = 'waiting' THEN p_now ELSE finished_at END,
    state = CASE WHEN state = 'waiting' THEN 'cancelled' ELSE state END
  WHERE id = p_id AND agency_id IS NOT DISTINCT FROM p_agency AND recurs_seconds IS NULL
  RETURNING state INTO answer;
  IF answer = 'running' THEN PERFORM pg_notify('job', p_id::text); END IF;
  RETURN answer;
END $$;

-- Recurring work of a service as its programs declare it: [{id, kind, seconds}]; what they no longer declare goes.
CREATE FUNCTION platform.schedule_jobs(p_kinds jsonb, p_now timestamptz) RETURNS void
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog
  AS $$ BEGIN
  PERFORM pg_advisory_xact_lock(7201020);
  DELETE FROM platform.job WHERE recurs_seconds IS NOT NULL AND state <> 'running'
    AND kind NOT IN (SELECT k->>'kind' FROM jsonb_array_elements(p_kinds) k);
  INSERT INTO platform.job (id, kind, key, data, urgent, state, due_at, recurs_seconds, created_at)
  SELECT (k->>'id')::uuid, k->>'kind', 'recurring', '{}', false, 'waiting', p_now, (k->>'seconds')::integer, p_now
  FROM jsonb_array_elements(p_kinds) k
  ON CONFLICT (kind) WHERE recurs_seconds IS NOT NULL
  DO UPDATE SET recurs_seconds = excluded.recurs_seconds,
    due_at = least(job.due_at, excluded.due_at + make_interval(secs => excluded.recurs_seconds));
END $$;

CREATE FUNCTION platform.prune_jobs(p_done_before timestamptz, p_failed_before timestamptz) RETURNS integer
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog
  AS $$
DECLARE
  removed integer;
BEGIN
  DELETE FROM platform.job WHERE state IN ('done', 'failed', 'cancelled')
    AND finished_at < CASE WHEN state = 'failed' THEN p_failed_before ELSE p_done_before END;
  GET DIAGNOSTICS removed = ROW_COUNT;
  RETURN removed;
END $$;

CREATE FUNCTION platform.job_figures(p_now timestamptz) RETURNS TABLE (kind text, state text, jobs integer, oldest_seconds double precision)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog
  AS $$
  SELECT kind, state, count(*)::integer, greatest(0, extract(epoch FROM p_now - min(due_at)))::double precision
  FROM platform.job WHERE state = 'waiting' AND due_at <= p_now GROUP BY 1, 2
  UNION ALL
  SELECT kind, state, count(*)::integer, extract(epoch FROM p_now - min(started_at))::double precision
  FROM platform.job WHERE state = 'running' GROUP BY 1, 2
  UNION ALL
  SELECT kind, state, count(*)::integer, 0 FROM platform.job WHERE state = 'failed' GROUP BY 1, 2
$$;

REVOKE ALL ON ALL FUNCTIONS IN SCHEMA platform FROM PUBLIC;
