-- Standing of a post in its agency (NĐ30-A13-1); null where identity has not said.
ALTER TABLE directory_post ADD COLUMN rank text;
