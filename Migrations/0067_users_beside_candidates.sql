-- no-transaction
-- The few among many candidates.
CREATE INDEX CONCURRENTLY IF NOT EXISTS users_beside_candidates ON users (tenant_id, created_at DESC, id DESC) WHERE roles <> '{candidate}';
