-- no-transaction
CREATE INDEX CONCURRENTLY IF NOT EXISTS mails_bounced ON mails (tenant_id, id) WHERE bounced_at IS NOT NULL;
