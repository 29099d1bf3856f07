-- The key with which a tenant's own programs act: one, hashed. `id` is half of the hash, by which server processes are told that it ended.
CREATE TABLE api_keys (
    tenant_id uuid NOT NULL REFERENCES tenants (id),
    id uuid NOT NULL,
    hash bytea NOT NULL,
    prefix text NOT NULL,
    user_id uuid NOT NULL,
    created_at timestamptz NOT NULL,
    last_used_at timestamptz,
    PRIMARY KEY (tenant_id),
    CONSTRAINT api_keys_user FOREIGN KEY (tenant_id, user_id) REFERENCES users (tenant_id, id)
);
CALL secure_tenant_table('api_keys', 'SELECT, INSERT, UPDATE');
