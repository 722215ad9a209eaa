-- What the application may do with each table (psql's :app is its role); what does not stand here it may not.
GRANT SELECT, INSERT, UPDATE ON filable_document TO :app;
GRANT SELECT, INSERT, UPDATE ON document_signature TO :app;
GRANT SELECT, INSERT ON dossier_list TO :app;
GRANT UPDATE (version, updated_at, state, entries, approved_by, approved_at) ON dossier_list TO :app;
GRANT SELECT, INSERT, UPDATE ON dossier TO :app;
GRANT SELECT, INSERT ON archive_package TO :app;
GRANT UPDATE (locked_at) ON archive_package TO :app;
GRANT SELECT, INSERT ON submission TO :app;
GRANT UPDATE (version, updated_at, code, state, sip_id, aip_id, checks, decided_by, decided_at, reason, job_id, failure, deciding)
  ON submission TO :app;
GRANT SELECT, INSERT ON submission_sequence TO :app;
GRANT UPDATE (last_number) ON submission_sequence TO :app;

SELECT platform.only_forward('submission_sequence', 'last_number');
SELECT platform.set_once('archive_package', 'locked_at');
SELECT platform.set_once('submission', 'code', 'sip_id', 'aip_id', 'decided_by', 'decided_at', 'reason');
SELECT platform.set_once('dossier_list', 'approved_by', 'approved_at');
SELECT platform.set_once('dossier', 'agency_id', 'created_at', 'code', 'maker');
