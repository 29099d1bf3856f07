-- no-transaction
CREATE INDEX CONCURRENTLY IF NOT EXISTS jobs_by_change ON jobs (tenant_id, updated_at DESC, id DESC);
