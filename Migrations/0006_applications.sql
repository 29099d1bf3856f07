CREATE TABLE applications (
    tenant_id uuid NOT NULL REFERENCES tenants (id),
    id uuid NOT NULL,
    job_id uuid NOT NULL,
    company_id uuid NOT NULL,
    candidate_id uuid NOT NULL,
    stage_id uuid NOT NULL,
    resume_id uuid,
    applicant jsonb NOT NULL,
    cover_letter text,
    answers jsonb NOT NULL,
    disqualified_by text[] NOT NULL DEFAULT '{}',
    source text,
    score integer,
    score_explanation jsonb,
    rating double precision,
    ratings integer NOT NULL DEFAULT 0,
    tags text[] NOT NULL DEFAULT '{}',
    version integer NOT NULL DEFAULT 1,
    applied_at timestamptz NOT NULL,
    moved_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, id),
    CONSTRAINT applications_one_per_candidate UNIQUE (tenant_id, job_id, candidate_id),
    CONSTRAINT applications_job FOREIGN KEY (tenant_id, job_id) REFERENCES jobs (tenant_id, id),
    CONSTRAINT applications_company FOREIGN KEY (tenant_id, company_id) REFERENCES companies (tenant_id, id),
    CONSTRAINT applications_candidate FOREIGN KEY (tenant_id, candidate_id) REFERENCES users (tenant_id, id),
    CONSTRAINT applications_stage FOREIGN KEY (tenant_id, stage_id) REFERENCES stages (tenant_id, id),
    CONSTRAINT applications_resume FOREIGN KEY (tenant_id, resume_id) REFERENCES resumes (tenant_id, id)
);
CREATE INDEX applications_on_board ON applications (tenant_id, job_id, stage_id, moved_at DESC, id DESC);
CREATE INDEX applications_by_candidate ON applications (tenant_id, candidate_id, updated_at DESC);
CREATE INDEX applications_by_company ON applications (tenant_id, company_id, updated_at DESC);
CALL secure_tenant_table('applications', 'SELECT, INSERT, UPDATE');

CREATE TABLE application_ratings (
    tenant_id uuid NOT NULL REFERENCES tenants (id),
    application_id uuid NOT NULL,
    author text NOT NULL,
    author_id uuid,
    rating integer NOT NULL,
    criteria jsonb NOT NULL,
    comment text,
    created_at timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, application_id, author),
    CONSTRAINT application_ratings_application FOREIGN KEY (tenant_id, application_id) REFERENCES applications (tenant_id, id),
    CONSTRAINT application_ratings_range CHECK (rating BETWEEN 1 AND 5)
);
CALL secure_tenant_table('application_ratings', 'SELECT, INSERT, UPDATE');

CREATE TABLE application_notes (
    tenant_id uuid NOT NULL REFERENCES tenants (id),
    id uuid NOT NULL,
    application_id uuid NOT NULL,
    kind text NOT NULL,
    text text NOT NULL,
    author_id uuid,
    created_at timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, id),
    CONSTRAINT application_notes_application FOREIGN KEY (tenant_id, application_id) REFERENCES applications (tenant_id, id)
);
CREATE INDEX application_notes_by_application ON application_notes (tenant_id, application_id, created_at);
CALL secure_tenant_table('application_notes', 'SELECT, INSERT');

CREATE TABLE interviews (
    tenant_id uuid NOT NULL REFERENCES tenants (id),
    id uuid NOT NULL,
    application_id uuid NOT NULL,
    kind text NOT NULL,
    starts_at timestamptz NOT NULL,
    duration_minutes integer NOT NULL,
    location text,
    meeting_url text,
    interviewers uuid[] NOT NULL,
    message text,
    outcome text NOT NULL,
    feedback text,
    version integer NOT NULL DEFAULT 1,
    created_by uuid,
    created_at timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, id),
    CONSTRAINT interviews_application FOREIGN KEY (tenant_id, application_id) REFERENCES applications (tenant_id, id)
);
CREATE INDEX interviews_by_application ON interviews (tenant_id, application_id, starts_at);
CALL secure_tenant_table('interviews', 'SELECT, INSERT, UPDATE');

CREATE TABLE scorecards (
    tenant_id uuid NOT NULL REFERENCES tenants (id),
    id uuid NOT NULL,
    interview_id uuid NOT NULL,
    application_id uuid NOT NULL,
    author_id uuid,
    recommendation text NOT NULL,
    ratings jsonb NOT NULL,
    comment text,
    created_at timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, id),
    CONSTRAINT scorecards_one_per_author UNIQUE (tenant_id, interview_id, author_id),
    CONSTRAINT scorecards_interview FOREIGN KEY (tenant_id, interview_id) REFERENCES interviews (tenant_id, id),
    CONSTRAINT scorecards_application FOREIGN KEY (tenant_id, application_id) REFERENCES applications (tenant_id, id)
);
CREATE INDEX scorecards_by_application ON scorecards (tenant_id, application_id, created_at);
CALL secure_tenant_table('scorecards', 'SELECT, INSERT');

CREATE TABLE offers (
    tenant_id uuid NOT NULL REFERENCES tenants (id),
    id uuid NOT NULL,
    application_id uuid NOT NULL,
    status text NOT NULL,
    base_salary bigint NOT NULL,
    currency text NOT NULL,
    bonus bigint,
    equity text,
    benefits text,
    starts_on timestamptz,
    expires_at timestamptz NOT NULL,
    message text,
    version integer NOT NULL DEFAULT 1,
    created_by uuid,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, id),
    CONSTRAINT offers_application FOREIGN KEY (tenant_id, application_id) REFERENCES applications (tenant_id, id),
    CONSTRAINT offers_status_known CHECK (status IN ('pending', 'negotiating', 'accepted', 'declined', 'expired'))
);
CREATE UNIQUE INDEX offers_one_open ON offers (tenant_id, application_id) WHERE status IN ('pending', 'negotiating');
CALL secure_tenant_table('offers', 'SELECT, INSERT, UPDATE');
