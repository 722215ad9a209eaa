-- Under which key signature was last told whose citizen number it is (VN-05); null: not yet. Never the key itself.
ALTER TABLE account ADD COLUMN holder_key text;
CREATE INDEX account_holder_key ON account (holder_key);

-- Telling is work of the platform over the accounts of all agencies: only which account, and where it is at home.
CREATE FUNCTION accounts_to_tell(p_key text, p_after uuid, p_count integer) RETURNS TABLE (id uuid, home_agency_id uuid)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_catalog
  AS $$ SELECT a.id, a.home_agency_id FROM account a
        WHERE a.holder_key IS DISTINCT FROM p_key AND a.id > p_after ORDER BY a.id LIMIT p_count $$;
REVOKE ALL ON FUNCTION accounts_to_tell(text, uuid, integer) FROM PUBLIC;
