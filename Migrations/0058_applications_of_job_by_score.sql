-- no-transaction
-- What has no score comes last; written so that the planner may look into it beneath row-level security, which it may not with COALESCE.
CREATE INDEX CONCURRENTLY IF NOT EXISTS applications_of_job_by_score ON applications (tenant_id, job_id, (CASE WHEN score IS NULL THEN -1 ELSE score END) DESC, id DESC);
