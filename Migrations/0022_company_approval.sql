-- Whoever signs themselves up as an employer reaches nobody before a tenant administrator has approved their company.
ALTER TABLE companies
    ADD COLUMN approval text NOT NULL DEFAULT 'pending',
    ADD COLUMN approval_reason text,
    ADD CONSTRAINT companies_approval_known CHECK (approval IN ('pending', 'approved', 'rejected'));
CREATE INDEX companies_by_approval ON companies (tenant_id, approval, created_at, id);

-- The tenant's administrators keep its settings; the policy keeps them to their own row.
GRANT UPDATE (settings, updated_at) ON tenants TO tenure_app;

ALTER TABLE companies NO FORCE ROW LEVEL SECURITY;
ALTER TABLE users NO FORCE ROW LEVEL SECURITY;
ALTER TABLE events NO FORCE ROW LEVEL SECURITY;
ALTER TABLE applications NO FORCE ROW LEVEL SECURITY;
ALTER TABLE stages NO FORCE ROW LEVEL SECURITY;

-- Companies that stay open: those made by an administrator, a rule or somebody who was invited, and those that have hired.
UPDATE companies c
SET approval = 'approved'
WHERE c.created_by IS NULL
    OR EXISTS (
        SELECT
        FROM users u
        WHERE u.tenant_id = c.tenant_id AND u.id = c.created_by
            AND (
                u.roles && ARRAY['tenantAdmin', 'systemAdmin']
                OR NOT EXISTS (
                    SELECT
                    FROM events e
                    WHERE e.tenant_id = u.tenant_id AND e.subject_kind = 'user' AND e.subject_id = u.id AND e.name = 'user.registered'
                )
            )
    )
    OR EXISTS (
        SELECT
        FROM applications a
        JOIN stages s ON s.tenant_id = a.tenant_id AND s.id = a.stage_id
        WHERE a.tenant_id = c.tenant_id AND a.company_id = c.id AND s.category = 'hired'
    );

ALTER TABLE companies FORCE ROW LEVEL SECURITY;
ALTER TABLE users FORCE ROW LEVEL SECURITY;
ALTER TABLE events FORCE ROW LEVEL SECURITY;
ALTER TABLE applications FORCE ROW LEVEL SECURITY;
ALTER TABLE stages FORCE ROW LEVEL SECURITY;

-- A name belongs to whoever was approved under it: one that waits keeps nobody from theirs.
DROP INDEX companies_name_key;
CREATE UNIQUE INDEX companies_name_key ON companies (tenant_id, lower(name)) WHERE approval = 'approved';
