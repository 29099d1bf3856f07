CREATE TABLE pipelines (
    tenant_id uuid NOT NULL REFERENCES tenants (id),
    id uuid NOT NULL,
    name text NOT NULL,
    version integer NOT NULL DEFAULT 1,
    created_at timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, id),
    CONSTRAINT pipelines_name_key UNIQUE (tenant_id, name)
);
CALL secure_tenant_table('pipelines');

CREATE TABLE stages (
    tenant_id uuid NOT NULL REFERENCES tenants (id),
    id uuid NOT NULL,
    pipeline_id uuid NOT NULL,
    key text NOT NULL,
    name text NOT NULL,
    category text NOT NULL,
    position integer NOT NULL,
    retired_at timestamptz,
    PRIMARY KEY (tenant_id, id),
    CONSTRAINT stages_pipeline FOREIGN KEY (tenant_id, pipeline_id) REFERENCES pipelines (tenant_id, id),
    CONSTRAINT stages_category_known CHECK (
        category IN ('applied', 'screening', 'assessment', 'interview', 'offer', 'hired', 'rejected', 'withdrawn')
    )
);
CREATE UNIQUE INDEX stages_key ON stages (tenant_id, pipeline_id, key) WHERE retired_at IS NULL;
CALL secure_tenant_table('stages', 'SELECT, INSERT, UPDATE');

CREATE TABLE jobs (
    tenant_id uuid NOT NULL REFERENCES tenants (id),
    id uuid NOT NULL,
    company_id uuid NOT NULL,
    pipeline_id uuid NOT NULL,
    title text NOT NULL,
    description text NOT NULL,
    department text,
    location text,
    workplace text NOT NULL,
    employment_type text NOT NULL,
    openings integer NOT NULL,
    details jsonb NOT NULL,
    channels text[] NOT NULL DEFAULT '{}',
    status text NOT NULL DEFAULT 'draft',
    version integer NOT NULL DEFAULT 1,
    created_by uuid,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    published_at timestamptz,
    closes_at timestamptz,
    search tsvector GENERATED ALWAYS AS (
        setweight(to_tsvector('simple', title), 'A') || setweight(to_tsvector('simple', description), 'B')
    ) STORED,
    PRIMARY KEY (tenant_id, id),
    CONSTRAINT jobs_company FOREIGN KEY (tenant_id, company_id) REFERENCES companies (tenant_id, id),
    CONSTRAINT jobs_pipeline FOREIGN KEY (tenant_id, pipeline_id) REFERENCES pipelines (tenant_id, id),
    CONSTRAINT jobs_status_known CHECK (status IN ('draft', 'published', 'paused', 'closed', 'archived'))
);
CREATE INDEX jobs_recent ON jobs (tenant_id, status, updated_at DESC, id DESC);
CREATE INDEX jobs_by_company ON jobs (tenant_id, company_id, updated_at DESC);
CALL secure_tenant_table('jobs', 'SELECT, INSERT, UPDATE');
