-- A person's own tasks are asked for without the documents that were withdrawn from him.
CREATE INDEX access_row_ended_of ON access_row (agency_id, object_kind, principal_id, object_id) WHERE revoked_at IS NOT NULL;
