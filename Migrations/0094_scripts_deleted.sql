-- A deleted script keeps its versions and runs, and leaves its name to others.
ALTER TABLE scripts
    DROP CONSTRAINT scripts_status_known,
    ADD CONSTRAINT scripts_status_known CHECK (status IN ('draft', 'live', 'disabled', 'deleted')),
    DROP CONSTRAINT scripts_name_key;
CREATE UNIQUE INDEX scripts_name_key ON scripts (tenant_id, name) WHERE status <> 'deleted';
