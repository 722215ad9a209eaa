ALTER TABLE delivery_status ADD COLUMN version integer NOT NULL DEFAULT 0;
