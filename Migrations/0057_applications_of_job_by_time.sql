-- no-transaction
CREATE INDEX CONCURRENTLY IF NOT EXISTS applications_of_job_by_time ON applications (tenant_id, job_id, applied_at DESC, id DESC);
