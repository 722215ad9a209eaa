-- Who may see or act on an object is a row, written by the object's owner in the transaction that changes it; services whose
-- objects hang on another's keep a copy in the same tables.
CREATE TABLE access_row (
  id uuid PRIMARY KEY,
  agency_id uuid NOT NULL,
  object_kind text NOT NULL,
  object_id uuid NOT NULL,
  -- By which lists of these objects are ordered, so that a list is read from the index.
  object_at timestamptz NOT NULL,
  principal_kind text NOT NULL CHECK (principal_kind IN ('agency', 'unit', 'post', 'person')),
  principal_id uuid NOT NULL,
  -- Only for those of the unit or agency who hold it.
  permission text,
  access_right text NOT NULL,
  ground text NOT NULL,
  valid_from timestamptz NOT NULL,
  valid_until timestamptz,
  given_by jsonb,
  reason text,
  -- What a rule writes is confirmed with it; null while a change by hand waits for another person (NĐ30-PL6-F3c).
  confirmed_at timestamptz,
  confirmed_by jsonb,
  revoked_at timestamptz,
  revoked_by jsonb,
  revoke_reason text,
  CHECK (ground = 'by-hand' OR confirmed_at IS NOT NULL),
  CHECK (ground <> 'by-hand' OR given_by IS NOT NULL AND (confirmed_at IS NULL) = (confirmed_by IS NULL))
);
SELECT platform.protect('access_row');
CREATE UNIQUE INDEX access_row_object ON access_row
  (agency_id, object_kind, object_id, principal_id, access_right, permission, ground) NULLS NOT DISTINCT WHERE revoked_at IS NULL;
CREATE INDEX access_row_principal ON access_row (agency_id, object_kind, principal_id, object_at DESC, object_id DESC)
  INCLUDE (permission, valid_from, valid_until) WHERE confirmed_at IS NOT NULL AND revoked_at IS NULL;
CREATE INDEX access_row_waiting ON access_row (agency_id, valid_from, id) WHERE confirmed_at IS NULL AND revoked_at IS NULL;

-- How often the access to an object changed; of two states the one with the higher version is the newer.
CREATE TABLE access_object (
  agency_id uuid NOT NULL,
  object_kind text NOT NULL,
  object_id uuid NOT NULL,
  version integer NOT NULL,
  PRIMARY KEY (agency_id, object_kind, object_id)
);
SELECT platform.protect('access_object');
