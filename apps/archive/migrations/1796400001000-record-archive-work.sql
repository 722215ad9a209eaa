-- Packing and accepting are work of their own: a request stands before its package is made, and who decided before that is done.
ALTER TABLE submission
  ALTER COLUMN sip_id DROP NOT NULL,
  ADD COLUMN job_id uuid,
  ADD COLUMN failure text,
  ADD COLUMN deciding jsonb,
  ADD CONSTRAINT submission_packed CHECK (sip_id IS NOT NULL OR state IN ('packing', 'packing_failed', 'withdrawn'));
