-- From which day to which an agency's codes are in force, so that one that begins later is used from its day on.
ALTER TABLE directory_agency ADD COLUMN codes jsonb NOT NULL DEFAULT '[]';
