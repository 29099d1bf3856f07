-- Candidates from a file: each line with what became of it. A trial says what would.
CREATE TABLE candidate_imports (
    tenant_id uuid NOT NULL REFERENCES tenants (id),
    id uuid NOT NULL,
    company_id uuid NOT NULL,
    job_id uuid,
    file_name text NOT NULL,
    source text,
    is_trial boolean NOT NULL,
    columns jsonb NOT NULL,
    ignored_columns text[] NOT NULL,
    lines integer NOT NULL,
    created integer NOT NULL DEFAULT 0,
    already_there integer NOT NULL DEFAULT 0,
    refused integer NOT NULL DEFAULT 0,
    created_by uuid,
    created_at timestamptz NOT NULL,
    completed_at timestamptz,
    PRIMARY KEY (tenant_id, id),
    CONSTRAINT candidate_imports_company FOREIGN KEY (tenant_id, company_id) REFERENCES companies (tenant_id, id),
    CONSTRAINT candidate_imports_job FOREIGN KEY (tenant_id, job_id) REFERENCES jobs (tenant_id, id)
);
CREATE INDEX candidate_imports_by_company ON candidate_imports (tenant_id, company_id, created_at DESC, id DESC);
CREATE INDEX candidate_imports_by_age ON candidate_imports (created_at);
CALL secure_tenant_table('candidate_imports', 'SELECT, INSERT, UPDATE');

CREATE TABLE candidate_import_lines (
    tenant_id uuid NOT NULL REFERENCES tenants (id),
    import_id uuid NOT NULL,
    line integer NOT NULL,
    fields jsonb NOT NULL,
    address text,
    person text,
    outcome text,
    problem_field text,
    problem text,
    candidate_id uuid,
    application_id uuid,
    PRIMARY KEY (tenant_id, import_id, line),
    CONSTRAINT candidate_import_lines_import FOREIGN KEY (tenant_id, import_id)
        REFERENCES candidate_imports (tenant_id, id) ON DELETE CASCADE,
    CONSTRAINT candidate_import_lines_outcome_known CHECK (outcome IN ('created', 'alreadyThere', 'refused'))
);
CREATE INDEX candidate_import_lines_by_candidate ON candidate_import_lines (tenant_id, candidate_id) WHERE candidate_id IS NOT NULL;
CREATE INDEX candidate_import_lines_by_address ON candidate_import_lines (tenant_id, import_id, address) WHERE address IS NOT NULL;
CREATE INDEX candidate_import_lines_by_person ON candidate_import_lines (tenant_id, import_id, person) WHERE person IS NOT NULL;
CALL secure_tenant_table('candidate_import_lines', 'SELECT, INSERT, UPDATE');
COMMENT ON COLUMN candidate_import_lines.person IS 'The number and the name, folded, by which somebody without an address is told apart.';
