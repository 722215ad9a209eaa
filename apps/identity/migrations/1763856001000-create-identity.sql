-- The catalogue of agencies is public inside the platform; accounts, units, posts and sessions are not.
CREATE TABLE agency (
  id uuid PRIMARY KEY,
  version integer NOT NULL,
  name text NOT NULL,
  short_name text NOT NULL,
  level text NOT NULL CHECK (level IN ('province', 'department', 'district', 'commune', 'unit')),
  parent_id uuid REFERENCES agency,
  subdomain text,
  place_of_issue text NOT NULL,
  code_source text NOT NULL CHECK (code_source IN ('official', 'derived')),
  symbol_aliases text[] NOT NULL DEFAULT '{}',
  valid_from date NOT NULL,
  valid_to date,
  successor_id uuid REFERENCES agency,
  CHECK (valid_to IS NULL OR valid_to >= valid_from)
);
CREATE INDEX agency_parent ON agency (parent_id);

-- A code belongs to one agency for ever, in both of its forms, also after it was closed.
CREATE TABLE agency_code (
  code text PRIMARY KEY,
  legacy_code text UNIQUE,
  agency_id uuid NOT NULL REFERENCES agency,
  valid_from date NOT NULL,
  valid_to date
);
CREATE INDEX agency_code_agency ON agency_code (agency_id, valid_from);

CREATE TABLE unit (
  id uuid PRIMARY KEY,
  agency_id uuid NOT NULL REFERENCES agency,
  version integer NOT NULL,
  created_at timestamptz NOT NULL,
  updated_at timestamptz NOT NULL,
  name text NOT NULL,
  symbol text NOT NULL,
  UNIQUE (agency_id, name)
);
SELECT platform.protect('unit');

CREATE TABLE post (
  id uuid PRIMARY KEY,
  agency_id uuid NOT NULL REFERENCES agency,
  version integer NOT NULL,
  created_at timestamptz NOT NULL,
  updated_at timestamptz NOT NULL,
  user_id uuid NOT NULL,
  unit_id uuid NOT NULL REFERENCES unit,
  title text NOT NULL,
  roles text[] NOT NULL,
  active boolean NOT NULL
);
CREATE INDEX post_user ON post (user_id);
SELECT platform.protect('post');

-- One account per person in the whole province. The citizen number is stored only here, encrypted, with a keyed index.
CREATE TABLE account (
  id uuid PRIMARY KEY,
  version integer NOT NULL,
  created_at timestamptz NOT NULL,
  updated_at timestamptz NOT NULL,
  home_agency_id uuid NOT NULL REFERENCES agency,
  cccd_sealed bytea NOT NULL,
  cccd_index bytea NOT NULL UNIQUE,
  cccd_masked text NOT NULL,
  full_name text NOT NULL,
  password_hash text NOT NULL,
  must_change_password boolean NOT NULL,
  initial_password_until timestamptz,
  state text NOT NULL CHECK (state IN ('active', 'disabled')),
  permission_version integer NOT NULL
);
ALTER TABLE post ADD FOREIGN KEY (user_id) REFERENCES account;
ALTER TABLE account ENABLE ROW LEVEL SECURITY;
-- Seen by every agency in which the person has or had a post; posts are themselves seen by their own agency only.
CREATE POLICY agency_of_post ON account
  USING (home_agency_id = platform.current_agency() OR EXISTS (SELECT 1 FROM post WHERE post.user_id = account.id))
  WITH CHECK (home_agency_id = platform.current_agency() OR EXISTS (SELECT 1 FROM post WHERE post.user_id = account.id));

-- Numbers an account had before: they resolve to the person and are never given to another account.
CREATE TABLE former_cccd (
  cccd_index bytea PRIMARY KEY,
  user_id uuid NOT NULL REFERENCES account,
  cccd_sealed bytea NOT NULL,
  reason text NOT NULL,
  replaced_at timestamptz NOT NULL
);
ALTER TABLE former_cccd ENABLE ROW LEVEL SECURITY;
CREATE POLICY of_visible_account ON former_cccd
  USING (EXISTS (SELECT 1 FROM account WHERE account.id = former_cccd.user_id))
  WITH CHECK (EXISTS (SELECT 1 FROM account WHERE account.id = former_cccd.user_id));

