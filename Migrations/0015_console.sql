-- A system admin's ad-hoc scripts, what they said, and what they would do in each tenant. Both tables are the operator's alone: no tenant
-- sees what was thought of for others, and the server's own role has no way to them.
CREATE TABLE console_runs (
    id uuid PRIMARY KEY,
    status text NOT NULL DEFAULT 'queued',
    source text NOT NULL,
    comment text,
    output text[] NOT NULL DEFAULT '{}',
    tables json NOT NULL DEFAULT '[]',
    reason text,
    instructions bigint,
    memory_peak bigint,
    duration_us bigint,
    admin_tenant_id uuid NOT NULL,
    admin_id uuid NOT NULL,
    created_at timestamptz NOT NULL,
    planned_at timestamptz,
    applied_at timestamptz,
    CONSTRAINT console_runs_status_known CHECK (status IN ('queued', 'running', 'planned', 'applying', 'applied', 'failed', 'canceled'))
);
GRANT SELECT, INSERT, UPDATE ON console_runs TO tenure_operator;

CREATE TABLE console_run_tenants (
    run_id uuid NOT NULL REFERENCES console_runs (id),
    tenant_id uuid NOT NULL REFERENCES tenants (id),
    position integer NOT NULL,
    status text NOT NULL DEFAULT 'waiting',
    effects json NOT NULL DEFAULT '[]',
    error text,
    PRIMARY KEY (run_id, tenant_id),
    CONSTRAINT console_run_tenants_status_known CHECK (status IN ('waiting', 'planned', 'skipped', 'applied', 'unchanged', 'refused'))
);
GRANT SELECT, INSERT, UPDATE ON console_run_tenants TO tenure_operator;
COMMENT ON TABLE console_run_tenants IS 'In the order of the tenants'' turns.';
