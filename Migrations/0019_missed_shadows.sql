-- How many changes a guard's shadow was not asked about: more came at once than it could be asked.
ALTER TABLE scripts ADD COLUMN shadow_missed integer NOT NULL DEFAULT 0;
