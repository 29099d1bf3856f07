-- no-transaction
CREATE INDEX CONCURRENTLY IF NOT EXISTS jobs_open_by_company ON jobs (tenant_id, company_id, (CASE WHEN published_at IS NULL THEN created_at ELSE published_at END) DESC, id DESC) WHERE status = 'published';
