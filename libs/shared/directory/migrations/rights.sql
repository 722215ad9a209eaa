-- Copies of what identity publishes: replaced by newer ones, never removed.
GRANT SELECT, INSERT, UPDATE ON directory_agency TO :app;
GRANT SELECT, INSERT, UPDATE ON directory_post TO :app;
GRANT SELECT, INSERT, UPDATE ON directory_calendar TO :app;
-- Forgotten when no token of theirs can be good any more.
GRANT SELECT, INSERT, UPDATE, DELETE ON directory_ended_session TO :app;
