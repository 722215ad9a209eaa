-- The last proposal to replace an attachment of a numbered document; earlier ones stand in the audit.
ALTER TABLE outgoing_document ADD COLUMN attachment_replacement jsonb;
