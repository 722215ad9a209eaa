-- What the application may do with each table (psql's :app is its role); what does not stand here it may not.
GRANT SELECT, INSERT ON process_instance TO :app;
GRANT UPDATE (version, updated_at, state, finished, context) ON process_instance TO :app;
GRANT SELECT, INSERT ON process_step TO :app;
GRANT SELECT, INSERT ON instruction TO :app;
GRANT UPDATE (version, updated_at, deadline) ON instruction TO :app;
GRANT SELECT, INSERT, UPDATE ON task TO :app;
GRANT SELECT, INSERT ON notification TO :app;

SELECT platform.only_forward('process_instance', 'version');
SELECT platform.only_forward('task', 'version');
SELECT platform.set_once('task', 'agency_id', 'created_at', 'document_id', 'process_id', 'ended_at', 'ended_by');
