-- no-transaction
CREATE INDEX CONCURRENTLY IF NOT EXISTS users_by_status ON users (tenant_id, status, created_at DESC, id DESC);
