-- no-transaction
CREATE INDEX CONCURRENTLY IF NOT EXISTS jobs_confidential ON jobs (tenant_id, id) WHERE is_confidential;
