-- A confidential job is known to its hiring team, and to who acts for the whole tenant.
ALTER TABLE jobs ADD COLUMN is_confidential boolean NOT NULL DEFAULT false;

-- Who works on a job. A role that ended stays, for the history.
CREATE TABLE job_team (
    tenant_id uuid NOT NULL REFERENCES tenants (id),
    id uuid NOT NULL,
    job_id uuid NOT NULL,
    user_id uuid NOT NULL,
    role text NOT NULL,
    added_by uuid,
    added_at timestamptz NOT NULL,
    ended_by uuid,
    ended_at timestamptz,
    PRIMARY KEY (tenant_id, id),
    CONSTRAINT job_team_job FOREIGN KEY (tenant_id, job_id) REFERENCES jobs (tenant_id, id) ON DELETE CASCADE,
    CONSTRAINT job_team_user FOREIGN KEY (tenant_id, user_id) REFERENCES users (tenant_id, id),
    CONSTRAINT job_team_role_known CHECK (role IN ('recruiter', 'coordinator', 'hiringManager', 'interviewer'))
);
CREATE UNIQUE INDEX job_team_one_role ON job_team (tenant_id, job_id, user_id) WHERE ended_at IS NULL;
CREATE INDEX job_team_by_job ON job_team (tenant_id, job_id, added_at);
CREATE INDEX job_team_by_user ON job_team (tenant_id, user_id) WHERE ended_at IS NULL;
CALL secure_tenant_table('job_team');

-- Whoever leaves a company leaves its teams, whichever way they leave. Coming back, they are added again by somebody.
CREATE FUNCTION leave_job_teams() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE job_team t
    SET ended_at = NEW.updated_at
    FROM jobs j
    WHERE t.tenant_id = NEW.tenant_id AND t.user_id = NEW.user_id AND t.ended_at IS NULL
        AND j.tenant_id = t.tenant_id AND j.id = t.job_id AND j.company_id = NEW.company_id;
    RETURN NULL;
END
$$;
CREATE TRIGGER leave_job_teams AFTER UPDATE OF status ON company_members
    FOR EACH ROW WHEN (OLD.status = 'active' AND NEW.status <> 'active') EXECUTE FUNCTION leave_job_teams();
