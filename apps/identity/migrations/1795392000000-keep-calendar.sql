-- The public calendar of a year as the province decided it; years without a row count by the released calendar.
CREATE TABLE calendar_year (
  year integer PRIMARY KEY,
  version integer NOT NULL,
  complete boolean NOT NULL,
  days jsonb NOT NULL
);
