-- What a replay foretold of a version: the most effects of an hour. A replay that left handlers out foretells nothing.
ALTER TABLE script_versions ADD COLUMN effects_per_hour integer;
ALTER TABLE script_replays ADD COLUMN is_whole boolean NOT NULL DEFAULT true;
