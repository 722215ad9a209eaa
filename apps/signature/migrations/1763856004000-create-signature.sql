CREATE TABLE certificate (
  id uuid PRIMARY KEY,
  agency_id uuid NOT NULL,
  version integer NOT NULL,
  created_at timestamptz NOT NULL,
  updated_at timestamptz NOT NULL,
  subject_kind text NOT NULL CHECK (subject_kind IN ('person', 'agency')),
  user_id uuid,
  der bytea NOT NULL,
  chain bytea[] NOT NULL,
  fingerprint text NOT NULL,
  serial text NOT NULL,
  subject text NOT NULL,
  issuer text NOT NULL,
  valid_from timestamptz NOT NULL,
  valid_to timestamptz NOT NULL,
  picture bytea NOT NULL,
  UNIQUE (agency_id, fingerprint),
  CHECK ((subject_kind = 'person') = (user_id IS NOT NULL))
);
SELECT platform.protect('certificate');

-- What may be signed now, as documents reports it.
CREATE TABLE signable_document (
  document_id uuid PRIMARY KEY,
  agency_id uuid NOT NULL,
  updated_at timestamptz NOT NULL,
  stage text NOT NULL CHECK (stage IN ('personal', 'numbering', 'agency', 'done', 'withdrawn')),
  subject text NOT NULL,
  signer_id uuid NOT NULL,
  signer_name text NOT NULL,
  files jsonb NOT NULL,
  draft_version integer,
  document_code text,
  issued_on date,
  personal_placement jsonb
);
SELECT platform.protect('signable_document');

CREATE TABLE signing_session (
  id uuid PRIMARY KEY,
  agency_id uuid NOT NULL,
  version integer NOT NULL,
  created_at timestamptz NOT NULL,
  updated_at timestamptz NOT NULL,
  document_id uuid NOT NULL,
  signature_kind text NOT NULL CHECK (signature_kind IN ('personal', 'agency')),
  certificate_id uuid NOT NULL REFERENCES certificate,
  signer_id uuid NOT NULL,
  state text NOT NULL CHECK (state IN ('open', 'completed', 'replaced')),
  expires_at timestamptz NOT NULL,
  files jsonb NOT NULL,
  signed_files jsonb,
  level text,
  completed_at timestamptz
);
CREATE INDEX signing_session_document ON signing_session (document_id);
SELECT platform.protect('signing_session');

CREATE TABLE validation (
  id uuid PRIMARY KEY,
  agency_id uuid NOT NULL,
  created_at timestamptz NOT NULL,
  document_id uuid,
  file_name text NOT NULL,
  sha256 text NOT NULL,
  report jsonb NOT NULL
);
SELECT platform.protect('validation');
