-- Whoever signs themselves up as an employer reaches nobody before a tenant administrator has approved their company. Companies from before
-- are approved until the next file has looked at them.
ALTER TABLE companies
    ADD COLUMN approval text NOT NULL DEFAULT 'approved',
    ADD COLUMN approval_reason text,
    ADD CONSTRAINT companies_approval_known CHECK (approval IN ('pending', 'approved', 'rejected'));
ALTER TABLE companies ALTER COLUMN approval SET DEFAULT 'pending';
CREATE INDEX companies_by_approval ON companies (tenant_id, approval, created_at, id);

-- A name belongs to whoever was approved under it: one that waits keeps nobody from theirs.
DROP INDEX companies_name_key;
CREATE UNIQUE INDEX companies_name_key ON companies (tenant_id, lower(name)) WHERE approval = 'approved';

-- The tenant's administrators keep its settings; the policy keeps them to their own row.
GRANT UPDATE (settings, updated_at) ON tenants TO tenure_app;
