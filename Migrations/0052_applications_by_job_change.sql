-- no-transaction
CREATE INDEX CONCURRENTLY IF NOT EXISTS applications_by_job_change ON applications (tenant_id, job_id, updated_at DESC, id DESC);
