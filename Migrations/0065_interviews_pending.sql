-- no-transaction
CREATE INDEX CONCURRENTLY IF NOT EXISTS interviews_pending ON interviews (tenant_id, starts_at, id) WHERE outcome = 'pending';
