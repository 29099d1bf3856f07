-- no-transaction
CREATE INDEX CONCURRENTLY IF NOT EXISTS jobs_by_company_change ON jobs (tenant_id, company_id, updated_at DESC, id DESC);
