-- What a deadline was counted from; null where it was given as a day, or is at once.
ALTER TABLE task ADD COLUMN due_basis jsonb;
