-- The first administrators of an installation are invited by the installation itself: nobody is named, and both parts go to who stands
-- at the machine.
ALTER TABLE invitation ALTER COLUMN invited_by DROP NOT NULL;
ALTER TABLE invitation DROP CONSTRAINT invitation_check2;
ALTER TABLE invitation ADD CONSTRAINT invitation_parts CHECK (
  CASE
    WHEN invited_by IS NULL THEN confirmed_by IS NULL AND second_hash IS NOT NULL
    ELSE (confirmed_by IS NULL) = (second_hash IS NULL)
  END
  AND (confirmed_by IS NULL) = (confirmed_at IS NULL));
