-- What the application may do with each table (psql's :app is its role); what does not stand here it may not.
-- Packages and the history of deliveries only grow (QĐ28-A10-2p).
GRANT SELECT, INSERT ON package TO :app;
GRANT UPDATE (state) ON package TO :app; -- what SELECT … FOR UPDATE asks for
GRANT SELECT, INSERT ON delivery TO :app;
GRANT UPDATE (version, updated_at, status) ON delivery TO :app;
GRANT SELECT, INSERT ON delivery_event TO :app;
GRANT SELECT, INSERT ON status_report TO :app;
GRANT UPDATE (sent_at) ON status_report TO :app;

SELECT platform.only_forward('delivery', 'version');
SELECT platform.set_once('status_report', 'sent_at');
