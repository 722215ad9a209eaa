-- What the application may do with each table (psql's :app is its role); what does not stand here it may not.
GRANT SELECT, INSERT ON certificate TO :app;
GRANT SELECT, INSERT, UPDATE ON signable_document TO :app;
GRANT SELECT, INSERT ON signing_session TO :app;
GRANT UPDATE (version, updated_at, state, signed_files, level, completed_at) ON signing_session TO :app;
GRANT SELECT, INSERT ON validation TO :app;
GRANT UPDATE (state, failure, validated_at, report) ON validation TO :app;
-- Copies of what identity tells: replaced by newer ones, never removed.
GRANT SELECT, INSERT, UPDATE ON number_proof TO :app;

SELECT platform.set_once('signing_session', 'signed_files', 'level', 'completed_at');
SELECT platform.set_once('validation', 'validated_at', 'report');