-- Wrong logins by the keyed index of what was typed, whether or not there is such an account.
CREATE TABLE login_record (
  cccd_index bytea PRIMARY KEY,
  failed_logins integer NOT NULL,
  first_failure_at timestamptz,
  locked_until timestamptz
);

-- A family of refresh tokens: one generation is good at a time, an older one shown again ends the family.
CREATE TABLE session (
  id uuid PRIMARY KEY,
  agency_id uuid NOT NULL,
  user_id uuid NOT NULL REFERENCES account,
  post_id uuid NOT NULL REFERENCES post,
  token_hash bytea NOT NULL,
  generation integer NOT NULL,
  created_at timestamptz NOT NULL,
  used_at timestamptz NOT NULL,
  expires_at timestamptz NOT NULL,
  ended_at timestamptz,
  end_reason text
);
CREATE INDEX session_of_user ON session (user_id) WHERE ended_at IS NULL;
SELECT platform.protect('session');

CREATE TABLE signing_key (
  kid text PRIMARY KEY,
  public_jwk jsonb NOT NULL,
  private_sealed bytea NOT NULL,
  activates_at timestamptz NOT NULL,
  retires_at timestamptz
);

-- Before a person is known there is no agency: these functions are the only way past row-level security, each for one step.
CREATE FUNCTION login_account(p_index bytea) RETURNS TABLE (
    id uuid, home_agency_id uuid, full_name text, password_hash text, must_change_password boolean,
    initial_password_until timestamptz, state text, permission_version integer)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_catalog
  AS $$ SELECT a.id, a.home_agency_id, a.full_name, a.password_hash, a.must_change_password, a.initial_password_until,
               a.state, a.permission_version
        FROM account a WHERE a.cccd_index = p_index $$;

CREATE FUNCTION login_posts(p_user uuid) RETURNS TABLE (
    post_id uuid, agency_id uuid, agency_name text, unit_id uuid, unit_name text, title text, roles text[])
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_catalog
  AS $$ SELECT p.id, p.agency_id, g.name, p.unit_id, u.name, p.title, p.roles
        FROM post p JOIN unit u ON u.id = p.unit_id JOIN agency g ON g.id = p.agency_id
        WHERE p.user_id = p_user AND p.active AND (g.valid_to IS NULL OR g.valid_to >= (now() AT TIME ZONE 'Asia/Ho_Chi_Minh')::date)
        ORDER BY p.created_at, p.id $$;

CREATE FUNCTION login_new_password(p_user uuid, p_hash text) RETURNS void
  LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_catalog
  AS $$ UPDATE account SET password_hash = p_hash, must_change_password = false, initial_password_until = NULL,
               version = version + 1, updated_at = clock_timestamp()
        WHERE id = p_user;
        UPDATE session SET ended_at = clock_timestamp(), end_reason = 'password-changed' WHERE user_id = p_user AND ended_at IS NULL $$;

-- Says only that the number is taken, now or in the past, not by whom.
CREATE FUNCTION account_taken(p_index bytea) RETURNS boolean
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_catalog
  AS $$ SELECT EXISTS (SELECT 1 FROM account WHERE cccd_index = p_index)
            OR EXISTS (SELECT 1 FROM former_cccd WHERE cccd_index = p_index) $$;

-- A token's account, rights and session still stand; asked before the token's agency is believed.
CREATE FUNCTION actor_current(p_user uuid, p_version integer, p_session uuid) RETURNS boolean
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_catalog
  AS $$ SELECT EXISTS (SELECT 1 FROM account WHERE id = p_user AND state = 'active' AND permission_version <= p_version)
           AND (p_session IS NULL OR EXISTS (SELECT 1 FROM session WHERE id = p_session AND ended_at IS NULL)) $$;

-- Every session of a person, whatever agency it was opened for.
CREATE FUNCTION end_sessions(p_user uuid, p_reason text) RETURNS void
  LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_catalog
  AS $$ UPDATE session SET ended_at = clock_timestamp(), end_reason = p_reason WHERE user_id = p_user AND ended_at IS NULL $$;

REVOKE ALL ON FUNCTION login_account(bytea), login_posts(uuid), login_new_password(uuid, text), account_taken(bytea),
  actor_current(uuid, integer, uuid), end_sessions(uuid, text) FROM PUBLIC;
