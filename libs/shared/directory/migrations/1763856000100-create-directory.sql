-- Read model of the agencies and posts that identity publishes; every service that names people or agencies keeps one.
-- The catalogue of agencies is public; posts are shown to their own agency only.
CREATE TABLE directory_agency (
  agency_id uuid PRIMARY KEY,
  version integer NOT NULL,
  code text NOT NULL,
  legacy_code text,
  name text NOT NULL,
  short_name text NOT NULL,
  level text NOT NULL,
  parent_id uuid,
  subdomain text,
  place_of_issue text NOT NULL,
  valid_from date NOT NULL,
  valid_to date,
  other_codes text[] NOT NULL DEFAULT '{}'
);
CREATE INDEX directory_agency_code ON directory_agency (code);
CREATE INDEX directory_agency_legacy_code ON directory_agency (legacy_code);

CREATE TABLE directory_post (
  post_id uuid PRIMARY KEY,
  agency_id uuid NOT NULL,
  version integer NOT NULL,
  user_id uuid NOT NULL,
  unit_id uuid NOT NULL,
  unit_name text NOT NULL,
  unit_symbol text NOT NULL,
  full_name text NOT NULL,
  title text NOT NULL,
  roles text[] NOT NULL,
  permissions text[] NOT NULL,
  active boolean NOT NULL,
  permission_version integer
);
CREATE INDEX directory_post_agency ON directory_post (agency_id, unit_id);
CREATE INDEX directory_post_user ON directory_post (user_id);
SELECT platform.protect('directory_post');
