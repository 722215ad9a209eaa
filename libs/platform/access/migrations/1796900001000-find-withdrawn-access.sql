-- Whether somebody's access was withdrawn is asked with each event of his work; the other indexes know only what holds.
CREATE INDEX access_row_ended ON access_row (agency_id, object_kind, object_id, principal_id) WHERE revoked_at IS NOT NULL;
