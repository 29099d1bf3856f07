-- no-transaction
CREATE INDEX CONCURRENTLY IF NOT EXISTS applications_of_job_by_rating ON applications (tenant_id, job_id, (CASE WHEN rating IS NULL THEN -1 ELSE rating END) DESC, id DESC);
