-- Where every agency's chain stands, for the job that takes the heads out of the database.
CREATE FUNCTION platform.audit_heads() RETURNS TABLE (agency_id uuid, seq bigint, hash bytea)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog
  AS $$ SELECT agency_id, seq, hash FROM platform.audit_head ORDER BY agency_id $$;
REVOKE ALL ON FUNCTION platform.audit_heads() FROM PUBLIC;
