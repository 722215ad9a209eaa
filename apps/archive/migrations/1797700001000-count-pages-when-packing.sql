-- Pages are counted in the files when a package is made; of what came from elsewhere the column said 1, whatever it was.
ALTER TABLE filable_document DROP COLUMN page_count;
