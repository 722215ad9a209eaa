-- Standing of a post in its agency, on which the right to sign rests (NĐ30-A13-1); null where nobody has said.
ALTER TABLE post ADD COLUMN rank text;
