-- no-transaction
CREATE INDEX CONCURRENTLY IF NOT EXISTS company_members_by_time ON company_members (tenant_id, company_id, created_at, user_id);
