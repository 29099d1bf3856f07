-- Roles are made by the installation (Scripts/run, deploy/production.md): the owner runs this, tenure_app serves, tenure_operator is the audited door.

CREATE TABLE tenants (
    id uuid PRIMARY KEY,
    code text NOT NULL,
    name text NOT NULL,
    plan text NOT NULL DEFAULT 'free',
    status text NOT NULL DEFAULT 'active',
    host text,
    settings jsonb NOT NULL DEFAULT '{}',
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    CONSTRAINT tenants_code_key UNIQUE (code),
    CONSTRAINT tenants_host_key UNIQUE (host),
    CONSTRAINT tenants_status_known CHECK (status IN ('active', 'suspended'))
);
COMMENT ON TABLE tenants IS 'The directory of tenants. A tenant sees its own row alone.';

-- Puts a tenant-owned table behind row-level security. Without a tenant set no row is visible; the setting is '' after its first use in a session.
CREATE PROCEDURE secure_tenant_table(name regclass, privileges text DEFAULT 'SELECT, INSERT, UPDATE, DELETE')
LANGUAGE plpgsql AS $$
BEGIN
    EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY', name);
    EXECUTE format('ALTER TABLE %s FORCE ROW LEVEL SECURITY', name);
    EXECUTE format(
        'CREATE POLICY tenant_isolation ON %s TO tenure_app '
        'USING (tenant_id = NULLIF(current_setting(''tenure.tenant_id'', true), '''')::uuid) '
        'WITH CHECK (tenant_id = NULLIF(current_setting(''tenure.tenant_id'', true), '''')::uuid)', name);
    EXECUTE format('CREATE POLICY operator_access ON %s TO tenure_operator USING (true) WITH CHECK (true)', name);
    EXECUTE format('GRANT %s ON %s TO tenure_app', privileges, name);
    EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON %s TO tenure_operator', name);
END
$$;

ALTER TABLE tenants ENABLE ROW LEVEL SECURITY;
ALTER TABLE tenants FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON tenants TO tenure_app
    USING (id = NULLIF(current_setting('tenure.tenant_id', true), '')::uuid);
CREATE POLICY operator_access ON tenants TO tenure_operator USING (true) WITH CHECK (true);
GRANT SELECT ON tenants TO tenure_app;
GRANT SELECT, INSERT, UPDATE ON tenants TO tenure_operator;

-- Before sign-in only a code or a host name is known. These two look-ups answer for exactly one name and list nothing.
CREATE TABLE tenant_names (
    name text PRIMARY KEY,
    tenant_id uuid NOT NULL REFERENCES tenants (id)
);
GRANT SELECT ON tenant_names TO tenure_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON tenant_names TO tenure_operator;
COMMENT ON TABLE tenant_names IS 'Code or host name to tenant id: holds nothing that a sign-in page does not show.';

-- The spine. A row is appended in the transaction of the change; the sequencer numbers it afterwards and chains its hash.
CREATE TABLE events (
    tenant_id uuid NOT NULL REFERENCES tenants (id),
    id uuid NOT NULL,
    sequence bigint,
    name text NOT NULL,
    subject_kind text NOT NULL,
    subject_id uuid NOT NULL,
    actor_kind text NOT NULL,
    actor_id uuid,
    cause_id uuid,
    depth integer NOT NULL DEFAULT 0,
    request_id text NOT NULL DEFAULT '',
    payload jsonb NOT NULL,
    occurred_at timestamptz NOT NULL,
    hash bytea,
    PRIMARY KEY (tenant_id, id),
    CONSTRAINT events_sequence_key UNIQUE (tenant_id, sequence)
);
CREATE INDEX events_by_subject ON events (tenant_id, subject_kind, subject_id, occurred_at);
CREATE INDEX events_by_name ON events (tenant_id, name, occurred_at);
CREATE INDEX events_unnumbered ON events (tenant_id, id) WHERE sequence IS NULL;
CALL secure_tenant_table('events', 'SELECT, INSERT');

-- Which consumers want work for which events: a rule version, a webhook.
CREATE TABLE event_subscriptions (
    tenant_id uuid NOT NULL REFERENCES tenants (id),
    event_name text NOT NULL,
    work_name text NOT NULL,
    PRIMARY KEY (tenant_id, event_name, work_name)
);
CALL secure_tenant_table('event_subscriptions');

CREATE TABLE work (
    tenant_id uuid NOT NULL REFERENCES tenants (id),
    id uuid NOT NULL,
    name text NOT NULL,
    payload jsonb NOT NULL,
    unique_key text,
    priority integer NOT NULL DEFAULT 100,
    state text NOT NULL DEFAULT 'waiting',
    attempts integer NOT NULL DEFAULT 0,
    run_at timestamptz NOT NULL,
    lease uuid,
    leased_until timestamptz,
    cause_id uuid,
    depth integer NOT NULL DEFAULT 0,
    last_error text,
    created_at timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, id),
    CONSTRAINT work_state_known CHECK (state IN ('waiting', 'leased', 'dead'))
);
CREATE UNIQUE INDEX work_unique_waiting ON work (tenant_id, name, unique_key) WHERE state = 'waiting';
CREATE INDEX work_due ON work (tenant_id, priority, run_at) WHERE state = 'waiting';
CREATE INDEX work_leases ON work (leased_until) WHERE state = 'leased';
CALL secure_tenant_table('work');

CREATE TABLE schedules (
    tenant_id uuid NOT NULL REFERENCES tenants (id),
    name text NOT NULL,
    work_name text NOT NULL,
    payload jsonb NOT NULL,
    every_seconds integer NOT NULL,
    next_run_at timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, name),
    CONSTRAINT schedules_not_too_often CHECK (every_seconds >= 60)
);
CREATE INDEX schedules_due ON schedules (next_run_at);
CALL secure_tenant_table('schedules');

-- Stored answers, written in the transaction of the effect they answer for.
CREATE TABLE idempotency_keys (
    tenant_id uuid NOT NULL REFERENCES tenants (id),
    principal text NOT NULL,
    key text NOT NULL,
    fingerprint bytea NOT NULL,
    status integer,
    body bytea,
    created_at timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, principal, key),
    CONSTRAINT idempotency_keys_length CHECK (length(key) BETWEEN 1 AND 255)
);
CREATE INDEX idempotency_keys_age ON idempotency_keys (created_at);
CALL secure_tenant_table('idempotency_keys');

-- Each passage of a system admin through the operator's door.
CREATE TABLE operator_passages (
    id uuid PRIMARY KEY,
    admin_tenant_id uuid NOT NULL,
    admin_id uuid NOT NULL,
    purpose text NOT NULL,
    tenant_id uuid,
    request_id text NOT NULL,
    address text NOT NULL,
    occurred_at timestamptz NOT NULL
);
GRANT SELECT, INSERT ON operator_passages TO tenure_operator;
