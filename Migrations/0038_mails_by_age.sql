-- no-transaction
CREATE INDEX CONCURRENTLY IF NOT EXISTS mails_by_age ON mails (created_at);
