-- A note's author may correct it, and it may be deleted; the event log keeps what was said.
ALTER TABLE application_notes ADD COLUMN edited_at timestamptz;
GRANT UPDATE, DELETE ON application_notes TO tenure_app;
