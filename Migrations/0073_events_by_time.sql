-- no-transaction
-- The audit log, newest first.
CREATE INDEX CONCURRENTLY IF NOT EXISTS events_by_time ON events (tenant_id, occurred_at DESC, id DESC);
