-- no-transaction
-- To strangers a job changes when it opens.
CREATE INDEX CONCURRENTLY IF NOT EXISTS jobs_open ON jobs (tenant_id, (CASE WHEN published_at IS NULL THEN created_at ELSE published_at END) DESC, id DESC) WHERE status = 'published';
