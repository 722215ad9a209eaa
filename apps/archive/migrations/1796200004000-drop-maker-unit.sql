-- Who answers for the maker's unit is a row of access.
ALTER TABLE dossier DROP COLUMN maker_unit_id;
