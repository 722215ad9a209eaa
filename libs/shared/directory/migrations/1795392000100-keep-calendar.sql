-- Read model of the public calendar that identity publishes; every deadline is counted by it.
CREATE TABLE directory_calendar (
  year integer PRIMARY KEY,
  version integer NOT NULL,
  complete boolean NOT NULL,
  days jsonb NOT NULL
);
