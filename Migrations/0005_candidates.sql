CREATE TABLE resumes (
    tenant_id uuid NOT NULL REFERENCES tenants (id),
    id uuid NOT NULL,
    candidate_id uuid NOT NULL,
    title text NOT NULL,
    status text NOT NULL,
    file_name text NOT NULL,
    media_type text NOT NULL,
    size integer NOT NULL,
    linkedin_url text,
    blob_key text NOT NULL,
    text text NOT NULL,
    prominent_line text,
    links text[] NOT NULL,
    parsed jsonb,
    problem text,
    version integer NOT NULL DEFAULT 1,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    deleted_at timestamptz,
    PRIMARY KEY (tenant_id, id),
    CONSTRAINT resumes_candidate FOREIGN KEY (tenant_id, candidate_id) REFERENCES users (tenant_id, id),
    CONSTRAINT resumes_status_known CHECK (status IN ('uploaded', 'parsed', 'failed'))
);
CREATE INDEX resumes_by_candidate ON resumes (tenant_id, candidate_id, created_at DESC) WHERE deleted_at IS NULL;
CALL secure_tenant_table('resumes', 'SELECT, INSERT, UPDATE');

-- What a candidate says of themselves; what is not said here is taken from the latest resume.
CREATE TABLE candidates (
    tenant_id uuid NOT NULL REFERENCES tenants (id),
    id uuid NOT NULL,
    headline text,
    summary text,
    location text,
    skills text[],
    preferences jsonb NOT NULL DEFAULT '{}',
    job_search_mode text NOT NULL DEFAULT 'passive',
    version integer NOT NULL DEFAULT 1,
    updated_at timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, id),
    CONSTRAINT candidates_user FOREIGN KEY (tenant_id, id) REFERENCES users (tenant_id, id),
    CONSTRAINT candidates_mode_known CHECK (job_search_mode IN ('active', 'passive', 'hidden'))
);
CALL secure_tenant_table('candidates', 'SELECT, INSERT, UPDATE');
