-- Every change of an account, its posts and rights is proposed by one person and decided by another. The agency concerned sees it,
-- and the agency that decides: itself, or one above it.
CREATE TABLE account_proposal (
  id uuid PRIMARY KEY,
  agency_id uuid NOT NULL REFERENCES agency,
  deciding_agency_id uuid NOT NULL REFERENCES agency,
  version integer NOT NULL,
  created_at timestamptz NOT NULL,
  updated_at timestamptz NOT NULL,
  kind text NOT NULL CHECK (kind IN ('account', 'post', 'post-change', 'post-end', 'number')),
  state text NOT NULL CHECK (state IN ('waiting', 'approved', 'refused', 'withdrawn')),
  in_effect boolean NOT NULL,
  reason text NOT NULL,
  user_id uuid REFERENCES account,
  post_id uuid REFERENCES post,
  post_version integer,
  full_name text NOT NULL,
  cccd_sealed bytea,
  cccd_masked text,
  cccd_override jsonb,
  post_before jsonb,
  post_after jsonb,
  proposed_by jsonb NOT NULL,
  decided_by jsonb,
  decided_at timestamptz,
  decision_reason text,
  CHECK ((state = 'waiting') = (decided_at IS NULL)),
  -- A number is kept while somebody has to decide about it, and no longer.
  CHECK (state = 'waiting' OR cccd_sealed IS NULL)
);
CREATE INDEX account_proposal_agency ON account_proposal (agency_id, id);
CREATE INDEX account_proposal_deciding ON account_proposal (deciding_agency_id, id);
ALTER TABLE account_proposal ENABLE ROW LEVEL SECURITY;
CREATE POLICY agency_or_deciding ON account_proposal
  USING (agency_id = platform.current_agency() OR deciding_agency_id = platform.current_agency())
  WITH CHECK (agency_id = platform.current_agency());

-- Who may lead an agency, this one or one above: for deciding, and for telling that something waits.
CREATE FUNCTION leaders_of(p_agency uuid) RETURNS TABLE (
    post_id uuid, user_id uuid, full_name text, title text, rank text, roles text[])
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_catalog
  AS $$ SELECT p.id, p.user_id, a.full_name, p.title, p.rank, p.roles
        FROM post p JOIN account a ON a.id = p.user_id
        WHERE p.agency_id = p_agency AND p.active AND 'leader' = ANY (p.roles) AND a.state = 'active'
        ORDER BY p.created_at, p.id $$;
REVOKE ALL ON FUNCTION leaders_of(uuid) FROM PUBLIC;
