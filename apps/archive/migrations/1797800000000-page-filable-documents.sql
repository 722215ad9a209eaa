-- Pages of what can be filed begin behind a row, the newest first in both keys.
DROP INDEX filable_document_newest;
CREATE INDEX filable_document_newest ON filable_document (agency_id, issued_on DESC, document_id DESC);
