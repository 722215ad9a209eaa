-- A check that somebody asked for is done after the answer: its row is there before its report. Older ones are all done.
ALTER TABLE validation ADD COLUMN state text NOT NULL DEFAULT 'done' CHECK (state IN ('waiting', 'done', 'failed', 'cancelled'));
ALTER TABLE validation ADD COLUMN job_id uuid;
ALTER TABLE validation ADD COLUMN object_key text;
ALTER TABLE validation ADD COLUMN failure text;
-- Of older ones the time of the row.
ALTER TABLE validation ADD COLUMN validated_at timestamptz;
ALTER TABLE validation ALTER COLUMN report DROP NOT NULL;
ALTER TABLE validation ADD CHECK ((state = 'done') = (report IS NOT NULL));
ALTER TABLE validation ADD CHECK ((state = 'failed') = (failure IS NOT NULL));
