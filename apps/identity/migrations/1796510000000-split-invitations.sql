-- An invitation has two parts, told to two persons; the first login needs both, and neither is kept but as a hash. The agency of the
-- account sees it, and the agency whose head confirms: itself, or one above it.
CREATE TABLE invitation (
  id uuid PRIMARY KEY,
  agency_id uuid NOT NULL REFERENCES agency,
  deciding_agency_id uuid NOT NULL REFERENCES agency,
  version integer NOT NULL,
  created_at timestamptz NOT NULL,
  updated_at timestamptz NOT NULL,
  user_id uuid NOT NULL REFERENCES account,
  expires_at timestamptz NOT NULL,
  invited_by uuid NOT NULL REFERENCES account,
  first_hash text NOT NULL,
  confirmed_by uuid REFERENCES account,
  confirmed_at timestamptz,
  second_hash text,
  ended_at timestamptz,
  CHECK (invited_by <> user_id),
  CHECK (confirmed_by <> user_id AND confirmed_by <> invited_by),
  CHECK ((confirmed_by IS NULL) = (second_hash IS NULL) AND (confirmed_by IS NULL) = (confirmed_at IS NULL))
);
CREATE UNIQUE INDEX invitation_open ON invitation (user_id) WHERE ended_at IS NULL;
ALTER TABLE invitation ENABLE ROW LEVEL SECURITY;
CREATE POLICY agency_or_deciding ON invitation
  USING (agency_id = platform.current_agency() OR deciding_agency_id = platform.current_agency())
  WITH CHECK (agency_id = platform.current_agency());

-- A one-time password that one person was told opens nothing any more: who has not set a password is invited anew.
DROP FUNCTION login_account(bytea);
CREATE FUNCTION login_account(p_index bytea) RETURNS TABLE (
    id uuid, home_agency_id uuid, full_name text, password_hash text, must_change_password boolean,
    state text, permission_version integer, first_hash text, second_hash text, invited_until timestamptz)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_catalog
  AS $$ SELECT a.id, a.home_agency_id, a.full_name, a.password_hash, a.must_change_password, a.state, a.permission_version,
               i.first_hash, i.second_hash, i.expires_at
        FROM account a LEFT JOIN invitation i ON i.user_id = a.id AND i.ended_at IS NULL
        WHERE a.cccd_index = p_index $$;
CREATE OR REPLACE FUNCTION login_new_password(p_user uuid, p_hash text) RETURNS void
  LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_catalog
  AS $$ UPDATE account SET password_hash = p_hash, must_change_password = false,
               version = version + 1, updated_at = clock_timestamp()
        WHERE id = p_user;
        UPDATE invitation SET ended_at = clock_timestamp(), version = version + 1, updated_at = clock_timestamp()
        WHERE user_id = p_user AND ended_at IS NULL $$;
REVOKE ALL ON FUNCTION login_account(bytea) FROM PUBLIC;
ALTER TABLE account DROP COLUMN initial_password_until;
