-- One open session per document and kind, whatever the code above it does (PR-07).
CREATE UNIQUE INDEX signing_session_open ON signing_session (document_id, signature_kind) WHERE state = 'open';

-- What differs between a certificate and the agency's directory (VN-05).
ALTER TABLE certificate ADD COLUMN warnings text[] NOT NULL DEFAULT '{}';
