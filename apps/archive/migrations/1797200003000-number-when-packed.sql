-- A request has its code when its files have been found whole, just before the package in which it stands is written.
ALTER TABLE submission ALTER COLUMN code DROP NOT NULL;
ALTER TABLE submission ADD CONSTRAINT submission_numbered CHECK (code IS NOT NULL OR state IN ('packing', 'packing_failed', 'withdrawn'));
-- When the store was made to keep an accepted package; of those of older releases nobody knows it.
ALTER TABLE archive_package ADD COLUMN locked_at timestamptz;
