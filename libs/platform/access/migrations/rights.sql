-- Rows of access are added, confirmed and withdrawn, never altered; a copy of another service's rows is replaced by a newer one.
GRANT SELECT, INSERT, DELETE ON access_row TO :app;
GRANT UPDATE (confirmed_at, confirmed_by, revoked_at, revoked_by, revoke_reason) ON access_row TO :app;
GRANT SELECT, INSERT ON access_object TO :app;
GRANT UPDATE (version, registered) ON access_object TO :app;

SELECT platform.set_once('access_row', 'confirmed_at', 'confirmed_by', 'revoked_at', 'revoked_by', 'revoke_reason');
SELECT platform.only_forward('access_object', 'version');
