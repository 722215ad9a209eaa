-- Text as people search it: without marks, đ as d, lower case.
CREATE FUNCTION fold_text(text) RETURNS text
  LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT
  AS $$ SELECT replace(lower(unaccent('unaccent', $1)), 'đ', 'd') $$;

CREATE TABLE file (
  id uuid NOT NULL,
  agency_id uuid NOT NULL,
  version integer NOT NULL,
  created_at timestamptz NOT NULL,
  updated_at timestamptz NOT NULL,
  name text NOT NULL,
  media_type text NOT NULL,
  size_bytes bigint NOT NULL,
  sha256 text NOT NULL,
  object_key text NOT NULL,
  virus_scan text NOT NULL CHECK (virus_scan IN ('clean', 'not_scanned')),
  uploaded_by uuid,
  -- Several agencies may hold the same file of one package.
  PRIMARY KEY (agency_id, id)
);
SELECT platform.protect('file');
CREATE INDEX file_upload ON file (agency_id, created_at) WHERE uploaded_by IS NOT NULL;

-- Which documents hold a file, in whatever version: who may read them may read it; a file without any is swept away.
CREATE TABLE file_use (
  agency_id uuid NOT NULL,
  file_id uuid NOT NULL,
  document_id uuid NOT NULL,
  direction text NOT NULL CHECK (direction IN ('outgoing', 'incoming')),
  PRIMARY KEY (agency_id, file_id, document_id),
  FOREIGN KEY (agency_id, file_id) REFERENCES file (agency_id, id)
);
SELECT platform.protect('file_use');

CREATE TABLE outgoing_document (
  id uuid PRIMARY KEY,
  agency_id uuid NOT NULL,
  version integer NOT NULL,
  created_at timestamptz NOT NULL,
  updated_at timestamptz NOT NULL,
  state text NOT NULL,
  document_type text NOT NULL,
  is_normative boolean NOT NULL,
  subject text NOT NULL,
  urgency text NOT NULL,
  lead_unit_id uuid NOT NULL,
  lead_unit_symbol text NOT NULL,
  assigned_by jsonb NOT NULL,
  drafter jsonb NOT NULL,
  signer jsonb NOT NULL,
  competence text NOT NULL,
  signer_title text NOT NULL,
  recipients jsonb NOT NULL,
  reply_due_on date,
  draft_version integer NOT NULL,
  files jsonb NOT NULL,
  participants uuid[] NOT NULL,
  page_count integer,
  signed_at timestamptz,
  issue_deadline timestamptz,
  number integer,
  document_code text,
  code_notation text,
  issued_on date,
  register_year integer,
  sequence_key text,
  agency_signed_at timestamptz,
  issued_at timestamptz,
  issued_late boolean,
  cancellation jsonb,
  search text GENERATED ALWAYS AS (fold_text(subject || ' ' || coalesce(document_code, ''))) STORED
);
SELECT platform.protect('outgoing_document');
CREATE INDEX outgoing_document_list ON outgoing_document (agency_id, created_at DESC, id);
CREATE INDEX outgoing_document_search ON outgoing_document USING gin (search gin_trgm_ops);
-- Under row-level security LIKE may not use an index (it could tell of foreign rows): the function asks for the agency itself.
CREATE FUNCTION find_outgoing(pattern text) RETURNS SETOF uuid
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public
  AS $$ SELECT id FROM outgoing_document WHERE agency_id = platform.current_agency() AND search LIKE pattern $$;
-- NĐ30-A15-2: number and symbol are unique in the agency and year; NĐ30-A15-1: no number twice in a sequence.
CREATE UNIQUE INDEX outgoing_document_code ON outgoing_document (agency_id, register_year, document_code);
CREATE UNIQUE INDEX outgoing_document_number ON outgoing_document (agency_id, register_year, sequence_key, number);

-- Every version of a draft with its author, for ever (NĐ30-A10-5, NĐ30-PL6-F5a).
CREATE TABLE draft_version (
  document_id uuid NOT NULL REFERENCES outgoing_document,
  draft_version integer NOT NULL,
  agency_id uuid NOT NULL,
  created_at timestamptz NOT NULL,
  author jsonb NOT NULL,
  content jsonb NOT NULL,
  PRIMARY KEY (document_id, draft_version)
);
SELECT platform.protect('draft_version');

