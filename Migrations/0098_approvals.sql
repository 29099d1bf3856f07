-- Who approves jobs and offers before they go live. A company's own chain goes before the tenant's.
CREATE TABLE approval_chains (
    tenant_id uuid NOT NULL REFERENCES tenants (id),
    id uuid NOT NULL,
    kind text NOT NULL,
    company_id uuid,
    steps jsonb NOT NULL,
    allows_own boolean NOT NULL,
    updated_by uuid,
    updated_at timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, id),
    CONSTRAINT approval_chains_kind_known CHECK (kind IN ('job', 'offer')),
    CONSTRAINT approval_chains_company FOREIGN KEY (tenant_id, company_id) REFERENCES companies (tenant_id, id)
);
CREATE UNIQUE INDEX approval_chains_one ON approval_chains (tenant_id, kind, company_id) NULLS NOT DISTINCT;
CALL secure_tenant_table('approval_chains');

-- What was asked for, with the steps and terms that it was asked with.
CREATE TABLE approvals (
    tenant_id uuid NOT NULL REFERENCES tenants (id),
    id uuid NOT NULL,
    kind text NOT NULL,
    subject_id uuid NOT NULL,
    job_id uuid NOT NULL,
    application_id uuid,
    candidate_id uuid,
    company_id uuid NOT NULL,
    title text NOT NULL,
    amount bigint,
    currency text,
    terms jsonb NOT NULL,
    steps jsonb NOT NULL,
    step integer NOT NULL,
    allows_own boolean NOT NULL,
    state text NOT NULL,
    asked_by uuid,
    asked_at timestamptz NOT NULL,
    decided_at timestamptz,
    version integer NOT NULL,
    PRIMARY KEY (tenant_id, id),
    CONSTRAINT approvals_kind_known CHECK (kind IN ('job', 'offer')),
    CONSTRAINT approvals_state_known CHECK (state IN ('pending', 'approved', 'declined', 'canceled')),
    CONSTRAINT approvals_job FOREIGN KEY (tenant_id, job_id) REFERENCES jobs (tenant_id, id) ON DELETE CASCADE,
    CONSTRAINT approvals_application FOREIGN KEY (tenant_id, application_id) REFERENCES applications (tenant_id, id)
);
CREATE UNIQUE INDEX approvals_one_pending ON approvals (tenant_id, kind, subject_id) WHERE state = 'pending';
CREATE INDEX approvals_by_subject ON approvals (tenant_id, kind, subject_id, asked_at);
CREATE INDEX approvals_by_time ON approvals (tenant_id, asked_at DESC, id DESC);
CREATE INDEX approvals_by_job ON approvals (tenant_id, job_id);
CALL secure_tenant_table('approvals');

CREATE TABLE approval_answers (
    tenant_id uuid NOT NULL REFERENCES tenants (id),
    approval_id uuid NOT NULL,
    step integer NOT NULL,
    user_id uuid NOT NULL,
    answer text NOT NULL,
    reason text,
    answered_at timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, approval_id, step, user_id),
    CONSTRAINT approval_answers_answer_known CHECK (answer IN ('approve', 'decline')),
    CONSTRAINT approval_answers_approval FOREIGN KEY (tenant_id, approval_id) REFERENCES approvals (tenant_id, id) ON DELETE CASCADE,
    CONSTRAINT approval_answers_user FOREIGN KEY (tenant_id, user_id) REFERENCES users (tenant_id, id)
);
CALL secure_tenant_table('approval_answers');
