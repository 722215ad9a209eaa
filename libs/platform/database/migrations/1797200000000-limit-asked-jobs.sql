-- Who asked for a job; how many may wait and run for one agency and for one person is told with the asking.
ALTER TABLE platform.job ADD COLUMN requested_by uuid;

-- A process of the release before calls it with nine values.
DROP FUNCTION platform.enqueue_job(uuid, text, uuid, text, jsonb, boolean, text, timestamptz, timestamptz);

-- A job that waits under the same key takes over the new data and time. Returns whose turn it is, nothing when there is no room.
CREATE FUNCTION platform.enqueue_job(p_id uuid, p_kind text, p_agency uuid, p_key text, p_data jsonb, p_urgent boolean, p_trace text,
    p_due timestamptz, p_now timestamptz, p_requester uuid DEFAULT NULL, p_agency_room integer DEFAULT NULL,
    p_person_room integer DEFAULT NULL) RETURNS uuid
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog
  AS $$
DECLARE
  found uuid;
  of_agency integer;
  of_person integer;
BEGIN
  IF p_agency IS NOT NULL AND p_agency IS DISTINCT FROM platform.current_agency() THEN
    RAISE EXCEPTION 'a job of another agency' USING ERRCODE = 'insufficient_privilege';
  END IF;
  IF p_key IS NOT NULL THEN
    UPDATE platform.job SET data = p_data, urgent = urgent OR p_urgent, trace = p_trace, due_at = least(due_at, p_due),
      requested_by = p_requester, attempts = 0, deaths = 0, failure = NULL, failure_detail = NULL
    WHERE id = (SELECT id FROM platform.job WHERE kind = p_kind AND lane = coalesce(p_agency, '00000000-0000-0000-0000-000000000000')
                  AND key = p_key AND state = 'waiting' ORDER BY seq DESC LIMIT 1 FOR UPDATE)
      AND state = 'waiting'
    RETURNING id INTO found;
  END IF;
  IF found IS NULL AND p_agency_room IS NOT NULL THEN
    -- One asking at a time, so that of many at once no more come in than there is room for.
    PERFORM pg_advisory_xact_lock(hashtextextended('job-room:' || p_kind || ':' || coalesce(p_agency::text, ''), 0));
    SELECT count(*), count(*) FILTER (WHERE requested_by = p_requester) INTO of_agency, of_person FROM platform.job
    WHERE kind = p_kind AND lane = coalesce(p_agency, '00000000-0000-0000-0000-000000000000') AND state IN ('waiting', 'running');
    IF of_agency >= p_agency_room OR of_person >= p_person_room THEN
      RETURN NULL;
    END IF;
  END IF;
  IF found IS NULL THEN
    INSERT INTO platform.job (id, kind, agency_id, key, data, urgent, trace, state, due_at, created_at, requested_by)
    VALUES (p_id, p_kind, p_agency, p_key, p_data, p_urgent, p_trace, 'waiting', p_due, p_now, p_requester)
    ON CONFLICT (kind, lane, key) WHERE state = 'waiting' AND started_at IS NULL
    DO UPDATE SET data = excluded.data, urgent = job.urgent OR excluded.urgent, due_at = least(job.due_at, excluded.due_at)
    RETURNING id INTO found;
  END IF;
  IF p_due <= p_now THEN PERFORM pg_notify('job', ''); END IF;
  RETURN found;
END $$;

REVOKE ALL ON FUNCTION platform.enqueue_job(uuid, text, uuid, text, jsonb, boolean, text, timestamptz, timestamptz, uuid, integer, integer)
  FROM PUBLIC;
