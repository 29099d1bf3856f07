-- Sources that were tried, by the digest of source and grants: what may be published. `read_fields` are those of all its trials together.
CREATE TABLE script_trials (
    tenant_id uuid NOT NULL REFERENCES tenants (id),
    digest bytea NOT NULL,
    kind text NOT NULL,
    read_fields text[] NOT NULL,
    tried_by uuid,
    tried_at timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, digest),
    CONSTRAINT script_trials_kind_known CHECK (kind IN ('dryRun', 'replay'))
);
CREATE INDEX script_trials_age ON script_trials (tried_at);
CALL secure_tenant_table('script_trials', 'SELECT, INSERT, UPDATE');

-- What the version was seen to read when it was tried.
ALTER TABLE script_versions ADD COLUMN read_fields text[] NOT NULL DEFAULT '{}';
