-- A tenant has several keys, each for one program with what that one needs. The one key of before may do what it could.
-- Servers of the version before read keys as ever, and can't make one until they are replaced.
ALTER TABLE api_keys
    ADD COLUMN name text NOT NULL DEFAULT 'default',
    ADD COLUMN scopes text[] NOT NULL DEFAULT ARRAY[
        'applications:read', 'applications:write', 'candidates:read', 'companies:read', 'companies:write', 'events:read', 'jobs:read',
        'jobs:write', 'mail:read', 'mail:write', 'members:read', 'notifications:write', 'presence:read', 'rules:read', 'rules:write',
        'users:read'
    ],
    ADD COLUMN expires_at timestamptz;
ALTER TABLE api_keys
    ALTER COLUMN name DROP DEFAULT,
    ALTER COLUMN scopes DROP DEFAULT,
    DROP CONSTRAINT api_keys_pkey;
ALTER TABLE api_keys
    ADD PRIMARY KEY (tenant_id, id),
    ADD CONSTRAINT api_keys_name_key UNIQUE (tenant_id, name);
GRANT DELETE ON api_keys TO tenure_app;
