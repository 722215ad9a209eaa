-- SUB-21: what was returned comes again under its request code, as the next batch.
ALTER TABLE submission DROP CONSTRAINT submission_agency_id_code_key;
ALTER TABLE submission ADD CONSTRAINT submission_batch UNIQUE (agency_id, code, batch);
