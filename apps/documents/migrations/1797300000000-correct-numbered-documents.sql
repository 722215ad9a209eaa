-- The last proposal to correct the main file of a numbered document, and the versions that were superseded so, with what was signed.
ALTER TABLE outgoing_document ADD COLUMN correction jsonb;
ALTER TABLE draft_version ADD COLUMN superseded jsonb;
