-- Sessions that identity ended, until the last access token of theirs has expired by itself. Ids only: of no person and no agency.
CREATE TABLE directory_ended_session (
  session_id uuid PRIMARY KEY,
  until timestamptz NOT NULL
);
CREATE INDEX directory_ended_session_until ON directory_ended_session (until);
