-- no-transaction
CREATE INDEX CONCURRENTLY IF NOT EXISTS applications_by_category ON applications (tenant_id, category, updated_at DESC, id DESC);
