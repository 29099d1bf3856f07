-- no-transaction
CREATE INDEX CONCURRENTLY IF NOT EXISTS offers_by_application ON offers (tenant_id, application_id, created_at, id);
