-- What the application may do with each table (psql's :app is its role); what does not stand here it may not.
-- What was sent and the history of deliveries only grow (QĐ28-A10-2p).
GRANT SELECT, INSERT ON package TO :app;
GRANT SELECT, INSERT, UPDATE ON received_package TO :app;
GRANT SELECT, INSERT ON delivery TO :app;
GRANT UPDATE (version, updated_at, status, attempts, failure, failure_detail) ON delivery TO :app;
GRANT SELECT, INSERT ON delivery_event TO :app;
GRANT SELECT, INSERT ON status_report TO :app;
GRANT UPDATE (sent_at) ON status_report TO :app;
GRANT SELECT, INSERT ON dispatch TO :app;

SELECT platform.only_forward('delivery', 'version');
SELECT platform.set_once('received_package', 'agency_id', 'created_at', 'channel', 'sender_code', 'recipient_code', 'handed_over_by',
  'object_key', 'announced_sha256', 'announced_size_bytes', 'sent_at');
SELECT platform.set_once('status_report', 'sent_at');
