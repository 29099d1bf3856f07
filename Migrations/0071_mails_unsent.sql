-- no-transaction
CREATE INDEX CONCURRENTLY IF NOT EXISTS mails_unsent ON mails (tenant_id, id DESC) WHERE sent_at IS NULL;
