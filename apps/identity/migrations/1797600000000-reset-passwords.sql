-- An invitation may take the place of a password that was lost; whose it is then, and why, stays.
ALTER TABLE invitation
  ADD COLUMN lost_reason text;

-- Who was locked out urgently is not locked out again by the same administrator when the decision was another: what was urgent stays
-- known after that. Of proposals refused before nobody knows it any more.
ALTER TABLE account_proposal
  ADD COLUMN urgent boolean NOT NULL DEFAULT false,
  ADD COLUMN stand_in boolean NOT NULL DEFAULT false;
UPDATE account_proposal SET urgent = true WHERE kind = 'post-end' AND in_effect;

-- Who stands in for a head where no agency up to the top one has any.
CREATE FUNCTION administrators_of(p_agency uuid) RETURNS TABLE (
    post_id uuid, user_id uuid, full_name text, title text, rank text, roles text[])
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_catalog
  AS $$ SELECT p.id, p.user_id, a.full_name, p.title, p.rank, p.roles
        FROM post p JOIN account a ON a.id = p.user_id
        WHERE p.agency_id = p_agency AND p.active AND 'agency_admin' = ANY (p.roles) AND a.state = 'active'
        ORDER BY p.created_at, p.id $$;

-- The agency of an account, for administrators of that agency or one above it; nobody else learns of it.
CREATE FUNCTION home_below(p_user uuid, p_agency uuid) RETURNS uuid
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_catalog
  AS $$ WITH RECURSIVE above AS (
          SELECT g.id, g.parent_id, a.home_agency_id FROM account a JOIN agency g ON g.id = a.home_agency_id WHERE a.id = p_user
          UNION ALL
          SELECT g.id, g.parent_id, above.home_agency_id FROM above JOIN agency g ON g.id = above.parent_id
        )
        SELECT home_agency_id FROM above WHERE id = p_agency $$;
REVOKE ALL ON FUNCTION administrators_of(uuid), home_below(uuid, uuid) FROM PUBLIC;
