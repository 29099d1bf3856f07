-- no-transaction
CREATE INDEX CONCURRENTLY IF NOT EXISTS applications_by_status ON applications (tenant_id, status, updated_at DESC, id DESC);
