-- Whose file was validated, when it is of no document: the report is for him alone. Of older reports nobody knows it.
ALTER TABLE validation ADD COLUMN requested_by uuid;
