-- What the program was asked to find about the layout of a version of a draft.
CREATE TABLE layout_report (
  id uuid PRIMARY KEY,
  agency_id uuid NOT NULL,
  version integer NOT NULL,
  created_at timestamptz NOT NULL,
  updated_at timestamptz NOT NULL,
  document_id uuid NOT NULL REFERENCES outgoing_document,
  draft_version integer NOT NULL,
  object_key text NOT NULL,
  requested_by uuid NOT NULL,
  job_id uuid NOT NULL,
  state text NOT NULL CHECK (state IN ('waiting', 'done', 'failed', 'cancelled')),
  failure text,
  page_count integer,
  findings jsonb,
  CHECK ((state = 'done') = (findings IS NOT NULL)),
  CHECK ((state = 'failed') = (failure IS NOT NULL))
);
CREATE INDEX layout_report_document ON layout_report (document_id);
SELECT platform.protect('layout_report');
