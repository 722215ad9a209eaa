-- What is entered in one of the agency's registers is there for whom the register is open, without a row per object: a row of access
-- to a register has the register's kind and, as its object, the agency.
ALTER TABLE access_object
  -- By which lists of these objects are ordered; before the owner of the objects told it, the beginning of time.
  ADD COLUMN object_at timestamptz NOT NULL DEFAULT 'epoch',
  ADD COLUMN registered boolean NOT NULL DEFAULT false;
ALTER TABLE access_object ALTER COLUMN object_at DROP DEFAULT, ALTER COLUMN registered DROP DEFAULT;
CREATE INDEX access_object_registered ON access_object (agency_id, object_kind, object_at DESC, object_id DESC) WHERE registered;

-- The role that a row speaks to is part of what it is found by: who does not have it passes over none of the rows for those who do.
ALTER TABLE access_row ADD COLUMN audience text NOT NULL GENERATED ALWAYS AS (coalesce(permission, '')) STORED;
CREATE INDEX access_row_speaks_to ON access_row (agency_id, object_kind, principal_id, audience, object_at DESC, object_id DESC)
  INCLUDE (valid_from, valid_until, access_right) WHERE confirmed_at IS NOT NULL AND revoked_at IS NULL;
DROP INDEX access_row_principal;
