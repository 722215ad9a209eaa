-- An agency is closed, gets another code or is opened again when the head of an agency above it has decided so. The agency concerned sees
-- what is proposed, and so do those that propose and decide.
CREATE TABLE agency_proposal (
  id uuid PRIMARY KEY,
  agency_id uuid NOT NULL REFERENCES agency,
  proposing_agency_id uuid NOT NULL REFERENCES agency,
  deciding_agency_id uuid NOT NULL REFERENCES agency,
  version integer NOT NULL,
  created_at timestamptz NOT NULL,
  updated_at timestamptz NOT NULL,
  kind text NOT NULL CHECK (kind IN ('closure', 'code', 'reopening')),
  state text NOT NULL CHECK (state IN ('waiting', 'approved', 'refused', 'withdrawn')),
  reason text NOT NULL,
  ends_on date,
  successor_id uuid REFERENCES agency,
  code text,
  code_source text,
  starts_on date,
  proposed_by jsonb NOT NULL,
  decided_by jsonb,
  decided_at timestamptz,
  decision_reason text,
  CHECK ((state = 'waiting') = (decided_at IS NULL)),
  CHECK ((kind = 'closure') = (ends_on IS NOT NULL)),
  CHECK ((kind = 'code') = (code IS NOT NULL AND code_source IS NOT NULL AND starts_on IS NOT NULL))
);
CREATE INDEX agency_proposal_agency ON agency_proposal (agency_id, id);
CREATE INDEX agency_proposal_proposing ON agency_proposal (proposing_agency_id, id);
CREATE INDEX agency_proposal_deciding ON agency_proposal (deciding_agency_id, id);
-- Two that wait could not both be carried out.
CREATE UNIQUE INDEX agency_proposal_waiting ON agency_proposal (agency_id) WHERE state = 'waiting';
ALTER TABLE agency_proposal ENABLE ROW LEVEL SECURITY;
CREATE POLICY concerned_proposing_or_deciding ON agency_proposal
  USING (agency_id = platform.current_agency() OR proposing_agency_id = platform.current_agency()
         OR deciding_agency_id = platform.current_agency())
  WITH CHECK (agency_id = platform.current_agency());

-- The day is the service's, which need not be the database's. Processes of the release before ask without one.
DROP FUNCTION login_posts(uuid);
CREATE FUNCTION login_posts(p_user uuid, p_today date DEFAULT (now() AT TIME ZONE 'Asia/Ho_Chi_Minh')::date) RETURNS TABLE (
    post_id uuid, agency_id uuid, agency_name text, unit_id uuid, unit_name text, title text, roles text[])
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_catalog
  AS $$ SELECT p.id, p.agency_id, g.name, p.unit_id, u.name, p.title, p.roles
        FROM post p JOIN unit u ON u.id = p.unit_id JOIN agency g ON g.id = p.agency_id
        WHERE p.user_id = p_user AND p.active AND (g.valid_to IS NULL OR g.valid_to >= p_today)
        ORDER BY p.created_at, p.id $$;
REVOKE ALL ON FUNCTION login_posts(uuid, date) FROM PUBLIC;
