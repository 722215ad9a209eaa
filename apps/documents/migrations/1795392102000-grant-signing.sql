-- Who may sign for the head, by order or by written authority (NĐ30-A13-1…4).
CREATE TABLE signing_grant (
  id uuid PRIMARY KEY,
  agency_id uuid NOT NULL,
  version integer NOT NULL,
  created_at timestamptz NOT NULL,
  updated_at timestamptz NOT NULL,
  form text NOT NULL,
  grantee jsonb NOT NULL,
  granted_by jsonb NOT NULL,
  kinds text[] NOT NULL,
  field text,
  valid_from date NOT NULL,
  valid_until date,
  document text,
  revocation jsonb
);
SELECT platform.protect('signing_grant');
CREATE INDEX signing_grant_list ON signing_grant (agency_id, id);

-- Field of work (lĩnh vực) of a document, by which a deputy's right to sign is limited.
ALTER TABLE outgoing_document ADD COLUMN field text;
