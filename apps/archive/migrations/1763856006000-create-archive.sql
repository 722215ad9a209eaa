-- What documents has registered and may be put into a dossier, from its events.
CREATE TABLE filable_document (
  document_id uuid PRIMARY KEY,
  agency_id uuid NOT NULL,
  direction text NOT NULL CHECK (direction IN ('outgoing', 'incoming')),
  document_code text NOT NULL,
  code_number text NOT NULL,
  code_notation text NOT NULL,
  issued_on date NOT NULL,
  kind_name text NOT NULL,
  subject text NOT NULL,
  author text NOT NULL,
  page_count integer NOT NULL,
  files jsonb NOT NULL
);
SELECT platform.protect('filable_document');

-- What the signature service found on a document's files; a document without a row was not judged.
CREATE TABLE document_signature (
  document_id uuid PRIMARY KEY,
  agency_id uuid NOT NULL,
  verdict text NOT NULL CHECK (verdict IN ('passed', 'failed', 'indeterminate'))
);
SELECT platform.protect('document_signature');

CREATE TABLE dossier_list (
  id uuid PRIMARY KEY,
  agency_id uuid NOT NULL,
  version integer NOT NULL,
  created_at timestamptz NOT NULL,
  updated_at timestamptz NOT NULL,
  year integer NOT NULL,
  state text NOT NULL CHECK (state IN ('draft', 'approved')),
  entries jsonb NOT NULL,
  approved_by jsonb,
  approved_at timestamptz,
  UNIQUE (agency_id, year)
);
SELECT platform.protect('dossier_list');

CREATE TABLE dossier (
  id uuid PRIMARY KEY,
  agency_id uuid NOT NULL,
  version integer NOT NULL,
  created_at timestamptz NOT NULL,
  updated_at timestamptz NOT NULL,
  code text NOT NULL,
  notation text NOT NULL,
  title text NOT NULL,
  state text NOT NULL,
  maker jsonb NOT NULL,
  maker_unit_id uuid,
  started_on date NOT NULL,
  retention jsonb NOT NULL,
  list_id uuid REFERENCES dossier_list,
  documents jsonb NOT NULL,
  closed_on date,
  submission_due_on date,
  UNIQUE (agency_id, code)
);
SELECT platform.protect('dossier');
CREATE INDEX dossier_list_index ON dossier (agency_id, created_at DESC, id);

CREATE TABLE archive_package (
  id uuid PRIMARY KEY,
  agency_id uuid NOT NULL,
  created_at timestamptz NOT NULL,
  kind text NOT NULL CHECK (kind IN ('sip', 'aip')),
  dossier_id uuid NOT NULL REFERENCES dossier,
  object_id text NOT NULL,
  object_key text NOT NULL,
  sha256 text NOT NULL,
  size_bytes bigint NOT NULL
);
SELECT platform.protect('archive_package');

CREATE TABLE submission (
  id uuid PRIMARY KEY,
  agency_id uuid NOT NULL,
  version integer NOT NULL,
  created_at timestamptz NOT NULL,
  updated_at timestamptz NOT NULL,
  dossier_id uuid NOT NULL REFERENCES dossier,
  code text NOT NULL,
  state text NOT NULL,
  batch integer NOT NULL,
  sip_id uuid NOT NULL REFERENCES archive_package,
  aip_id uuid REFERENCES archive_package,
  checks jsonb NOT NULL,
  submitted_by jsonb NOT NULL,
  decided_by jsonb,
  decided_at timestamptz,
  reason text,
  UNIQUE (agency_id, code)
);
SELECT platform.protect('submission');

CREATE TABLE submission_sequence (
  agency_id uuid NOT NULL,
  year integer NOT NULL,
  last_number integer NOT NULL,
  PRIMARY KEY (agency_id, year)
);
SELECT platform.protect('submission_sequence');
