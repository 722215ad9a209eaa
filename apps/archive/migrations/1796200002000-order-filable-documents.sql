-- What can be filed is listed by its day, the newest first.
CREATE INDEX filable_document_newest ON filable_document (agency_id, issued_on DESC, document_id);
