-- What must not be read out of a backup or a replica: sealed by the server with keys that the database never sees.
CREATE TABLE secrets (
    tenant_id uuid NOT NULL REFERENCES tenants (id),
    owner_table text NOT NULL,
    owner_id uuid NOT NULL,
    name text NOT NULL,
    key_id text NOT NULL,
    sealed bytea NOT NULL,
    updated_at timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, owner_table, owner_id, name),
    CONSTRAINT secrets_size CHECK (length(sealed) BETWEEN 28 AND 1048576)
);
CREATE INDEX secrets_by_key ON secrets (key_id);
CALL secure_tenant_table('secrets');
COMMENT ON TABLE secrets IS 'Bound to tenant, table, row and name: what is moved to another row opens no more.';
COMMENT ON COLUMN secrets.sealed IS 'AES-256-GCM: nonce, ciphertext, tag.';