CREATE TABLE review_check (
  id uuid PRIMARY KEY,
  agency_id uuid NOT NULL,
  document_id uuid NOT NULL REFERENCES outgoing_document,
  draft_version integer NOT NULL,
  aspect text NOT NULL CHECK (aspect IN ('content', 'layout')),
  outcome text NOT NULL CHECK (outcome IN ('passed', 'returned')),
  comment text,
  checked_by jsonb NOT NULL,
  checked_at timestamptz NOT NULL
);
CREATE INDEX review_check_document ON review_check (document_id);
SELECT platform.protect('review_check');

CREATE TABLE numbering_plan (
  id uuid PRIMARY KEY,
  agency_id uuid NOT NULL,
  version integer NOT NULL,
  created_at timestamptz NOT NULL,
  updated_at timestamptz NOT NULL,
  year integer NOT NULL,
  groups jsonb NOT NULL,
  UNIQUE (agency_id, year)
);
SELECT platform.protect('numbering_plan');

-- One row per run of numbers; its lock is what makes numbers follow each other.
CREATE TABLE number_sequence (
  agency_id uuid NOT NULL,
  year integer NOT NULL,
  sequence_key text NOT NULL,
  last_number integer NOT NULL,
  last_date date,
  PRIMARY KEY (agency_id, year, sequence_key)
);
SELECT platform.protect('number_sequence');

CREATE TABLE incoming_document (
  id uuid PRIMARY KEY,
  agency_id uuid NOT NULL,
  version integer NOT NULL,
  created_at timestamptz NOT NULL,
  updated_at timestamptz NOT NULL,
  package_id uuid NOT NULL,
  state text NOT NULL,
  sender_code text NOT NULL,
  sender_name text NOT NULL,
  sender_document_id text NOT NULL,
  document_type text NOT NULL,
  document_code text NOT NULL,
  code_number text NOT NULL,
  code_notation text NOT NULL,
  issued_on date,
  place_of_issue text NOT NULL,
  subject text NOT NULL,
  signer_name text NOT NULL,
  signer_position text NOT NULL,
  urgency text NOT NULL,
  reply_due_on date,
  files jsonb NOT NULL,
  findings jsonb NOT NULL,
  faults jsonb NOT NULL,
  arrived_at timestamptz NOT NULL,
  verification jsonb,
  legal_value text,
  arrival_number integer,
  arrival_year integer,
  arrival_date date,
  accepted_by jsonb,
  accepted_at timestamptz,
  present_by timestamptz,
  participants uuid[] NOT NULL,
  duplicate_key text,
  refusal jsonb,
  handling jsonb NOT NULL,
  search text GENERATED ALWAYS AS (fold_text(subject || ' ' || document_code || ' ' || sender_name)) STORED,
  UNIQUE (agency_id, package_id)
);
SELECT platform.protect('incoming_document');
CREATE INDEX incoming_document_list ON incoming_document (agency_id, arrived_at DESC, id);
CREATE INDEX incoming_document_search ON incoming_document USING gin (search gin_trgm_ops);
CREATE FUNCTION find_incoming(pattern text) RETURNS SETOF uuid
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public
  AS $$ SELECT id FROM incoming_document WHERE agency_id = platform.current_agency() AND search LIKE pattern $$;
CREATE INDEX incoming_document_sender_id ON incoming_document (agency_id, sender_document_id);
CREATE INDEX incoming_document_duplicate ON incoming_document (agency_id, duplicate_key);
-- NĐ30-A22-2: one arrival number once in the agency and year.
CREATE UNIQUE INDEX incoming_document_number ON incoming_document (agency_id, arrival_year, arrival_number);

-- What the recipients report, per recipient of an outgoing document (NĐ30-PL6-F1k).
CREATE TABLE delivery_status (
  delivery_id uuid PRIMARY KEY,
  agency_id uuid NOT NULL,
  document_id uuid NOT NULL,
  recipient_name text NOT NULL,
  recipient_code text NOT NULL,
  status text NOT NULL,
  at timestamptz NOT NULL,
  reason text
);
CREATE INDEX delivery_status_document ON delivery_status (document_id);
SELECT platform.protect('delivery_status');
