CREATE TABLE users (
    tenant_id uuid NOT NULL REFERENCES tenants (id),
    id uuid NOT NULL,
    email text NOT NULL,
    password_hash text,
    first_name text,
    last_name text,
    username text,
    phone text,
    locale text,
    time_zone text,
    settings jsonb NOT NULL DEFAULT '{}',
    roles text[] NOT NULL,
    status text NOT NULL DEFAULT 'active',
    tier text NOT NULL DEFAULT 'free',
    profile_picture text,
    profile_picture_type text,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    last_sign_in_at timestamptz,
    PRIMARY KEY (tenant_id, id),
    CONSTRAINT users_email_lower_case CHECK (email = lower(email)),
    CONSTRAINT users_roles_known CHECK (roles <@ ARRAY['candidate', 'employer', 'tenantAdmin', 'systemAdmin']),
    CONSTRAINT users_status_known CHECK (status IN ('invited', 'active', 'deactivated', 'deleted')),
    CONSTRAINT users_tier_known CHECK (tier IN ('free', 'premium', 'enterprise'))
);
-- A deleted account gives its address and its name free.
CREATE UNIQUE INDEX users_email_key ON users (tenant_id, email) WHERE status <> 'deleted';
CREATE UNIQUE INDEX users_username_key ON users (tenant_id, username) WHERE status <> 'deleted';
CREATE INDEX users_recent ON users (tenant_id, created_at DESC, id DESC);
CALL secure_tenant_table('users', 'SELECT, INSERT, UPDATE');

-- Here and not with the companies, because who is signed in and what they may reach is read in one statement.
CREATE TABLE company_members (
    tenant_id uuid NOT NULL REFERENCES tenants (id),
    company_id uuid NOT NULL,
    user_id uuid NOT NULL,
    role text NOT NULL,
    status text NOT NULL DEFAULT 'active',
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, company_id, user_id),
    CONSTRAINT company_members_user FOREIGN KEY (tenant_id, user_id) REFERENCES users (tenant_id, id),
    CONSTRAINT company_members_role_known CHECK (role IN ('recruiter', 'hiringManager', 'companyAdmin')),
    CONSTRAINT company_members_status_known CHECK (status IN ('active', 'invited', 'deactivated'))
);
CREATE INDEX company_members_by_user ON company_members (tenant_id, user_id);
CALL secure_tenant_table('company_members');

-- One session is one family of refresh tokens.
CREATE TABLE sessions (
    tenant_id uuid NOT NULL REFERENCES tenants (id),
    id uuid NOT NULL,
    user_id uuid NOT NULL,
    user_agent text NOT NULL,
    address text NOT NULL,
    created_at timestamptz NOT NULL,
    last_used_at timestamptz NOT NULL,
    revoked_at timestamptz,
    PRIMARY KEY (tenant_id, id),
    CONSTRAINT sessions_user FOREIGN KEY (tenant_id, user_id) REFERENCES users (tenant_id, id)
);
CREATE INDEX sessions_by_user ON sessions (tenant_id, user_id, last_used_at DESC);
CALL secure_tenant_table('sessions');

CREATE TABLE refresh_tokens (
    tenant_id uuid NOT NULL REFERENCES tenants (id),
    hash bytea NOT NULL,
    session_id uuid NOT NULL,
    issued_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL,
    used_at timestamptz,
    successor bytea,
    PRIMARY KEY (tenant_id, hash),
    CONSTRAINT refresh_tokens_session FOREIGN KEY (tenant_id, session_id) REFERENCES sessions (tenant_id, id) ON DELETE CASCADE
);
CREATE INDEX refresh_tokens_by_session ON refresh_tokens (tenant_id, session_id);
CALL secure_tenant_table('refresh_tokens');
COMMENT ON COLUMN refresh_tokens.successor IS 'Encrypted with a key that only the token itself yields.';

CREATE TABLE password_resets (
    tenant_id uuid NOT NULL REFERENCES tenants (id),
    hash bytea NOT NULL,
    user_id uuid NOT NULL,
    created_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL,
    spent_at timestamptz,
    PRIMARY KEY (tenant_id, hash),
    CONSTRAINT password_resets_user FOREIGN KEY (tenant_id, user_id) REFERENCES users (tenant_id, id)
);
CREATE INDEX password_resets_by_user ON password_resets (tenant_id, user_id);
CALL secure_tenant_table('password_resets');
COMMENT ON TABLE password_resets IS 'Tokens of reset and invitation mails, hashed; the first use spends all of the user''s.';
