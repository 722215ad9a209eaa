-- Who made a list of dossiers does not approve it. Of older lists nobody knows who did.
ALTER TABLE dossier_list ADD COLUMN made_by jsonb;
