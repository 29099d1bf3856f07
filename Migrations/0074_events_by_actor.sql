-- no-transaction
CREATE INDEX CONCURRENTLY IF NOT EXISTS events_by_actor ON events (tenant_id, actor_id, occurred_at DESC, id DESC);
