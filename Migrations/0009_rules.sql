-- A tenant's Lua: drafts that people edit. Versions never change once they are published; `live_version` says which one runs.
CREATE TABLE scripts (
    tenant_id uuid NOT NULL REFERENCES tenants (id),
    id uuid NOT NULL,
    name text NOT NULL,
    kind text NOT NULL,
    status text NOT NULL DEFAULT 'draft',
    draft_source text NOT NULL,
    draft_grants text[],
    live_version integer,
    revision integer NOT NULL DEFAULT 1,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, id),
    CONSTRAINT scripts_name_key UNIQUE (tenant_id, name),
    CONSTRAINT scripts_kind_known CHECK (kind IN ('rule', 'library')),
    CONSTRAINT scripts_status_known CHECK (status IN ('draft', 'live', 'disabled'))
);
CALL secure_tenant_table('scripts', 'SELECT, INSERT, UPDATE');

CREATE TABLE script_versions (
    tenant_id uuid NOT NULL REFERENCES tenants (id),
    id uuid NOT NULL,
    script_id uuid NOT NULL,
    number integer NOT NULL,
    source text NOT NULL,
    grants text[],
    handlers jsonb NOT NULL,
    modules jsonb NOT NULL,
    on_error text NOT NULL,
    comment text,
    published_by uuid,
    published_at timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, id),
    CONSTRAINT script_versions_number_key UNIQUE (tenant_id, script_id, number),
    CONSTRAINT script_versions_script FOREIGN KEY (tenant_id, script_id) REFERENCES scripts (tenant_id, id)
);
CALL secure_tenant_table('script_versions', 'SELECT, INSERT');

-- A receipt for each run. `occasion` is what the run was for: the event, the due time, or for a `before` run the run itself.
CREATE TABLE script_runs (
    tenant_id uuid NOT NULL REFERENCES tenants (id),
    id uuid NOT NULL,
    script_id uuid NOT NULL,
    version_id uuid NOT NULL,
    number integer NOT NULL,
    hook text NOT NULL,
    event_name text NOT NULL,
    event_id uuid,
    occasion text NOT NULL,
    outcome text NOT NULL,
    reason text,
    code text,
    input_hash bytea NOT NULL,
    seed bigint NOT NULL,
    ran_at timestamptz NOT NULL,
    instructions bigint NOT NULL,
    memory_peak bigint NOT NULL,
    duration_us bigint NOT NULL,
    log text[] NOT NULL,
    effects jsonb NOT NULL,
    reads jsonb NOT NULL,
    read_fields text[] NOT NULL,
    PRIMARY KEY (tenant_id, id),
    CONSTRAINT script_runs_once UNIQUE (tenant_id, script_id, hook, occasion),
    CONSTRAINT script_runs_version FOREIGN KEY (tenant_id, version_id) REFERENCES script_versions (tenant_id, id),
    CONSTRAINT script_runs_outcome_known CHECK (outcome IN ('completed', 'rejected', 'failed', 'refused', 'tooDeep'))
);
CREATE INDEX script_runs_by_script ON script_runs (tenant_id, script_id, id DESC);
CREATE INDEX script_runs_by_occasion ON script_runs (tenant_id, hook, occasion);
CREATE INDEX script_runs_age ON script_runs (tenant_id, ran_at);
CALL secure_tenant_table('script_runs', 'SELECT, INSERT');

-- What rules remember.
CREATE TABLE script_store (
    tenant_id uuid NOT NULL REFERENCES tenants (id),
    key text NOT NULL,
    value jsonb NOT NULL,
    updated_at timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, key),
    CONSTRAINT script_store_value_size CHECK (octet_length(value::text) <= 16384)
);
CALL secure_tenant_table('script_store');
