-- no-transaction
CREATE INDEX CONCURRENTLY IF NOT EXISTS interviews_by_time ON interviews (tenant_id, starts_at, id);
