-- Copies of what identity publishes: replaced by newer ones, never removed.
GRANT SELECT, INSERT, UPDATE ON directory_agency TO :app;
GRANT SELECT, INSERT, UPDATE ON directory_post TO :app;
GRANT SELECT, INSERT, UPDATE ON directory_calendar TO :app;
